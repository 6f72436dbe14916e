-- Since when a ticket has been with its assignee, and the last words of its requester and of its assignee. The entry
-- into the status, so far known of pending, solved and closed tickets alone, is known of all from now on.

ALTER TABLE tickets ADD COLUMN assigned_at INTEGER;
ALTER TABLE tickets ADD COLUMN requester_said_at INTEGER;
ALTER TABLE tickets ADD COLUMN assignee_said_at INTEGER;

-- What is known of tickets that are there already stands in their histories: who had them when, and who spoke when.
-- Moments never run backwards, so each is the latest so far.
CREATE TABLE told (
    ticket_id INTEGER NOT NULL,
    what TEXT NOT NULL,
    place INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person_id INTEGER,
    comment_id INTEGER,
    PRIMARY KEY (ticket_id, what, place)
) STRICT, WITHOUT ROWID;

INSERT INTO told
WITH known AS (
    SELECT a.ticket_id, a.number, max(a.at) OVER (PARTITION BY a.ticket_id ORDER BY a.number) AS at, a.events
    FROM audits a WHERE a.ticket_id > 0
), each AS (
    SELECT k.ticket_id, k.number * 100000 + e.key AS place, k.at, json_extract(e.value, '$.event') AS event, e.value
    FROM known k, json_each(k.events) e
)
SELECT ticket_id, 'status', place, at, NULL, NULL FROM each WHERE event IN ('created', 'status')
UNION ALL
SELECT ticket_id, 'requester', place, at,
    json_extract(value, CASE event WHEN 'created' THEN '$.requester' ELSE '$.to' END), NULL
FROM each WHERE event IN ('created', 'requester')
UNION ALL
SELECT ticket_id, 'assignee', place, at,
    json_extract(value, CASE event WHEN 'created' THEN '$.assignee' ELSE '$.to' END), NULL
FROM each WHERE event IN ('created', 'assignee')
UNION ALL
SELECT ticket_id, 'said', place, at, json_extract(value, '$.author'), json_extract(value, '$.comment')
FROM each WHERE event = 'commented';

UPDATE tickets SET status_since = coalesce((
    SELECT k.at FROM told k WHERE k.ticket_id = tickets.id AND k.what = 'status' ORDER BY k.place DESC LIMIT 1
), created_at) WHERE status_since IS NULL;

UPDATE tickets SET assigned_at = coalesce((
    SELECT k.at FROM told k WHERE k.ticket_id = tickets.id AND k.what = 'assignee' ORDER BY k.place DESC LIMIT 1
), created_at) WHERE assignee_id IS NOT NULL;

UPDATE tickets SET requester_said_at = (
    SELECT max(c.created_at) FROM told s JOIN comments c ON c.id = s.comment_id
    WHERE s.ticket_id = tickets.id AND s.what = 'said' AND s.person_id = (
        SELECT k.person_id FROM told k WHERE k.ticket_id = s.ticket_id AND k.what = 'requester' AND k.place < s.place
        ORDER BY k.place DESC LIMIT 1
    )
), assignee_said_at = (
    SELECT max(c.created_at) FROM told s JOIN comments c ON c.id = s.comment_id
    WHERE s.ticket_id = tickets.id AND s.what = 'said' AND s.person_id = (
        SELECT k.person_id FROM told k WHERE k.ticket_id = s.ticket_id AND k.what = 'assignee' AND k.place < s.place
        ORDER BY k.place DESC LIMIT 1
    )
);

DROP TABLE told;
