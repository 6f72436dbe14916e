-- How far the account has come along with what the program gives new accounts.

ALTER TABLE account ADD COLUMN stock BIGINT NOT NULL DEFAULT 0;
