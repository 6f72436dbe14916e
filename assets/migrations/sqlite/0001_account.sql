-- Guichet's tables. Times are milliseconds since 1970; JSON is text; what stands in several places is said in
-- ARCHITECTURE.md. The same tables and columns are in ../postgres (a test compares them).

PRAGMA application_id = 0x47554943;

CREATE TABLE account (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    url TEXT,
    settings TEXT NOT NULL,
    -- one more whenever account, settings, kinds or groups change: what is kept of them in memory is then read again
    revision INTEGER NOT NULL,
    -- head and length of the account's own chain of audits
    link BLOB NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE kinds (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    guidance TEXT NOT NULL,
    priority INTEGER,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE agent_groups (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE organizations (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    domains TEXT NOT NULL,
    shared_tickets INTEGER NOT NULL,
    shared_comments INTEGER NOT NULL
) STRICT;

CREATE TABLE organization_domains (
    domain TEXT NOT NULL,
    organization_id INTEGER NOT NULL REFERENCES organizations (id),
    PRIMARY KEY (domain, organization_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    email TEXT,
    email_folded TEXT UNIQUE,
    email_domain TEXT,
    phone TEXT,
    phone_digits TEXT,
    role INTEGER NOT NULL,
    organization_id INTEGER REFERENCES organizations (id),
    groups TEXT NOT NULL,
    language TEXT,
    suspended INTEGER NOT NULL,
    external_id TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX people_by_name ON people (folded, id);
CREATE INDEX people_by_organization ON people (organization_id, id);
CREATE INDEX people_by_domain ON people (email_domain, id) WHERE email_domain IS NOT NULL;
CREATE INDEX people_by_phone ON people (phone_digits, id) WHERE phone_digits IS NOT NULL;
CREATE INDEX people_by_external ON people (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX people_of_staff ON people (folded, id) WHERE role > 0;

-- the words of names, folded as in domain::word: how people are found by them
CREATE TABLE person_words (
    person_id INTEGER NOT NULL REFERENCES people (id),
    word TEXT NOT NULL,
    PRIMARY KEY (person_id, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_words_by_word ON person_words (word, person_id);

CREATE TABLE organization_words (
    organization_id INTEGER NOT NULL REFERENCES organizations (id),
    word TEXT NOT NULL,
    PRIMARY KEY (organization_id, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX organization_words_by_word ON organization_words (word, organization_id);

CREATE TABLE tickets (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    kind_id INTEGER REFERENCES kinds (id),
    -- 0 new, 1 open, 2 pending, 3 hold, 4 solved, 5 closed
    status INTEGER NOT NULL,
    -- the entry into pending, solved or closed
    status_since INTEGER,
    reminded INTEGER NOT NULL,
    -- 0 low, 1 normal, 2 high, 3 urgent
    priority INTEGER,
    requester_id INTEGER NOT NULL REFERENCES people (id),
    submitter_id INTEGER NOT NULL REFERENCES people (id),
    assignee_id INTEGER REFERENCES people (id),
    group_id INTEGER REFERENCES agent_groups (id),
    organization_id INTEGER REFERENCES organizations (id),
    tags TEXT NOT NULL,
    ccs TEXT NOT NULL,
    followers TEXT NOT NULL,
    due_at INTEGER,
    public INTEGER NOT NULL,
    via TEXT NOT NULL,
    external_id TEXT,
    follow_up_of INTEGER REFERENCES tickets (id),
    merged_into INTEGER REFERENCES tickets (id),
    comments INTEGER NOT NULL,
    public_comments INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    requester_updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    -- head of the ticket's chain of audits
    link BLOB NOT NULL
) STRICT;
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
    tag TEXT NOT NULL,
    ticket_id INTEGER NOT NULL REFERENCES tickets (id),
    PRIMARY KEY (tag, ticket_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket_people (
    person_id INTEGER NOT NULL REFERENCES people (id),
    -- 0 in copy, 1 follower
    relation INTEGER NOT NULL,
    ticket_id INTEGER NOT NULL REFERENCES tickets (id),
    PRIMARY KEY (person_id, relation, ticket_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE comments (
    id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES tickets (id),
    author_id INTEGER NOT NULL REFERENCES people (id),
    public INTEGER NOT NULL,
    frozen INTEGER NOT NULL,
    body TEXT NOT NULL,
    salt BLOB NOT NULL,
    via TEXT NOT NULL,
    attachments INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX comments_by_ticket ON comments (ticket_id, id);

CREATE TABLE attachments (
    id INTEGER PRIMARY KEY,
    comment_id INTEGER NOT NULL REFERENCES comments (id),
    ticket_id INTEGER NOT NULL REFERENCES tickets (id),
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE INDEX attachments_by_comment ON attachments (comment_id, id);

CREATE TABLE uploads (
    token TEXT PRIMARY KEY,
    owner_id INTEGER NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    digest BLOB NOT NULL,
    used INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audits (
    id INTEGER PRIMARY KEY,
    -- 0: the account's own
    ticket_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    -- null: the account itself
    who INTEGER,
    via TEXT NOT NULL,
    events TEXT NOT NULL,
    link BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX audits_by_ticket ON audits (ticket_id, number);
CREATE TRIGGER audits_stay BEFORE UPDATE ON audits BEGIN
    SELECT RAISE(ABORT, 'audits are only added');
END;
CREATE TRIGGER audits_remain BEFORE DELETE ON audits BEGIN
    SELECT RAISE(ABORT, 'audits are only added');
END;

-- texts of events (D35): audits hold only salted digests of them
CREATE TABLE texts (
    audit_id INTEGER NOT NULL REFERENCES audits (id),
    place INTEGER NOT NULL,
    salt BLOB NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (audit_id, place)
) STRICT, WITHOUT ROWID;

-- acts that were done, under the keys that their clients made
CREATE TABLE acts (
    -- 0: the account itself
    person_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    digest BLOB NOT NULL,
    outcome TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (person_id, key)
) STRICT, WITHOUT ROWID;

-- everything that agents may find, and what of it requesters may; rowid is the ticket's number. The words come folded
-- (domain::word), so the tokenizer has nothing left to do but to part them at the spaces. Whose a ticket is (requester
-- r7, copies c8, organization o5) stands beside its words: what an end user finds, or an agent of one requester, needs
-- no walk past the tickets of everybody else. Beginnings of three letters are indexed too, for to merge all words that
-- begin so takes 20 times as long; those of two would add another quarter to the size
CREATE VIRTUAL TABLE search_all USING fts5 (
    number, subject, comments, whose, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '3'
);
CREATE VIRTUAL TABLE search_public USING fts5 (
    number, subject, comments, whose, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '3'
);
