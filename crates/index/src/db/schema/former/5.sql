-- The index's schema, version 5. A change of this file or of the tokenizer is a new user_version (schema.rs): the index
-- is then rebuilt from the files, so there are no migrations.

-- id is the time of capture: minutes since 1970, or the next free number before it. FTS5 can walk its row numbers from
-- the highest to the lowest without sorting, so ids in time order make "the newest 2000 hits" cheap, whatever the order
-- in which pages were filed, and a rebuilt index answers like the one it replaces. Coarser than the times, they lie
-- closer together, and closer numbers are stored in fewer bytes.
-- title_key is the beginning of the title as words: what a person has typed of it is a range of the index on it.
CREATE TABLE page(
  id INTEGER PRIMARY KEY,
  hash_url TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  site TEXT NOT NULL,
  title TEXT NOT NULL,
  title_key TEXT NOT NULL,
  author TEXT NOT NULL,
  lang TEXT NOT NULL,
  kind TEXT NOT NULL,
  tags TEXT NOT NULL,
  captured_at_ms INTEGER NOT NULL,
  seen_at_ms INTEGER,
  versions INTEGER NOT NULL,
  modified_ns INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  fingerprint TEXT NOT NULL
) STRICT;
CREATE INDEX page_captured ON page(captured_at_ms, id);
CREATE INDEX page_title ON page(title_key);

-- What a page shows beside its article, deflated, for snippets: no file has it as text. Only where there is some.
CREATE TABLE rest(
  id INTEGER PRIMARY KEY,
  text BLOB NOT NULL
) STRICT;

-- The words. Contentless: what was indexed is in the files. article is without its headings. labels holds what filters
-- ask for (writing.rs). article comes first: FTS5 writes two bytes for each word of each page in any other column, which
-- for the longest one would be an eighth of the index.
CREATE VIRTUAL TABLE fts USING fts5(
  article, title, site, url, tags, author, headings, rest, labels,
  tokenize='cachette', content='', contentless_delete=1
);

-- Titles and addresses again, with their words' first letters: one to three letters are the beginning of so many words
-- that looking through all texts for them takes 100 ms in a large cache, and of these 0.1 ms.
CREATE VIRTUAL TABLE name USING fts5(
  title, url,
  tokenize='cachette', content='', contentless_delete=1, detail=none, prefix='1 2 3'
);

-- The words that a slip of the finger may have meant, and where to look for them: each bucket has the numbers, three
-- bytes each, of the words whose beginning, whole or with one letter left out, falls into it (typo.rs).
CREATE TABLE word(
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE slip(
  bucket INTEGER PRIMARY KEY,
  words BLOB NOT NULL
) STRICT;

-- What is known of the whole: 'pages', how many there are, and 'drift', how many minutes an id may lie before its time.
CREATE TABLE fact(
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;
