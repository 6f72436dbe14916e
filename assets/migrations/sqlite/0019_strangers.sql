-- Requests of those who have not signed in, for as long as they count: with which address (hashed), when, and whether it was
-- told of them.
CREATE TABLE strangers (
    address BLOB NOT NULL,
    at INTEGER NOT NULL,
    told INTEGER NOT NULL
) STRICT;
CREATE INDEX strangers_by_address ON strangers (address, at);
CREATE INDEX strangers_by_time ON strangers (at);
