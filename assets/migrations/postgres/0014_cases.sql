-- Types of tickets, the problem of an incident, and what requesters thought.

ALTER TABLE tickets ADD COLUMN ticket_type BIGINT;
ALTER TABLE tickets ADD COLUMN problem_id BIGINT REFERENCES tickets (id);
-- score, comment, times, who worked on it then
ALTER TABLE tickets ADD COLUMN rating TEXT;
-- what is asked of it: 0 offered, 1 bad, 2 bad and why, 3 good, 4 good and why
ALTER TABLE tickets ADD COLUMN satisfaction BIGINT;
CREATE INDEX tickets_by_problem ON tickets (problem_id, updated_at, id) WHERE problem_id IS NOT NULL;
CREATE INDEX tickets_problems ON tickets (updated_at, id) WHERE ticket_type = 2;
CREATE INDEX tickets_by_satisfaction ON tickets (satisfaction, updated_at, id) WHERE satisfaction IS NOT NULL;

-- Problems that were solved and whose incidents wait to be solved with them, with what was said then.
CREATE TABLE solved_problems (
    ticket_id BIGINT PRIMARY KEY,
    comment_id BIGINT,
    -- the incidents up to this number are through
    past BIGINT NOT NULL
);
