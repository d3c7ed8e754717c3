// Prints the fingerprint of a rule-set version that it is given (GET /rules/{set}/versions/{v}): the SHA-256 of the
// canonical JSON (RFC 8785) of its body.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const keysOf = (value) => Object.keys(value).sort();

const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${keysOf(value)
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join()}}`;
};

const { body } = JSON.parse(readFileSync(0, 'utf8'));
console.log(createHash('sha256').update(canonical(body)).digest('hex'));
