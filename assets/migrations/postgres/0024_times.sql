-- When groups, organizations, people and things of the set-up came to be and were different last; and what the team keeps
-- of people, organizations and groups for itself. Of what was there before, the account's own history says it, as far as
-- it does, else the account's beginning.

ALTER TABLE items ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agent_groups ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agent_groups ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agent_groups ADD COLUMN description TEXT;
ALTER TABLE organizations ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
-- tags, notes, details and a group, as JSON; what has none is left out
ALTER TABLE organizations ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';
ALTER TABLE organizations ADD COLUMN external_id TEXT;
CREATE INDEX organizations_by_external ON organizations (external_id) WHERE external_id IS NOT NULL;
ALTER TABLE people ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';

CREATE TABLE logged AS
SELECT what, id, min(CASE WHEN fresh THEN at END) AS first_at, max(at) AS last_at FROM (
    SELECT
        a.at AS at,
        CASE (e.value ->> 'event')
            WHEN 'item_set' THEN (e.value ->> 'kind')
            WHEN 'group_created' THEN 'group' WHEN 'group_renamed' THEN 'group'
            WHEN 'organization_created' THEN 'organization' WHEN 'organization_changed' THEN 'organization'
            WHEN 'person_created' THEN 'person' WHEN 'person_changed' THEN 'person'
        END AS what,
        CAST(coalesce((e.value ->> 'item'), (e.value ->> 'group'), (e.value ->> 'organization'), (e.value ->> 'person')) AS BIGINT) AS id,
        ((e.value ->> 'event') LIKE '%created' OR (e.value ->> 'keys') = '[]') AS fresh
    FROM audits a, jsonb_array_elements(a.events::jsonb) e(value)
    WHERE a.ticket_id = 0 AND (e.value ->> 'event') IN (
        'item_set', 'group_created', 'group_renamed', 'organization_created', 'organization_changed', 'person_created',
        'person_changed'
    )
) AS happened
GROUP BY what, id;

UPDATE items SET created_at = coalesce((SELECT created_at FROM account), 0);
UPDATE items SET updated_at = created_at;
UPDATE agent_groups SET created_at = coalesce((SELECT created_at FROM account), 0);
UPDATE agent_groups SET updated_at = created_at;
UPDATE organizations SET created_at = coalesce((SELECT created_at FROM account), 0);
UPDATE organizations SET updated_at = created_at;
UPDATE people SET updated_at = created_at;

UPDATE items SET created_at = coalesce(logged.first_at, items.created_at), updated_at = logged.last_at
    FROM logged WHERE logged.what = items.kind AND logged.id = items.id;
UPDATE agent_groups SET created_at = coalesce(logged.first_at, agent_groups.created_at), updated_at = logged.last_at
    FROM logged WHERE logged.what = 'group' AND logged.id = agent_groups.id;
UPDATE organizations SET created_at = coalesce(logged.first_at, organizations.created_at), updated_at = logged.last_at
    FROM logged WHERE logged.what = 'organization' AND logged.id = organizations.id;
UPDATE people SET updated_at = logged.last_at
    FROM logged WHERE logged.what = 'person' AND logged.id = people.id AND logged.last_at > people.created_at;

DROP TABLE logged;
