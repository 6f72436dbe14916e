-- Work of many rows that somebody asked for at once, done one row after the other.
CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    -- who began it: every row is an act of theirs
    person_id INTEGER NOT NULL,
    sort TEXT NOT NULL,
    -- what tells it from another under the same name
    digest TEXT NOT NULL,
    -- what all rows have in common, and the rows as they were sent; empty once it is over
    common TEXT NOT NULL,
    asked TEXT NOT NULL,
    total INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    -- 0 waits, 1 is being done, 2 done, 3 given up
    state INTEGER NOT NULL,
    -- nobody else takes it before
    leased_until INTEGER NOT NULL,
    -- how often it was taken
    taken INTEGER NOT NULL,
    -- what became of the rows so far
    results TEXT NOT NULL,
    done_at INTEGER
);
CREATE INDEX jobs_waiting ON jobs (leased_until) WHERE state < 2;
CREATE INDEX jobs_by_time ON jobs (begun_at, id);
