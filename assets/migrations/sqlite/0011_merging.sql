-- The search index merges its segments later and more of them at once: a merge every few replies was half of what a busy
-- writer did, and finding takes hardly longer among sixteen small segments than among four.
INSERT INTO search_all (search_all, rank) VALUES ('automerge', 16);
INSERT INTO search_all (search_all, rank) VALUES ('crisismerge', 64);
INSERT INTO search_public (search_public, rank) VALUES ('automerge', 16);
INSERT INTO search_public (search_public, rank) VALUES ('crisismerge', 64);
