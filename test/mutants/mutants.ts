/** Where a planted bug must be found: a test file, and where not all of its tests are wanted, words in their names. */
export type Hunter = { readonly file: string; readonly tests?: string };

/** A planted bug: one text in one file of `src` that is replaced by another, and the tests that hunt it, quickest first. */
export type Mutant = {
  readonly bug: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly hunters: readonly Hunter[];
};

const readings: Hunter = { file: 'test/property/readings.test.ts' };
const safety: Hunter = { file: 'test/property/safety.test.ts' };
const elapsed: Hunter = { file: 'test/property/elapsed.test.ts' };
const verdict: Hunter = { file: 'test/property/verdict.test.ts' };
const gates: Hunter = { file: 'test/property/gates.test.ts' };
const missing: Hunter = { file: 'test/property/missing.test.ts' };
const units: Hunter = { file: 'test/property/reader.test.ts', tests: 'another unit' };
const contradicted: Hunter = { file: 'test/property/contradicted.test.ts' };
const exported: Hunter = { file: 'test/contract/audit-export.test.ts' };
const rows: Hunter = { file: 'test/contract/audit-rows.test.ts' };
const erased: Hunter = { file: 'test/contract/erase.test.ts', tests: 'one patient' };
const calls: Hunter = { file: 'test/property/hooks.test.ts', tests: 'of which a value' };
const traps: Hunter = { file: 'test/unit/formats/fhir/traps.test.ts' };
const conditions: Hunter = { file: 'test/unit/formats/fhir/conditions.test.ts' };
const pages: Hunter = { file: 'test/unit/formats/cds/pages.test.ts' };
const differential: Hunter = { file: 'test/spec/differential.test.ts' };

/** Bugs that would let a patient be harmed, a clinician be misled, or an auditor be deceived. */
export const MUTANTS: readonly Mutant[] = [
  {
    bug: 'unknown as false',
    file: 'src/screening/evaluate-criterion.ts',
    from: `value.kind === 'boolean' ? truthOf(value.value === test.is) : 'unknown'`,
    to: `value.kind === 'boolean' ? truthOf(value.value === test.is) : 'false'`,
    hunters: [safety, differential],
  },
  {
    bug: 'stale as absent',
    file: 'src/screening/aggregate.ts',
    from: '  if (sure.length < neededReadings(of.reading)) return range;',
    to: `  if (members.length === 0 && timelineOf(situation, of.reading.series).length > 0) return exactly(range.low);
  if (sure.length < neededReadings(of.reading)) return range;`,
    hunters: [readings, safety, differential],
  },
  {
    bug: '< for <=',
    file: 'src/values/interval.ts',
    from: 'return left <= right;',
    to: 'return left < right;',
    hunters: [elapsed, differential],
  },
  {
    bug: 'a skipped rule',
    file: 'src/screening/find.ts',
    from: 'rules.map((rule) => ({ rule, truth: evaluateCriterion(rule.criterion, situation) }))',
    to: `rules
    .map((rule) => ({ rule, truth: evaluateCriterion(rule.criterion, situation) }))
    .filter(({ truth }, index) => index === 0 || truth !== 'unknown')`,
    hunters: [verdict, differential],
  },
  {
    bug: 'a gate over a sent unknown',
    file: 'src/screening/situation.ts',
    from: 'if (sent !== null) return { value: sent };',
    to: `if (sent !== null && sent.kind !== 'unknown') return { value: sent };`,
    hunters: [gates, differential],
  },
  {
    bug: 'older reading after an unreadable one',
    file: 'src/screening/aggregate.ts',
    from: '  const timeline = timelineOf(situation, of.reading.series);',
    to: `  const timeline = timelineOf(situation, of.reading.series).filter(
    ({ reading }) => of.aggregate !== 'latest' || reading.values[of.reading.component ?? ''] !== null,
  );`,
    hunters: [readings, differential],
  },
  {
    bug: 'unit unconverted',
    file: 'src/formats/intake/measured.ts',
    from: 'const value = factor === 1 ? sent.value : round6(sent.value * factor);',
    to: 'const value = sent.value;',
    hunters: [units],
  },
  {
    bug: 'partial list as complete',
    file: 'src/screening/evaluate-criterion.ts',
    from: `return value.complete ? 'false' : 'unknown';`,
    to: `return 'false';`,
    hunters: [safety, differential],
  },
  {
    bug: 'order by severity reversed',
    file: 'src/screening/missing.ts',
    from: 'EFFECTS.indexOf(a.couldMake) - EFFECTS.indexOf(b.couldMake)',
    to: 'EFFECTS.indexOf(b.couldMake) - EFFECTS.indexOf(a.couldMake)',
    hunters: [missing, differential],
  },
  {
    bug: 'window off by a day',
    file: 'src/values/duration.ts',
    from: 'return duration.count * DAY_MS;',
    to: 'return (duration.count + 1) * DAY_MS;',
    hunters: [elapsed, differential],
  },
  {
    bug: 'an answer beside what tells against it',
    file: 'src/formats/intake/contradictions.ts',
    from: "  ...ofAnswers(situation, 'true'),\n",
    to: '',
    hunters: [contradicted],
  },
  {
    bug: 'a payload that is taken for what was committed to',
    file: 'src/log/verify-entry.ts',
    from: 'return commitmentTo(part) === commitment',
    to: 'return commitment.length > 0',
    hunters: [exported],
  },
  {
    bug: 'a cut that no kept checkpoint shows',
    file: 'src/log/kept-checkpoints.ts',
    from: '...(longer === undefined ? [] : [cut(size, longer)]),',
    to: '...(longer === undefined ? [] : [cut(size, longer)].slice(1)),',
    hunters: [rows],
  },
  {
    bug: 'a payload that is gone without an erasure',
    file: 'src/log/log-audit.ts',
    from: 'return [...unnamed, ...kept].toSorted(byPosition);',
    to: 'return kept.filter(() => unnamed.length > 0).toSorted(byPosition);',
    hunters: [rows, exported],
  },
  {
    bug: 'an erasure that leaves what entries are found by',
    file: 'src/storage/log-eraser.ts',
    from: 'for (const table of [payloadTable, payloadKeyTable, lookupTable, idempotencyTable])',
    to: 'for (const table of [payloadTable, payloadKeyTable, idempotencyTable])',
    hunters: [erased],
  },
  {
    bug: 'a search that failed as nothing on file',
    file: 'src/formats/cds/take-prefetch.ts',
    from: 'if (value === null) return NOTHING;',
    to: `if (value === null || typeOf(value) === 'OperationOutcome') return NOTHING;`,
    hunters: [calls],
  },
  {
    bug: 'a page as the whole result',
    file: 'src/formats/cds/pages.ts',
    from: '...(hasNextPage(last) ? {',
    to: '...(pages.length === 0 && hasNextPage(last) ? {',
    hunters: [pages],
  },
  {
    bug: 'a modifier that nobody knows, passed over',
    file: 'src/formats/fhir/look.ts',
    from: `['modifierExtension', 'implicitRules'].some(`,
    to: `['implicitRules'].some(`,
    hunters: [traps],
  },
  {
    bug: 'a diagnosis that is suspected as one that is ruled out',
    file: 'src/formats/fhir/condition.ts',
    from: `['provisional', 'suspected'],`,
    to: `['provisional', 'ruled-out'],`,
    hunters: [conditions],
  },
];
