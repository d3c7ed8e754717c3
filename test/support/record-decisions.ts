import type { RuleSet } from '../../src/rules/rule-set.js';
import { ENGINE_VERSION } from '../../src/screening/engine.js';
import { openDatabase } from '../../src/storage/open-database.js';
import { readRuleFolder } from '../../src/storage/rule-folder.js';
import type { JsonObject } from '../../src/values/json.js';
import { featuresOf } from './decision-features.js';
import {
  fixtureOf,
  isKept,
  keptOf,
  shippedReleases,
  writeFixture,
  type KeptDecision,
} from './decision-fixtures.js';
import { diceOf } from './dice.js';
import { times } from './generate-draw.js';
import { vignetteNames } from './http.js';
import { factsKnownTo, patientFor } from './hypothetical.js';
import { deciderOn, decidingPorts } from './log-decisions.js';
import { shippedRules } from './test-app.js';
import { variedPatients } from './vary-patients.js';

// Records what the engine of now decides by each release, for every later engine to be held to: `npm run decisions:record`, by hand, once for each new
// version of the engine and once for each new release. It writes what is not there and nothing else: a file that is there is what an engine has said, and
// stays as it is. Commit what it writes.

const SEED = 20_261_127;

const DRAWN = 1_500;

/** Patients of whom a case of a rule says something more: one of each sex, and one of whom nothing is known. */
const BASES = ['healthy-man-first-course', 'healthy-woman-first-course', 'empty-intake'];

const casePatients = ({ body }: RuleSet): readonly JsonObject[] => {
  const read = readRuleFolder(`rules/${body.id}`);
  if (!read.ok) throw new Error('the rules have mistakes: run `rules check`');
  const known = factsKnownTo(body.version);
  const bases = BASES.map((name) => patientFor(body.version, name, [body.version]));
  return read.value.cases.flatMap(({ cases }) =>
    cases.flatMap(({ asOf, facts }) => {
      const told = Object.fromEntries(Object.entries(facts).filter(([id]) => known.has(id)));
      const moment = asOf === undefined ? {} : { asOf };
      return bases.map((base) => ({ ...base, ...moment, facts: { ...(base.facts as JsonObject), ...told } }));
    }),
  );
};

const candidatesFor = (version: RuleSet): readonly JsonObject[] => {
  const { body } = version;
  const [draw, source] = [diceOf(SEED), variedPatients(version)];
  return [
    ...vignetteNames().map((name) => patientFor(body.version, name, [body.version])),
    ...times(DRAWN, () => source(draw)),
    ...casePatients(version),
  ];
};

/** Decides on every candidate, and keeps each decision that shows something which none before it has shown. */
const chosenFor = async (version: RuleSet): Promise<readonly KeptDecision[]> => {
  const ports = decidingPorts(openDatabase(':memory:'), shippedRules());
  const decide = await deciderOn(ports);
  const shown = new Set<string>();
  const chosen: KeptDecision[] = [];
  for (const intake of candidatesFor(version)) {
    const id = await decide(intake);
    const entry = id === null ? null : await ports.log.load(id, 'decision');
    const features = entry === null ? [] : [...featuresOf(keptOf(entry), version.body)];
    if (entry === null || features.every((feature) => shown.has(feature))) continue;
    features.forEach((feature) => shown.add(feature));
    chosen.push(keptOf(entry));
  }
  return chosen;
};

for (const version of shippedReleases()) {
  const file = fixtureOf(ENGINE_VERSION, version);
  if (isKept(file)) {
    console.log(`${file} is there, and is left as it is`);
    continue;
  }
  const chosen = await chosenFor(version);
  writeFixture(file, chosen);
  console.log(`${file} is written: ${String(chosen.length)} decisions`);
}
