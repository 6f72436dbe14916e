-- When somebody has last read what they were told: their other programs hear of it.
CREATE TABLE readings (
    person_id INTEGER PRIMARY KEY REFERENCES people (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX readings_by_time ON readings (at);

-- How often signing in has failed of late, by digests of whence and as whom: of worth for a minute, to all servers.
CREATE TABLE guesses (
    name TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT;
CREATE INDEX guesses_by_time ON guesses (since);
