// Prints the SHA-256 of the canonical answer to each example, from the built core alone: no database, any Node.
// Usage: node digest.mjs <seed>; the seed permutes the keys, readings and codes of the intake.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readIntake } from '../../dist/formats/intake/read-intake.js';
import { writeAnswer, writeFindings } from '../../dist/formats/intake/write-answer.js';
import { canonicalText } from '../../dist/log/canonical.js';
import { ENGINE_VERSION } from '../../dist/screening/engine.js';
import { screen } from '../../dist/screening/screen.js';
import { readRuleFolder } from '../../dist/storage/rule-folder.js';

const EXAMPLES = ['eligible', 'review', 'incomplete', 'ineligible'];
const EVALUATED_AT = { epochMs: 1_800_000_000_000, offsetMinutes: 0 };

let state = Number(process.argv[2] ?? '0');
const next = () => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state;
};

const permuted = (value) => {
  if (Array.isArray(value))
    return value
      .map(permuted)
      .map((item) => [next(), item])
      .sort((a, b) => a[0] - b[0])
      .map(([, item]) => item);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [next(), key, permuted(item)]);
  return Object.fromEntries(entries.sort((a, b) => a[0] - b[0]).map(([, key, item]) => [key, item]));
};

const folder = readRuleFolder('rules/ketamine-pain');
if (!folder.ok) throw new Error(JSON.stringify(folder.issues));
const { ruleSet } = folder.value;

const digestOf = (name) => {
  const sent = JSON.parse(readFileSync(`examples/${name}.json`, 'utf8'));
  const intake = readIntake(process.argv[2] === undefined ? sent : permuted(sent));
  const read = intake.readFacts(ruleSet.body, intake.asOf);
  if (intake.issues.length + read.issues.length > 0)
    throw new Error(JSON.stringify([intake.issues, read.issues]));
  const decision = {
    ...intake,
    ...read,
    id: 'masked',
    evaluatedAt: EVALUATED_AT,
    ruleSet,
    approval: 'not yet approved by a clinician',
    engine: ENGINE_VERSION,
    screening: screen(ruleSet.body, read.facts, intake.asOf),
  };
  const text = canonicalText({ ...writeAnswer(decision), findings: writeFindings(decision) });
  return createHash('sha256').update(text).digest('hex');
};

console.log(JSON.stringify(Object.fromEntries(EXAMPLES.map((name) => [name, digestOf(name)]))));
