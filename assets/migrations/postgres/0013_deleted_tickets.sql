-- Deleted tickets. Their status is 6, which no list asks for; where they stood is kept beside it, so that they can come
-- back as they were. What is gone for good keeps its row: a number is never used again.

ALTER TABLE tickets ADD COLUMN deleted_at BIGINT;
ALTER TABLE tickets ADD COLUMN deleted_by BIGINT;
ALTER TABLE tickets ADD COLUMN deleted_status BIGINT;
ALTER TABLE tickets ADD COLUMN purged BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX tickets_deleted ON tickets (deleted_at, id) WHERE status = 6 AND NOT purged;
