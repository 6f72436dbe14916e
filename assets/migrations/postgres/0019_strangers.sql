-- Requests of those who have not signed in, for as long as they count: with which address (hashed), when, and whether it was
-- told of them.
CREATE TABLE strangers (
    address BYTEA NOT NULL,
    at BIGINT NOT NULL,
    told BOOLEAN NOT NULL
);
CREATE INDEX strangers_by_address ON strangers (address, at);
CREATE INDEX strangers_by_time ON strangers (at);
