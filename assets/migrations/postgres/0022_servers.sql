-- Which version of the tables a program must know at least to read them: one that knows no later one reads what it knows,
-- and writes nothing. A migration after which that is no longer so says UPDATE compatibility SET reads_from = its number.
CREATE TABLE compatibility (
    reads_from BIGINT NOT NULL
);
INSERT INTO compatibility (reads_from) VALUES (22);

-- Until when somebody has taken it upon them to send the link.
ALTER TABLE access_requests ADD COLUMN claimed_until BIGINT;
