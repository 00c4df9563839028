-- The index's schema, version 7. A change of this file or of the tokenizer needs a new user_version
-- (schema.rs): the index is then rebuilt from the files, so there are no migrations.

-- id is the minute of capture since 1970, or the next free number below it. FTS5 can walk its row
-- numbers from the highest to the lowest without sorting, so ids in time order make "the newest 2000
-- hits" cheap, whatever the order in which pages were filed, and a rebuilt index answers like the one
-- it replaces. Minutes lie closer together than exact times, and closer numbers take fewer bytes.
-- title_key is the start of the title as words, so that a typed prefix is a range of the index on it.
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

-- The pending pages: filed, but not in the other tables yet or only in their former state. Each has the
-- state of the file that is about to be indexed. A save is acknowledged once it is recorded here; row
-- and words follow at once, or with the next search of any process (pending.rs). Usually empty, so that
-- a search loses no time with it, and one page of the file, so that a save waits for a single write.
CREATE TABLE due(
  hash_url TEXT PRIMARY KEY,
  modified_ns INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  versions INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The text that a page shows besides its article, deflated, for snippets: no file has it as text. Pages
-- without any have no row.
CREATE TABLE rest(
  id INTEGER PRIMARY KEY,
  text BLOB NOT NULL
) STRICT;

-- The words. Contentless: the texts are in the files. article is without its headings. labels holds the
-- words that filters ask for (prepared.rs). article comes first: FTS5 writes two bytes for each word of
-- each page in any other column, which for the longest one would be an eighth of the index.
CREATE VIRTUAL TABLE fts USING fts5(
  article, title, site, url, tags, author, headings, rest, labels,
  tokenize='cachette', content='', contentless_delete=1
);

-- Titles and addresses again, with an index of their words' first letters: so many words begin with one
-- to three letters that searching all texts for them takes 100 ms in a large cache, and these 0.1 ms.
CREATE VIRTUAL TABLE name USING fts5(
  title, url,
  tokenize='cachette', content='', contentless_delete=1, detail=none, prefix='1 2 3'
);

-- The words that typos are corrected to, and the buckets by which they are found: each bucket has the
-- numbers, three bytes each, of the words whose prefix, whole or with one letter left out, falls into it
-- (typo.rs).
CREATE TABLE word(
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE slip(
  bucket INTEGER PRIMARY KEY,
  words BLOB NOT NULL
) STRICT;

-- Numbers about the whole index: 'pages', the rows of page, and 'drift', the most minutes by which an id
-- lies before its time.
CREATE TABLE fact(
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;
