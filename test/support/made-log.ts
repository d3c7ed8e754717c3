import { createHash, randomBytes } from 'node:crypto';
import type { NewEntry } from '../../src/log/entry.js';
import { newEntry, type EntryContent } from '../../src/services/new-entry.js';
import type { DecisionLog } from '../../src/services/ports.js';
import type { Verdict } from '../../src/screening/decide.js';
import { at } from './builders.js';
import { logOn, subjectHash } from './sqlite.js';
import type { Connection } from '../../src/storage/open-database.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** With what the entries of a made-up log are made. */
export const PORTS = {
  chance: {
    newId: () => '',
    newSalt: () => randomBytes(32).toString('hex'),
    newCode: () => '',
  },
  subjectHash,
};

/** The id of the entry of a number, as a machine would make it. */
const madeId = (number: number): string => `0197f3c2-7b1e-7000-8000-${number.toString(16).padStart(12, '0')}`;

const VERDICTS: readonly Verdict[] = ['eligible', 'review', 'incomplete', 'ineligible'];

const RULES = ['bladder-pain', 'hypertension', 'psychosis'];

const RULE_SET_HASH = sha256('a version');

const timeOf = (number: number) => at(new Date(Date.UTC(2026, 0, 1) + number * 61_000).toISOString());

type Base = Pick<EntryContent, 'id' | 'at' | 'organisation' | 'ruleSetHash'>;

const baseOf = (number: number, organisation: string): Base => ({
  id: madeId(number),
  at: timeOf(number),
  organisation,
  ruleSetHash: RULE_SET_HASH,
});

/** The subject of the entry of a number: a few entries share one. */
export const subjectOf = (number: number): string => `pt-${String(number % 13)}`;

const decision = (number: number, organisation: string): NewEntry => {
  const verdict = VERDICTS[number % 4] ?? 'review';
  const base = baseOf(number, organisation);
  const body = sha256(`body ${String(number)}`);
  return newEntry(
    {
      ...base,
      kind: 'decision',
      parts: {
        intake: { received: { subject: subjectOf(number), facts: { age: 20 + (number % 60) } }, facts: {} },
        answer: { id: base.id, verdict, ruleSet: { id: 'a-set', version: '1.0.0', sha256: RULE_SET_HASH } },
        summary: {
          subject: subjectOf(number),
          supersedes: number % 11 === 0 ? madeId(number + 1) : null,
          verdict,
          bounds: { floor: 'eligible', ceiling: 'ineligible' },
          rules: RULES.slice(number % 3),
          ruleSet: { id: 'a-set', version: '1.0.0' },
        },
      },
      ...(number % 2 === 0
        ? {
            idempotency: {
              organisation,
              client: 'local',
              path: '/screen',
              key: `key-${String(number)}`,
              bodyHash: body,
            },
          }
        : {}),
    },
    PORTS,
  );
};

const resolution = (number: number, organisation: string): NewEntry =>
  newEntry(
    {
      ...baseOf(number, organisation),
      kind: 'resolution',
      parts: {
        answer: { id: madeId(number), choice: 'defer' },
        summary: { decision: madeId(number - 1), choice: 'defer' },
      },
    },
    PORTS,
  );

const intake = (number: number, organisation: string): NewEntry =>
  newEntry(
    {
      ...baseOf(number, organisation),
      kind: 'intake',
      parts: {
        intake: { facts: {} },
        answer: { code: 'kept here alone' },
        summary: { subject: subjectOf(number), codeHash: sha256(`code ${String(number)}`) },
      },
    },
    PORTS,
  );

/** An entry of a log that was made up: decisions above all, with resolutions and intakes among them. */
export const madeEntry = (number: number, organisation = 'local'): NewEntry => {
  if (number % 7 === 3) return resolution(number, organisation);
  return number % 9 === 5 ? intake(number, organisation) : decision(number, organisation);
};

/** A log of so many entries that were made up, on a connection. */
export const madeLog = async (
  connection: Connection,
  count: number,
  organisationOf: (number: number) => string = () => 'local',
): Promise<DecisionLog> => {
  const log = logOn(connection);
  const entries = Array.from({ length: count }, (_, number) => madeEntry(number, organisationOf(number)));
  if (count > 0) await log.append(entries);
  return log;
};
