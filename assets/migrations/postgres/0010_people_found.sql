-- What fields of people and organizations hold, by field, for their tickets to be found: a number, or a folded text; a
-- row for each option chosen.

CREATE TABLE person_fields (
    field_id BIGINT NOT NULL,
    number BIGINT,
    text TEXT COLLATE "C",
    person_id BIGINT NOT NULL REFERENCES people (id)
);
CREATE INDEX person_fields_by_number ON person_fields (field_id, number, person_id) WHERE number IS NOT NULL;
CREATE INDEX person_fields_by_text ON person_fields (field_id, text, person_id) WHERE text IS NOT NULL;
CREATE INDEX person_fields_by_person ON person_fields (person_id);

CREATE TABLE organization_fields (
    field_id BIGINT NOT NULL,
    number BIGINT,
    text TEXT COLLATE "C",
    organization_id BIGINT NOT NULL REFERENCES organizations (id)
);
CREATE INDEX organization_fields_by_number ON organization_fields (field_id, number, organization_id)
    WHERE number IS NOT NULL;
CREATE INDEX organization_fields_by_text ON organization_fields (field_id, text, organization_id) WHERE text IS NOT NULL;
CREATE INDEX organization_fields_by_organization ON organization_fields (organization_id);
