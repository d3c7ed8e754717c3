-- The decision log. `log` says what was decided and commits to it; `payload` holds, sealed, what may one day have to be erased.
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
CREATE INDEX log_at ON log (at, position);

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

-- The complete subtrees of the Merkle tree over the log: `hash` is that of the 2^level entries from position `place` * 2^level on. A
-- row is written with the entry that completes its subtree, in one transaction.

CREATE TABLE tree (
  level INTEGER NOT NULL,
  place INTEGER NOT NULL,
  hash  TEXT NOT NULL CHECK (length(hash) = 64),
  PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tree_never_updated BEFORE UPDATE ON tree
BEGIN SELECT RAISE(ABORT, 'the log is append-only: no update of its tree'); END;

CREATE TRIGGER tree_never_deleted BEFORE DELETE ON tree
BEGIN SELECT RAISE(ABORT, 'the log is append-only: no delete in its tree'); END;

CREATE TRIGGER tree_never_replaced BEFORE INSERT ON tree
WHEN EXISTS (SELECT 1 FROM tree WHERE level = NEW.level AND place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'the log is append-only: no replace in its tree'); END;
