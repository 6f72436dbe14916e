-- Programs that somebody lets act for them, signed in by a browser: only the SHA-256 of what is in codes and tokens.
CREATE TABLE sign_in_codes (
    digest BLOB PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    program TEXT NOT NULL,
    redirect TEXT NOT NULL,
    challenge TEXT NOT NULL,
    scope TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE grants (
    person_id INTEGER NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    program TEXT NOT NULL,
    scope TEXT NOT NULL,
    access BLOB NOT NULL UNIQUE,
    access_until INTEGER NOT NULL,
    refresh BLOB NOT NULL UNIQUE,
    refresh_until INTEGER NOT NULL,
    -- what the pair was fetched with, and when: an answer can have been lost
    former BLOB UNIQUE,
    former_at INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, name)
) STRICT, WITHOUT ROWID;
