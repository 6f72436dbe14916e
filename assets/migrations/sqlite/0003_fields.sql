-- What the account adds to its tickets, and the rules it works by.

ALTER TABLE tickets ADD COLUMN custom_status_id INTEGER;
-- what its fields hold, by their numbers
ALTER TABLE tickets ADD COLUMN fields TEXT NOT NULL DEFAULT '{}';

-- the same by field, for tickets to be found: a number, or the beginning of a folded text; a row for each option chosen
CREATE TABLE ticket_fields (
    field_id INTEGER NOT NULL,
    number INTEGER,
    text TEXT,
    ticket_id INTEGER NOT NULL REFERENCES tickets (id)
) STRICT;
CREATE INDEX ticket_fields_by_number ON ticket_fields (field_id, number, ticket_id) WHERE number IS NOT NULL;
CREATE INDEX ticket_fields_by_text ON ticket_fields (field_id, text, ticket_id) WHERE text IS NOT NULL;
CREATE INDEX ticket_fields_by_ticket ON ticket_fields (ticket_id, field_id);

-- the set-up: kinds with their forms, fields, statuses, views, macros, triggers, automations, texts, webhooks; each a
-- document in which others are named by their numbers
CREATE TABLE items (
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    -- 0 the account, 1 a group, 2 a person
    owner INTEGER NOT NULL,
    owner_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX items_by_owner ON items (kind, owner, owner_id);
