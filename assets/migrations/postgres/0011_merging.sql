-- What SQLite's search index is told here, PostgreSQL's does by itself: the number is kept so that both count alike.
SELECT 1;
