-- The index's schema, version 1. A change of this file is a new user_version (schema.rs): the index is then rebuilt
-- from the files, so there are no migrations.

-- id is the time of capture: minutes since 1970, or the next free number before it. FTS5 can walk its row numbers from
-- the highest to the lowest without sorting, so ids in time order make "the newest 2000 hits" cheap, whatever the order
-- in which pages were filed, and a rebuilt index answers like the one it replaces. Coarser than the times, they lie
-- closer together, and closer numbers are stored in fewer bytes.
CREATE TABLE page(
  id INTEGER PRIMARY KEY,
  hash_url TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  site TEXT NOT NULL,
  title TEXT NOT NULL,
  author TEXT NOT NULL,
  lang TEXT NOT NULL,
  kind TEXT NOT NULL,
  tags TEXT NOT NULL,
  captured_at_ms INTEGER NOT NULL,
  seen_at_ms INTEGER,
  versions INTEGER NOT NULL,
  modified_ns INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
CREATE INDEX page_captured ON page(captured_at_ms, id);

-- The beginning of each page's texts, for snippets. A table of its own keeps the rows of page short.
CREATE TABLE text(
  id INTEGER PRIMARY KEY,
  article TEXT NOT NULL,
  rest TEXT NOT NULL
) STRICT;

-- The words. Contentless: what was indexed is in page and text, or in the files.
CREATE VIRTUAL TABLE fts USING fts5(
  title, site, url, tags, author, headings, article, rest,
  tokenize="unicode61 remove_diacritics 2", content='', contentless_delete=1,
  prefix='2'
);
