-- Who of the team has a ticket open, and whether they answer it: each row holds for half a minute, so none is worth being
-- written to the log of the database.
CREATE UNLOGGED TABLE presence (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- 0 looks, 1 replies
    doing BIGINT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, person_id)
);
CREATE INDEX presence_by_end ON presence (until);
