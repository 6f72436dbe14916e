-- What people are told. What a notice says is made when it is read or leaves, with the eyes of whoever reads it.

-- notices that were held back because the ticket was private: rule, text, whether to the requester, each
ALTER TABLE tickets ADD COLUMN owed TEXT NOT NULL DEFAULT '[]';

-- in the program: one row for each person
CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES people (id),
    ticket_id INTEGER NOT NULL REFERENCES tickets (id),
    rule_id INTEGER NOT NULL,
    text_id INTEGER NOT NULL,
    comment_id INTEGER REFERENCES comments (id),
    at INTEGER NOT NULL,
    read_at INTEGER
);
CREATE INDEX inbox_by_person ON inbox (person_id, id);
CREATE INDEX inbox_unread ON inbox (person_id, id) WHERE read_at IS NULL;

-- on its way out of the account: letters, and what other programs are told
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- 0 letter, 1 webhook
    kind INTEGER NOT NULL,
    person_id INTEGER REFERENCES people (id),
    -- of whom the account does not know
    address TEXT,
    webhook_id INTEGER,
    -- none for what is about no ticket
    ticket_id INTEGER REFERENCES tickets (id),
    rule_id INTEGER,
    text_id INTEGER,
    comment_id INTEGER REFERENCES comments (id),
    at INTEGER NOT NULL,
    -- 0 waiting, 1 sent, 2 failed, 3 held, 4 dropped
    state INTEGER NOT NULL DEFAULT 0,
    -- not before: who takes it puts this ahead, and nobody else takes it until then
    next_try_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    first_try_at INTEGER,
    done_at INTEGER,
    error TEXT
);
CREATE INDEX outbox_waiting ON outbox (next_try_at, id) WHERE state = 0;
CREATE INDEX outbox_by_person ON outbox (person_id, done_at) WHERE state = 1;
CREATE INDEX outbox_by_address ON outbox (address, at) WHERE address IS NOT NULL;

-- mails that came in and are nobody's: bounded, the oldest go first
CREATE TABLE suspended_mails (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- what tells that it came before
    digest BLOB NOT NULL UNIQUE,
    sender TEXT,
    sender_name TEXT,
    subject TEXT NOT NULL,
    at INTEGER NOT NULL,
    why TEXT NOT NULL,
    -- the ticket that it claims to be about
    ticket_id INTEGER,
    size INTEGER NOT NULL,
    raw BLOB NOT NULL
);

-- secrets and marks of the account's own
CREATE TABLE kept (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;
