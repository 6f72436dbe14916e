-- Whether an organization was deleted: its row stays with its name, for tickets and histories name it.

ALTER TABLE organizations ADD COLUMN gone BOOLEAN NOT NULL DEFAULT FALSE;
