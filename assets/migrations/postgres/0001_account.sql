-- Guichet's tables. Times are milliseconds since 1970; JSON is text; what stands in several places is said in
-- ARCHITECTURE.md. The same tables and columns are in ../sqlite (a test compares them).

CREATE TABLE account (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    url TEXT,
    settings TEXT NOT NULL,
    -- one more whenever account, settings, kinds or groups change: what is kept of them in memory is then read again
    revision BIGINT NOT NULL,
    -- head and length of the account's own chain of audits
    link BYTEA NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE kinds (
    id BIGINT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    guidance TEXT NOT NULL,
    priority BIGINT,
    position BIGINT NOT NULL
);

CREATE TABLE agent_groups (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT COLLATE "C" NOT NULL UNIQUE
);

CREATE TABLE organizations (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT COLLATE "C" NOT NULL UNIQUE,
    domains TEXT NOT NULL,
    shared_tickets BOOLEAN NOT NULL,
    shared_comments BOOLEAN NOT NULL
);

CREATE TABLE organization_domains (
    domain TEXT NOT NULL,
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    PRIMARY KEY (domain, organization_id)
);

CREATE TABLE people (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT COLLATE "C" NOT NULL,
    email TEXT,
    email_folded TEXT COLLATE "C" UNIQUE,
    email_domain TEXT COLLATE "C",
    phone TEXT,
    phone_digits TEXT COLLATE "C",
    role BIGINT NOT NULL,
    organization_id BIGINT REFERENCES organizations (id),
    groups TEXT NOT NULL,
    language TEXT,
    suspended BOOLEAN NOT NULL,
    external_id TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX people_by_name ON people (folded, id);
CREATE INDEX people_by_organization ON people (organization_id, id);
CREATE INDEX people_by_domain ON people (email_domain, id) WHERE email_domain IS NOT NULL;
CREATE INDEX people_by_phone ON people (phone_digits, id) WHERE phone_digits IS NOT NULL;
CREATE INDEX people_by_external ON people (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX people_of_staff ON people (folded, id) WHERE role > 0;

-- the words of names, folded as in domain::word: how people are found by them
CREATE TABLE person_words (
    person_id BIGINT NOT NULL REFERENCES people (id),
    word TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (person_id, word)
);
CREATE INDEX person_words_by_word ON person_words (word, person_id);

CREATE TABLE organization_words (
    organization_id BIGINT NOT NULL REFERENCES organizations (id),
    word TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organization_id, word)
);
CREATE INDEX organization_words_by_word ON organization_words (word, organization_id);

CREATE TABLE tickets (
    id BIGINT PRIMARY KEY,
    subject TEXT NOT NULL,
    kind_id BIGINT REFERENCES kinds (id),
    -- 0 new, 1 open, 2 pending, 3 hold, 4 solved, 5 closed
    status BIGINT NOT NULL,
    -- the entry into pending, solved or closed
    status_since BIGINT,
    reminded BOOLEAN NOT NULL,
    -- 0 low, 1 normal, 2 high, 3 urgent
    priority BIGINT,
    requester_id BIGINT NOT NULL REFERENCES people (id),
    submitter_id BIGINT NOT NULL REFERENCES people (id),
    assignee_id BIGINT REFERENCES people (id),
    group_id BIGINT REFERENCES agent_groups (id),
    organization_id BIGINT REFERENCES organizations (id),
    tags TEXT NOT NULL,
    ccs TEXT NOT NULL,
    followers TEXT NOT NULL,
    due_at BIGINT,
    public BOOLEAN NOT NULL,
    via TEXT NOT NULL,
    external_id TEXT COLLATE "C",
    follow_up_of BIGINT REFERENCES tickets (id),
    merged_into BIGINT REFERENCES tickets (id),
    comments BIGINT NOT NULL,
    public_comments BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    requester_updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    -- head of the ticket's chain of audits
    link BYTEA NOT NULL
);
CREATE INDEX tickets_by_update ON tickets (updated_at, id);
CREATE INDEX tickets_by_status ON tickets (status, updated_at, id);
CREATE INDEX tickets_by_assignee ON tickets (assignee_id, updated_at, id) WHERE assignee_id IS NOT NULL;
CREATE INDEX tickets_by_group ON tickets (group_id, updated_at, id) WHERE group_id IS NOT NULL;
-- the queues: what is still to be done, the urgent first
CREATE INDEX tickets_unsolved ON tickets (coalesce(priority, -1), id, status, assignee_id, group_id) WHERE status < 4;
CREATE INDEX tickets_unsolved_of_assignee ON tickets (assignee_id, coalesce(priority, -1), id, status) WHERE status < 4;
CREATE INDEX tickets_unsolved_of_group ON tickets (group_id, coalesce(priority, -1), id, status) WHERE status < 4;
CREATE INDEX tickets_by_requester ON tickets (requester_id, requester_updated_at, id);
CREATE INDEX tickets_by_organization ON tickets (organization_id, requester_updated_at, id)
    WHERE organization_id IS NOT NULL;
CREATE INDEX tickets_by_external ON tickets (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX tickets_by_timer ON tickets (status, status_since, id, reminded) WHERE status IN (2, 4);

CREATE TABLE ticket_tags (
    tag TEXT COLLATE "C" NOT NULL,
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    PRIMARY KEY (tag, ticket_id)
);

CREATE TABLE ticket_people (
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- 0 in copy, 1 follower
    relation BIGINT NOT NULL,
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    PRIMARY KEY (person_id, relation, ticket_id)
);

CREATE TABLE comments (
    id BIGINT PRIMARY KEY,
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    author_id BIGINT NOT NULL REFERENCES people (id),
    public BOOLEAN NOT NULL,
    frozen BOOLEAN NOT NULL,
    body TEXT NOT NULL,
    salt BYTEA NOT NULL,
    via TEXT NOT NULL,
    attachments BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX comments_by_ticket ON comments (ticket_id, id);

CREATE TABLE attachments (
    id BIGINT PRIMARY KEY,
    comment_id BIGINT NOT NULL REFERENCES comments (id),
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest BYTEA NOT NULL
);
CREATE INDEX attachments_by_comment ON attachments (comment_id, id);

CREATE TABLE uploads (
    token TEXT PRIMARY KEY,
    owner_id BIGINT NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    used BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE audits (
    id BIGINT PRIMARY KEY,
    -- 0: the account's own
    ticket_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- null: the account itself
    who BIGINT,
    via TEXT NOT NULL,
    events TEXT NOT NULL,
    link BYTEA NOT NULL
);
CREATE UNIQUE INDEX audits_by_ticket ON audits (ticket_id, number);
CREATE FUNCTION audits_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audits are only added';
END
$$;
CREATE TRIGGER audits_stay BEFORE UPDATE OR DELETE ON audits
    FOR EACH ROW EXECUTE FUNCTION audits_are_only_added();
CREATE TRIGGER audits_remain BEFORE TRUNCATE ON audits
    FOR EACH STATEMENT EXECUTE FUNCTION audits_are_only_added();

-- texts of events (D35): audits hold only salted digests of them
CREATE TABLE texts (
    audit_id BIGINT NOT NULL REFERENCES audits (id),
    place BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (audit_id, place)
);

-- acts that were done, under the keys that their clients made
CREATE TABLE acts (
    -- 0: the account itself
    person_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    digest BYTEA NOT NULL,
    outcome TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (person_id, key)
);

-- numbers: several servers may write at once
CREATE SEQUENCE tickets_numbers;
CREATE SEQUENCE comments_numbers;
CREATE SEQUENCE attachments_numbers;
CREATE SEQUENCE people_numbers;
CREATE SEQUENCE organizations_numbers;
CREATE SEQUENCE agent_groups_numbers;
CREATE SEQUENCE audits_numbers;

-- files by their digest; beside SQLite they lie in a folder
CREATE TABLE blobs (
    digest BYTEA PRIMARY KEY,
    bytes BYTEA NOT NULL
);

-- everything that agents may find, and what of it requesters may. The words come folded (domain::word); their weights
-- are A for the subject, B for what was said, C for whose it is (requester r7, copies c8, organization o5), D for the
-- ticket's number
CREATE TABLE ticket_search (
    ticket_id BIGINT PRIMARY KEY REFERENCES tickets (id),
    all_words TSVECTOR NOT NULL,
    -- null: a private ticket
    public_words TSVECTOR
);
CREATE INDEX ticket_search_all ON ticket_search USING gin (all_words);
CREATE INDEX ticket_search_public ON ticket_search USING gin (public_words);
