-- What reports count: when a ticket was first answered in public, when it was solved, and how often it was reopened.

ALTER TABLE tickets ADD COLUMN first_answered_at BIGINT;
ALTER TABLE tickets ADD COLUMN solved_at BIGINT;
ALTER TABLE tickets ADD COLUMN reopened BIGINT NOT NULL DEFAULT 0;

-- What is known of tickets that are there already stands in their histories. Moments never run backwards, so each is
-- the latest so far.
CREATE TABLE told (
    ticket_id BIGINT NOT NULL,
    what TEXT NOT NULL,
    place BIGINT NOT NULL,
    at BIGINT,
    person_id BIGINT,
    comment_id BIGINT
);

INSERT INTO told
WITH known AS (
    SELECT a.ticket_id, a.number, max(a.at) OVER (PARTITION BY a.ticket_id ORDER BY a.number) AS at, a.events
    FROM audits a WHERE a.ticket_id > 0
), each AS (
    SELECT k.ticket_id, k.number * 100000 + e.place AS place, k.at, e.value ->> 'event' AS event, e.value
    FROM known k, json_array_elements(k.events::JSON) WITH ORDINALITY AS e (value, place)
), moved AS (
    SELECT ticket_id, place, at, event, CAST(value ->> 'since' AS BIGINT) AS since,
        value ->> 'from' IN ('solved', 'closed') AS was_over,
        value ->> CASE event WHEN 'created' THEN 'status' ELSE 'to' END IN ('solved', 'closed') AS is_over
    FROM each WHERE event IN ('created', 'status')
)
SELECT ticket_id, 'solved', place, CASE event WHEN 'created' THEN coalesce(since, at) ELSE at END, NULL::BIGINT, NULL::BIGINT
FROM moved WHERE is_over AND (event = 'created' OR NOT was_over)
UNION ALL
SELECT ticket_id, 'reopened', place, at, NULL, NULL FROM moved WHERE event = 'status' AND was_over AND NOT is_over
UNION ALL
SELECT ticket_id, 'requester', place, at,
    CAST(value ->> CASE event WHEN 'created' THEN 'requester' ELSE 'to' END AS BIGINT), NULL
FROM each WHERE event IN ('created', 'requester')
UNION ALL
SELECT ticket_id, 'assignee', place, at,
    CAST(value ->> CASE event WHEN 'created' THEN 'assignee' ELSE 'to' END AS BIGINT), NULL
FROM each WHERE event IN ('created', 'assignee')
UNION ALL
SELECT e.ticket_id, 'copied', e.place, e.at, CAST(p.value AS BIGINT), NULL
FROM each e, json_array_elements_text(e.value -> CASE e.event WHEN 'created' THEN 'ccs' ELSE 'added' END) AS p (value)
WHERE e.event IN ('created', 'ccs')
UNION ALL
SELECT e.ticket_id, 'uncopied', e.place, e.at, CAST(p.value AS BIGINT), NULL
FROM each e, json_array_elements_text(e.value -> 'removed') AS p (value)
WHERE e.event = 'ccs'
UNION ALL
SELECT ticket_id, 'internal', place, at, NULL, NULL FROM each WHERE event = 'made_internal'
UNION ALL
SELECT ticket_id, CASE WHEN value ->> 'public' = 'true' THEN 'said' ELSE 'noted' END, place, at,
    CAST(value ->> 'author' AS BIGINT), CAST(value ->> 'comment' AS BIGINT)
FROM each WHERE event = 'commented';

CREATE INDEX told_of_ticket ON told (ticket_id, what, place);

UPDATE tickets SET solved_at = (
    SELECT k.at FROM told k WHERE k.ticket_id = tickets.id AND k.what = 'solved' ORDER BY k.place DESC LIMIT 1
) WHERE status >= 4;

UPDATE tickets SET reopened = (
    SELECT count(*) FROM told k WHERE k.ticket_id = tickets.id AND k.what = 'reopened'
) WHERE id IN (SELECT ticket_id FROM told WHERE what = 'reopened');

-- not what the ticket was opened with, nor before its only public comment became a note; not by its requester; by
-- somebody in copy only when it was theirs to answer
UPDATE tickets SET first_answered_at = (
    SELECT c.created_at FROM told s JOIN comments c ON c.id = s.comment_id
    WHERE s.ticket_id = tickets.id AND s.what = 'said'
        AND s.place > (
            SELECT min(k.place) FROM told k WHERE k.ticket_id = s.ticket_id AND k.what IN ('said', 'noted')
        )
        AND NOT EXISTS (
            SELECT 1 FROM told k WHERE k.ticket_id = s.ticket_id AND k.what = 'internal' AND k.place > s.place
        )
        AND s.person_id <> (
            SELECT k.person_id FROM told k WHERE k.ticket_id = s.ticket_id AND k.what = 'requester'
                AND k.place < s.place ORDER BY k.place DESC LIMIT 1
        )
        AND (
            s.person_id = (
                SELECT k.person_id FROM told k WHERE k.ticket_id = s.ticket_id AND k.what = 'assignee'
                    AND k.place < s.place ORDER BY k.place DESC LIMIT 1
            )
            OR coalesce((
                SELECT k.what FROM told k WHERE k.ticket_id = s.ticket_id AND k.what IN ('copied', 'uncopied')
                    AND k.person_id = s.person_id AND k.place < s.place ORDER BY k.place DESC LIMIT 1
            ), '') <> 'copied'
        )
    ORDER BY s.place LIMIT 1
) WHERE public_comments > 0 AND comments > 1;

DROP TABLE told;

CREATE INDEX tickets_by_creation ON tickets (created_at, id);
-- what was opened in the period too is counted with that: of those here only the others are looked up
CREATE INDEX tickets_by_solution ON tickets (solved_at, id, created_at) WHERE solved_at IS NOT NULL;
