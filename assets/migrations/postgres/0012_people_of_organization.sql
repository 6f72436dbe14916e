-- The people of an organization are read by name, a page at a time.

CREATE INDEX people_of_organization ON people (organization_id, folded, id);
DROP INDEX people_by_organization;
