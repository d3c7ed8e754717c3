-- The decision log. `log` says what was decided and commits to it; `payload` holds what may one day have to be erased.
-- Positions count from 0 without a gap. Nothing in `log` is ever changed, removed or replaced, and nothing in `payload` is changed
-- or replaced: it can only be erased.

CREATE TABLE log (
  position      INTEGER PRIMARY KEY,
  id            TEXT NOT NULL,
  at            TEXT NOT NULL,
  organisation  TEXT NOT NULL,
  kind          TEXT NOT NULL,
  rule_set_hash TEXT NOT NULL CHECK (length(rule_set_hash) = 64),
  commitments   TEXT NOT NULL CHECK (json_valid(commitments))
) STRICT;

CREATE UNIQUE INDEX log_id ON log (id);
CREATE INDEX log_kind ON log (kind, position);

CREATE TABLE payload (
  position INTEGER NOT NULL REFERENCES log (position),
  part     TEXT NOT NULL,
  salt     TEXT NOT NULL CHECK (length(salt) = 64),
  body     TEXT NOT NULL,
  PRIMARY KEY (position, part)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER log_never_updated BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only: no update'); END;

CREATE TRIGGER log_never_deleted BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only: no delete'); END;

-- `INSERT OR REPLACE` deletes without firing delete triggers, so an entry that is there is refused before it can be replaced.
CREATE TRIGGER log_never_replaced BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the log is append-only: no replace'); END;

CREATE TRIGGER log_without_gap BEFORE INSERT ON log
WHEN NEW.position IS NOT (SELECT coalesce(max(position) + 1, 0) FROM log)
BEGIN SELECT RAISE(ABORT, 'the log is append-only: the next position only'); END;

CREATE TRIGGER payload_never_updated BEFORE UPDATE ON payload
BEGIN SELECT RAISE(ABORT, 'a payload is never changed'); END;

CREATE TRIGGER payload_never_replaced BEFORE INSERT ON payload
WHEN EXISTS (SELECT 1 FROM payload WHERE position = NEW.position AND part = NEW.part)
BEGIN SELECT RAISE(ABORT, 'a payload is never replaced'); END;
