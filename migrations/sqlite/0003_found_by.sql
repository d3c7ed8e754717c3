-- By what an entry is found again beside its id. Both tables are written with the entry, in one transaction, follow from what the log
-- commits to, and hold nothing else: they can be made again, be compared, and be erased, but never be changed.

-- Which entry a request made that named an idempotency key. Within one organisation, client and path a key stands for one body.

CREATE TABLE idempotency (
  organisation TEXT NOT NULL,
  client       TEXT NOT NULL,
  path         TEXT NOT NULL,
  key          TEXT NOT NULL,
  body_hash    TEXT NOT NULL CHECK (length(body_hash) = 64),
  position     INTEGER NOT NULL REFERENCES log (position),
  PRIMARY KEY (organisation, client, path, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_position ON idempotency (position);

CREATE TRIGGER idempotency_never_updated BEFORE UPDATE ON idempotency
BEGIN SELECT RAISE(ABORT, 'an idempotency key is never changed'); END;

-- By kind, verdict, rule, version, keyed hash of the subject, the decision that it is about, the hash of a code that a patient was given.

CREATE TABLE lookup (
  organisation TEXT NOT NULL,
  name         TEXT NOT NULL,
  value        TEXT NOT NULL,
  position     INTEGER NOT NULL REFERENCES log (position),
  PRIMARY KEY (organisation, name, value, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX lookup_position ON lookup (position);

-- A code opens a patient's answers, so no two organisations may have given out the same.
CREATE INDEX lookup_intake_code ON lookup (value, position) WHERE name = 'intake-code';

CREATE TRIGGER lookup_never_updated BEFORE UPDATE ON lookup
BEGIN SELECT RAISE(ABORT, 'a lookup is never changed'); END;
