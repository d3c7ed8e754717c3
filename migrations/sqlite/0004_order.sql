-- What a page and an erasure by age follow, so that neither reads the log to find what it tells of. All of it follows from the log and
-- the lookups, is kept by the triggers below, and can be made again and be compared.

-- Entries stand in the order in which they were written, which is almost that of their times: clocks are put back or run ahead, and what
-- began first may be written last. `span` has the first and the last time in each 256 entries. What is asked of a time passes those in
-- which it cannot lie, and one clock that was wrong once leads nobody into more than the 256 entries around it.

CREATE TABLE span (
  block    INTEGER PRIMARY KEY,
  earliest TEXT NOT NULL,
  latest   TEXT NOT NULL
) STRICT;

CREATE VIEW span_by_log AS
SELECT position / 256 AS block, min(at) AS earliest, max(at) AS latest FROM log GROUP BY position / 256;

INSERT INTO span SELECT block, earliest, latest FROM span_by_log;

CREATE TRIGGER log_keeps_span AFTER INSERT ON log
BEGIN
  INSERT INTO span VALUES (NEW.position / 256, NEW.at, NEW.at)
  ON CONFLICT (block) DO UPDATE SET earliest = min(earliest, NEW.at), latest = max(latest, NEW.at);
END;

-- What clinicians decided on each decision whose lookups are kept: `none` while there is no resolution of it, else each choice that was
-- made. So those that wait are found without passing all that were resolved before.

CREATE TABLE outcome (
  organisation TEXT NOT NULL,
  choice       TEXT NOT NULL,
  position     INTEGER NOT NULL,
  PRIMARY KEY (organisation, choice, position)
) STRICT, WITHOUT ROWID;

CREATE VIEW outcome_by_lookup AS
SELECT made.organisation, 'none' AS choice, made.position
FROM lookup AS made JOIN log ON log.position = made.position
WHERE made.name = 'kind' AND made.value = 'decision' AND NOT EXISTS (
  SELECT 1 FROM lookup AS about
  WHERE about.organisation = made.organisation AND about.name = 'decision' AND about.value = log.id
)
UNION
SELECT made.organisation, about.name, made.position
FROM lookup AS made JOIN log ON log.position = made.position JOIN lookup AS about
  ON about.organisation = made.organisation AND about.name IN ('proceed', 'defer', 'decline') AND about.value = log.id
WHERE made.name = 'kind' AND made.value = 'decision';

INSERT INTO outcome SELECT organisation, choice, position FROM outcome_by_lookup;

-- Whenever a lookup comes or goes that tells something of a decision, what is told of it is made anew.

CREATE TRIGGER outcome_of_made AFTER INSERT ON lookup WHEN NEW.name = 'kind' AND NEW.value = 'decision'
BEGIN
  INSERT INTO outcome SELECT organisation, choice, position FROM outcome_by_lookup
  WHERE organisation = NEW.organisation AND position = NEW.position;
END;

CREATE TRIGGER outcome_of_resolved AFTER INSERT ON lookup WHEN NEW.name IN ('decision', 'proceed', 'defer', 'decline')
BEGIN
  DELETE FROM outcome
  WHERE organisation = NEW.organisation AND choice IN ('none', 'proceed', 'defer', 'decline')
    AND position = (SELECT position FROM log WHERE id = NEW.value);
  INSERT INTO outcome SELECT organisation, choice, position FROM outcome_by_lookup
  WHERE organisation = NEW.organisation AND position = (SELECT position FROM log WHERE id = NEW.value);
END;

CREATE TRIGGER outcome_of_erased AFTER DELETE ON lookup WHEN OLD.name = 'kind' AND OLD.value = 'decision'
BEGIN
  DELETE FROM outcome
  WHERE organisation = OLD.organisation AND choice IN ('none', 'proceed', 'defer', 'decline') AND position = OLD.position;
END;

CREATE TRIGGER outcome_of_unresolved AFTER DELETE ON lookup WHEN OLD.name IN ('decision', 'proceed', 'defer', 'decline')
BEGIN
  DELETE FROM outcome
  WHERE organisation = OLD.organisation AND choice IN ('none', 'proceed', 'defer', 'decline')
    AND position = (SELECT position FROM log WHERE id = OLD.value);
  INSERT INTO outcome SELECT organisation, choice, position FROM outcome_by_lookup
  WHERE organisation = OLD.organisation AND position = (SELECT position FROM log WHERE id = OLD.value);
END;
