-- What the log commits to. Each entry has a data key of its own, sealed by that of the service; each part of it is sealed by that key,
-- with its salt. Where the key is gone, nothing can be read again, wherever a copy of the parts may lie.

CREATE TABLE payload_key (
  position INTEGER PRIMARY KEY REFERENCES log (position),
  sealed   BLOB NOT NULL
) STRICT;

CREATE TABLE payload (
  position INTEGER NOT NULL REFERENCES log (position),
  part     TEXT NOT NULL,
  sealed   BLOB NOT NULL,
  PRIMARY KEY (position, part)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER payload_key_never_updated BEFORE UPDATE ON payload_key
BEGIN SELECT RAISE(ABORT, 'a data key is never changed'); END;

CREATE TRIGGER payload_key_never_replaced BEFORE INSERT ON payload_key
WHEN EXISTS (SELECT 1 FROM payload_key WHERE position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'a data key is never replaced'); END;

CREATE TRIGGER payload_never_updated BEFORE UPDATE ON payload
BEGIN SELECT RAISE(ABORT, 'a payload is never changed'); END;

CREATE TRIGGER payload_never_replaced BEFORE INSERT ON payload
WHEN EXISTS (SELECT 1 FROM payload WHERE position = NEW.position AND part = NEW.part)
BEGIN SELECT RAISE(ABORT, 'a payload is never replaced'); END;

-- By what a database knows the keys that it was written with, so that it is never used with others. It tells nothing of them.

CREATE TABLE key_check (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER key_check_never_updated BEFORE UPDATE ON key_check
BEGIN SELECT RAISE(ABORT, 'the keys of a database are never changed'); END;

CREATE TRIGGER key_check_never_replaced BEFORE INSERT ON key_check
WHEN EXISTS (SELECT 1 FROM key_check WHERE name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'the keys of a database are never changed'); END;
