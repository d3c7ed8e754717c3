import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Entry } from '../../src/log/entry.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { shippedRules } from './test-app.js';

/** Where the decisions of engines are kept: a folder an engine, in it a file a release, in which each line is a decision. */
const FOLDER = 'test/fixtures/decisions';

const SUMS = join(FOLDER, 'sha256.json');

/** The parts of an entry that a decision is made again with, and those that it is compared with. */
const PARTS = ['intake', 'context', 'answer', 'findings'] as const;

type Part = (typeof PARTS)[number];

/** A decision of an engine, with all that is needed to make it again. */
export type KeptDecision = {
  readonly id: string;
  readonly ruleSetHash: string;
  readonly parts: Readonly<Record<Part, JsonValue>>;
};

/** What is kept of the entry of a decision. */
export const keptOf = ({ id, ruleSetHash, parts }: Entry): KeptDecision => {
  const read = (part: Part): JsonValue => JSON.parse(parts[part]?.body ?? 'null') as JsonValue;
  const [intake, context, answer, findings] = [
    read('intake'),
    read('context'),
    read('answer'),
    read('findings'),
  ];
  return { id, ruleSetHash, parts: { intake, context, answer, findings } };
};

/** The entry that a kept decision was, as far as a replay looks at it. */
export const entryOf = ({ id, ruleSetHash, parts }: KeptDecision): Entry => ({
  id,
  ruleSetHash,
  position: 0,
  at: '2026-11-22T09:30:00.000Z',
  organisation: 'local',
  kind: 'decision',
  commitments: {},
  parts: Object.fromEntries(
    PARTS.map((part) => [part, { salt: '', body: JSON.stringify(parts[part]) }] as const),
  ),
});

/** Every version of the shipped sets that was released. Drafts may still change, and are kept of no engine. */
export const shippedReleases = (): readonly RuleSet[] => {
  const rules = shippedRules();
  return rules.all().filter(({ sha256 }) => rules.releasedOn(sha256) !== null);
};

/** The file in which the decisions of an engine by a release are kept. */
export const fixtureOf = (engine: string, { body }: RuleSet): string =>
  `${engine}/${body.id}@${body.version}.ndjson.gz`;

/** The files that there are. */
export const fixtures = (): readonly string[] =>
  readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(FOLDER, name)).map((file) => `${name}/${file}`))
    .toSorted();

/** The SHA-256 (hex) that each file had when it was written. */
export const sumsKept = (): Readonly<Record<string, string>> =>
  existsSync(SUMS) ? (JSON.parse(readFileSync(SUMS, 'utf8')) as Record<string, string>) : {};

/** The SHA-256 (hex) of a file. */
export const sumOf = (file: string): string =>
  createHash('sha256')
    .update(readFileSync(join(FOLDER, file)))
    .digest('hex');

/** The decisions of a file. */
export const readFixture = (file: string): readonly KeptDecision[] =>
  gunzipSync(readFileSync(join(FOLDER, file)))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as KeptDecision);

/** Whether a file is there already, or its sum is: what an engine has decided is never recorded anew. */
export const isKept = (file: string): boolean =>
  existsSync(join(FOLDER, file)) || Object.hasOwn(sumsKept(), file);

/** Writes a file that is not there, and its sum. @throws Error where it is there already */
export const writeFixture = (file: string, decisions: readonly KeptDecision[]): void => {
  if (isKept(file)) throw new Error(`${file} is there already, and is never written anew`);
  const path = join(FOLDER, file);
  mkdirSync(dirname(path), { recursive: true });
  const lines = decisions.map((decision) => `${JSON.stringify(decision)}\n`).join('');
  writeFileSync(path, gzipSync(lines, { level: 9 }), { flag: 'wx' });
  const sums: JsonObject = { ...sumsKept(), [file]: sumOf(file) };
  const sorted = Object.fromEntries(Object.entries(sums).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(SUMS, `${JSON.stringify(sorted, null, 2)}\n`);
};
