-- What webhooks need to be called, and how it went.

-- what must be used as it is, and so stands as it is; in no document and no list
CREATE TABLE webhook_secrets (
    webhook_id INTEGER PRIMARY KEY,
    -- made when it is first needed
    signing TEXT,
    -- bearer, basic, header; none when it does not sign in
    sign_in TEXT,
    -- the user, or the header
    sign_in_name TEXT,
    sign_in_secret TEXT
);

-- servers that failed
CREATE TABLE webhook_health (
    webhook_id INTEGER PRIMARY KEY,
    -- one after the other
    failures INTEGER NOT NULL,
    -- nobody calls before
    rests_until INTEGER NOT NULL
);

-- the last calls
CREATE TABLE webhook_calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id INTEGER NOT NULL,
    -- none for a test
    outbox_id INTEGER,
    ticket_id INTEGER,
    at INTEGER NOT NULL,
    -- milliseconds
    took INTEGER NOT NULL,
    status INTEGER,
    -- none when it was taken
    reason TEXT,
    said TEXT
);
CREATE INDEX webhook_calls_by_webhook ON webhook_calls (webhook_id, id);
CREATE INDEX outbox_calls ON outbox (webhook_id, next_try_at, id) WHERE state = 0 AND kind = 1;
