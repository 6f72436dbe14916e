-- Who of the team has a ticket open, and whether they answer it: each row holds for half a minute.
CREATE TABLE presence (
    ticket_id INTEGER NOT NULL REFERENCES tickets (id),
    person_id INTEGER NOT NULL REFERENCES people (id),
    -- 0 looks, 1 replies
    doing INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (ticket_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX presence_by_end ON presence (until);
