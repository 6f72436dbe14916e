-- What happens by itself is told by the account's automations: when a ticket has to be looked at again stands with it.

DROP INDEX tickets_by_timer;
ALTER TABLE tickets DROP COLUMN reminded;
-- the automations that do nothing more until the ticket enters another status
ALTER TABLE tickets ADD COLUMN ran TEXT NOT NULL DEFAULT '[]';
ALTER TABLE tickets ADD COLUMN next_at BIGINT;
CREATE INDEX tickets_by_next ON tickets (next_at, id) WHERE next_at IS NOT NULL;

-- when the rules change, all tickets that are not closed are looked at anew, in the order of their numbers: how far
-- that has come; none when it is done
ALTER TABLE account ADD COLUMN looked_at_until BIGINT;
UPDATE account SET looked_at_until = 0;

-- the people whom things of the set-up name: decisions look at them
CREATE TABLE item_people (
    person_id BIGINT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    item_id BIGINT NOT NULL,
    PRIMARY KEY (person_id, kind, item_id)
);

-- until when a server has a due ticket for itself: where many look for what is due, none does another's work
ALTER TABLE tickets ADD COLUMN claimed_until BIGINT;
