-- By what an entry is found again beside its id: the decision that it is about, the code that a patient was given. Written with the
-- entry, in one transaction. It is an index and no part of what the log commits to, so it can be erased, but never be changed.

CREATE TABLE lookup (
  name     TEXT NOT NULL,
  value    TEXT NOT NULL,
  position INTEGER NOT NULL REFERENCES log (position),
  PRIMARY KEY (name, value, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER lookup_never_updated BEFORE UPDATE ON lookup
BEGIN SELECT RAISE(ABORT, 'a lookup is never changed'); END;
