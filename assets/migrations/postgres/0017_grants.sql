-- Programs that somebody lets act for them, signed in by a browser: only the SHA-256 of what is in codes and tokens.
CREATE TABLE sign_in_codes (
    digest BYTEA PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    program TEXT NOT NULL,
    redirect TEXT NOT NULL,
    challenge TEXT NOT NULL,
    scope TEXT NOT NULL,
    until BIGINT NOT NULL
);
CREATE TABLE grants (
    person_id BIGINT NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    program TEXT NOT NULL,
    scope TEXT NOT NULL,
    access BYTEA NOT NULL UNIQUE,
    access_until BIGINT NOT NULL,
    refresh BYTEA NOT NULL UNIQUE,
    refresh_until BIGINT NOT NULL,
    -- what the pair was fetched with, and when: an answer can have been lost
    former BYTEA UNIQUE,
    former_at BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, name)
);
