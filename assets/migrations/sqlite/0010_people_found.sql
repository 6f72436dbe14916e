-- What fields of people and organizations hold, by field, for their tickets to be found: a number, or a folded text; a
-- row for each option chosen.

CREATE TABLE person_fields (
    field_id INTEGER NOT NULL,
    number INTEGER,
    text TEXT,
    person_id INTEGER NOT NULL REFERENCES people (id)
) STRICT;
CREATE INDEX person_fields_by_number ON person_fields (field_id, number, person_id) WHERE number IS NOT NULL;
CREATE INDEX person_fields_by_text ON person_fields (field_id, text, person_id) WHERE text IS NOT NULL;
CREATE INDEX person_fields_by_person ON person_fields (person_id);

CREATE TABLE organization_fields (
    field_id INTEGER NOT NULL,
    number INTEGER,
    text TEXT,
    organization_id INTEGER NOT NULL REFERENCES organizations (id)
) STRICT;
CREATE INDEX organization_fields_by_number ON organization_fields (field_id, number, organization_id)
    WHERE number IS NOT NULL;
CREATE INDEX organization_fields_by_text ON organization_fields (field_id, text, organization_id) WHERE text IS NOT NULL;
CREATE INDEX organization_fields_by_organization ON organization_fields (organization_id);
