-- People: what agents work with, absence, time zones, standing; passwords, tokens and requests for access.

ALTER TABLE people ADD COLUMN time_zone TEXT;
-- 0 all tickets, 1 those of the own groups, 2 of the own organization, 3 assigned ones
ALTER TABLE people ADD COLUMN restriction INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN away INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN away_until INTEGER;
-- 0 active, 1 pending, 2 not yet allowed, 3 merged, 4 deleted, 5 erased
ALTER TABLE people ADD COLUMN standing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN merged_into INTEGER REFERENCES people (id);
-- what is left to be done on tickets: 0 nothing, 1 to be settled, 2 texts to be erased too
ALTER TABLE people ADD COLUMN unsettled INTEGER NOT NULL DEFAULT 0;
CREATE INDEX people_unsettled ON people (id) WHERE unsettled > 0;
CREATE INDEX people_merged ON people (merged_into) WHERE merged_into IS NOT NULL;

-- what people sign in with: only hashes
CREATE TABLE passwords (
    person_id INTEGER PRIMARY KEY REFERENCES people (id),
    hash TEXT NOT NULL,
    set_at INTEGER NOT NULL
) STRICT;

-- links that let somebody set a password, once, until a moment: only the SHA-256 of what is in them
CREATE TABLE access_links (
    digest BLOB PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX access_links_by_person ON access_links (person_id);

-- what programs sign in with for somebody: only the SHA-256
CREATE TABLE api_tokens (
    digest BLOB PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX api_tokens_by_person ON api_tokens (person_id, name);

-- who asked for access, by the SHA-256 of the address: bounds how often, and says to whom a link is to be sent
CREATE TABLE access_requests (
    id INTEGER PRIMARY KEY,
    address BLOB NOT NULL,
    -- to whom a link is to be sent; null when to nobody, or when it was sent
    person_id INTEGER REFERENCES people (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX access_requests_by_address ON access_requests (address, at);
CREATE INDEX access_requests_by_time ON access_requests (at);
CREATE INDEX access_requests_waiting ON access_requests (id) WHERE person_id IS NOT NULL;

-- texts that were taken out for good (D35)
ALTER TABLE comments ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
-- whether retention has been here
ALTER TABLE tickets ADD COLUMN texts_erased INTEGER NOT NULL DEFAULT 0;
CREATE INDEX tickets_to_forget ON tickets (status_since, id) WHERE status = 5 AND NOT texts_erased;
CREATE INDEX attachments_by_digest ON attachments (digest);
CREATE INDEX uploads_by_digest ON uploads (digest);
-- files whose last comment was erased, until their bytes are gone
CREATE TABLE files_to_remove (
    digest BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
