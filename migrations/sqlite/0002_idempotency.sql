-- Which entry a request made that named an idempotency key. Written with the entry, in one transaction. Within one organisation,
-- client and path a key stands for one body.

CREATE TABLE idempotency (
  organisation TEXT NOT NULL,
  client       TEXT NOT NULL,
  path         TEXT NOT NULL,
  key          TEXT NOT NULL,
  body_hash    TEXT NOT NULL CHECK (length(body_hash) = 64),
  position     INTEGER NOT NULL REFERENCES log (position),
  PRIMARY KEY (organisation, client, path, key)
) STRICT, WITHOUT ROWID;
