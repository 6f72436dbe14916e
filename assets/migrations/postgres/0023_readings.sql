-- When somebody has last read what they were told: their other programs hear of it.
CREATE TABLE readings (
    person_id BIGINT PRIMARY KEY REFERENCES people (id),
    at BIGINT NOT NULL
);
CREATE INDEX readings_by_time ON readings (at);

-- How often signing in has failed of late, by digests of whence and as whom: of worth for a minute, to all servers.
CREATE UNLOGGED TABLE guesses (
    name TEXT PRIMARY KEY,
    count BIGINT NOT NULL,
    since BIGINT NOT NULL
);
CREATE INDEX guesses_by_time ON guesses (since);
