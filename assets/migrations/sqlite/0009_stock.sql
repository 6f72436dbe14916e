-- How far the account has come along with what the program gives new accounts.

ALTER TABLE account ADD COLUMN stock INTEGER NOT NULL DEFAULT 0;
