-- What the account's own fields of people and organizations hold, by their numbers.

ALTER TABLE people ADD COLUMN fields TEXT NOT NULL DEFAULT '{}';
ALTER TABLE organizations ADD COLUMN fields TEXT NOT NULL DEFAULT '{}';
