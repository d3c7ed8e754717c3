import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEntry } from '../../src/log/entry.js';
import { logSignerOf } from '../../src/log/log-signer.js';
import { MACHINE } from '../../src/machine.js';
import { entryTime } from '../../src/services/entries.js';
import { newEntry } from '../../src/services/new-entry.js';
import type { Ports } from '../../src/services/ports.js';
import { databaseFileIn } from '../../src/storage/database-file.js';
import { sqliteDecisionLog } from '../../src/storage/decision-log.js';
import { bindKeys, openDatabase } from '../../src/storage/open-database.js';
import { checksOf, openServiceKeys } from '../../src/storage/service-keys.js';
import { subjectHashUnder } from '../../src/storage/subject-hash.js';
import { vaultUnder } from '../../src/storage/vault.js';
import type { Instant } from '../../src/values/instant.js';
import type { JsonObject } from '../../src/values/json.js';
import { vignetteNames } from '../support/http.js';
import { patientFor } from '../support/hypothetical.js';
import { NEWEST } from '../support/shipped-versions.js';
import { deciderOn, decidingPorts } from '../support/log-decisions.js';
import { shippedRules } from '../support/test-app.js';

/** The organisation of every entry. */
export const ORGANISATION = 'local';

/** So many decisions at the end of a log are not resolved yet: what a clinic has before it. All others are. */
const UNRESOLVED = 60;

/** How many decisions there are on one patient. */
const PER_PATIENT = 4;

const MINUTE_MS = 60_000;

const BEGINNING = Date.UTC(2026, 0, 1);

/** A decision that was screened once, to be appended many times. */
type Screened = { readonly ruleSetHash: string; readonly parts: Readonly<Record<string, JsonObject>> };

/** A log that grows: a real database with real keys in a folder of its own. */
export type BenchLog = {
  readonly dataDir: string;
  readonly ports: Pick<Ports, 'log' | 'subjectHash' | 'signer' | 'chance'>;
  readonly screened: readonly Screened[];
  /** The ids of all decisions in the order of the log. */
  readonly ids: string[];
  /** How many of them are resolved. */
  resolved: number;
  readonly remove: () => void;
};

/** Every so many vignettes one is taken: enough to have each verdict and long answers as well as short ones. */
const EVERY = 12;

/** Real decisions on vignettes, by the real engine, as the log keeps them. */
const screenVignettes = async (): Promise<readonly Screened[]> => {
  const ports = decidingPorts(openDatabase(':memory:'), shippedRules());
  const decide = await deciderOn(ports);
  const screened: Screened[] = [];
  for (const name of vignetteNames().filter((_, index) => index % EVERY === 0)) {
    const id = await decide(patientFor(NEWEST, name, [NEWEST]));
    const entry = id === null ? null : await ports.log.load(id, 'decision');
    if (entry === null) continue;
    const parts = Object.entries(entry.parts).map(
      ([part, { body }]) => [part, JSON.parse(body) as JsonObject] as const,
    );
    screened.push({ ruleSetHash: entry.ruleSetHash, parts: Object.fromEntries(parts) });
  }
  await ports.log.close();
  return screened;
};

/** A new log without entries. */
export const newBenchLog = async (): Promise<BenchLog> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ketamine-screening-bench-'));
  const file = databaseFileIn(dataDir);
  const keys = openServiceKeys(dataDir, file, null);
  const connection = openDatabase(file);
  bindKeys(connection, checksOf(keys));
  const ports = {
    chance: MACHINE.chance,
    log: sqliteDecisionLog(connection, vaultUnder(keys.secret)),
    subjectHash: subjectHashUnder(keys.secret),
    signer: logSignerOf(keys.signing),
  };
  const remove = (): void => {
    connection.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { dataDir, ports, screened: await screenVignettes(), ids: [], resolved: 0, remove };
};

/** When the decision of a number was made: one a minute. */
export const timeOf = (number: number): Instant => ({
  epochMs: BEGINNING + number * MINUTE_MS,
  offsetMinutes: 0,
});

/** The patient of the decision of a number. */
export const subjectOf = (number: number): string => `pt-${String(Math.floor(number / PER_PATIENT))}`;

/** The entry of a decision of a number: one that was screened, with another id, patient, time and salts. */
const decisionOf = (number: number, subject: string, { screened, ports }: BenchLog): NewEntry => {
  const { ruleSetHash, parts } = screened[number % screened.length] ?? { ruleSetHash: '', parts: {} };
  const id = ports.chance.newId();
  return newEntry(
    {
      id,
      at: timeOf(number),
      organisation: ORGANISATION,
      kind: 'decision',
      ruleSetHash,
      parts: {
        ...parts,
        context: { ...parts.context, subject },
        answer: { ...parts.answer, id, subject },
        summary: { ...parts.summary, subject },
      },
    },
    ports,
  );
};

/** The entry of the next decision. */
export const nextDecision = (bench: BenchLog): NewEntry => {
  const number = bench.ids.length;
  const entry = decisionOf(number, subjectOf(number), bench);
  bench.ids.push(entry.id);
  return entry;
};

/** The patient who is erased. */
export const ERASED = 'pt-erased';

/** Appends decisions on the patient who is erased. Nothing else that is measured is about them. */
export const appendErased = async (bench: BenchLog): Promise<void> => {
  const { length } = bench.ids;
  await bench.ports.log.append(
    Array.from({ length: PER_PATIENT }, (_, index) => decisionOf(length + index, ERASED, bench)),
  );
};

const resolutionOf = (number: number, { ids, ports }: BenchLog): NewEntry => {
  const [id, decision] = [ports.chance.newId(), ids[number] ?? ''];
  const choice = number % 10 === 0 ? 'defer' : 'proceed';
  const at = timeOf(number + UNRESOLVED);
  const by = { reference: 'clinician-17', role: 'physician' };
  return newEntry(
    {
      id,
      at,
      organisation: ORGANISATION,
      kind: 'resolution',
      ruleSetHash: '0'.repeat(64),
      parts: {
        answer: { id, decision, at: entryTime(at), choice, reason: null, by },
        summary: { decision, choice },
      },
    },
    ports,
  );
};

/** Resolves all decisions but the last ones. */
export const resolveOlder = async (bench: BenchLog): Promise<void> => {
  const entries: NewEntry[] = [];
  while (bench.resolved < bench.ids.length - UNRESOLVED) {
    entries.push(resolutionOf(bench.resolved, bench));
    bench.resolved += 1;
  }
  if (entries.length > 0) await bench.ports.log.append(entries);
};

const AT_ONCE = 250;

/** Makes the log grow to so many decisions, resolving them on the way. */
export const growTo = async (bench: BenchLog, count: number): Promise<void> => {
  while (bench.ids.length < count) {
    const more = Math.min(AT_ONCE, count - bench.ids.length);
    await bench.ports.log.append(Array.from({ length: more }, () => nextDecision(bench)));
    await resolveOlder(bench);
  }
};
