import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { changed } from '../support/builders.js';
import { runCli } from './cli-run.js';

/** The folder of a copy of the rule set, and the rules folder that holds it. */
export type Copy = { readonly set: string; readonly rulesDir: string };

/** Puts a mistake into a copy. */
export type Plant = (copy: Copy) => void | Promise<void>;

/** What `rules check` must say: a code, the file in the set, the pointer, and words of the mend. */
export type Told = readonly [code: string, file: string, pointer: string, mend: RegExp];

const SET = 'methotrexate-low-dose';

/** Changes the text of a file; one that stays as it was is a mistake of the test. */
const rewrite =
  (file: string, edit: (text: string) => string): Plant =>
  ({ set }) => {
    const path = join(set, file);
    const text = readFileSync(path, 'utf8');
    if (edit(text) === text) throw new Error(`nothing was planted in ${file}`);
    writeFileSync(path, edit(text));
  };

/** Puts a value in a place of a JSON file (`-` appends), or takes it away where none is given. */
const put = (file: string, pointer: string, value?: JsonValue): Plant =>
  rewrite(file, (text) => JSON.stringify(changed(JSON.parse(text) as JsonObject, pointer, value)));

const remove =
  (file: string): Plant =>
  ({ set }) => {
    rmSync(join(set, file));
  };

const copyFile =
  (from: string, to: string): Plant =>
  ({ set }) => {
    cpSync(join(set, from), join(set, to));
  };

const all =
  (...plants: readonly Plant[]): Plant =>
  async (copy) => {
    for (const plant of plants) await plant(copy);
  };

const FACTS = 'facts.json';
const LIVER = 'packs/liver';
const GENERAL = 'packs/general';
const SCARRED = `${LIVER}/scarred-liver.json`;
const UNSPECIFIED = `${LIVER}/liver-disease-unspecified`;
const NEEDLE = `${GENERAL}/by-needle`;
const WHITE = `${GENERAL}/low-white-cells.json`;
const RELEASE = 'releases/1.0.0.json';
const SIGNATURE = 'releases/1.0.0.sig';

/** Where facts stand in the dictionary of the set. */
const AT = { expectingChild: 6, liverDisease: 7, scarredLiver: 8, hepatitis: 9 } as const;

const GATE = `/facts/${String(AT.liverDisease)}/gate`;

const ROUTE: JsonObject = { fact: 'route', in: ['by-needle'] };
const DOSE: JsonObject = {
  fact: 'dosePerWeight',
  compare: '>',
  value: 1,
  unit: 'mg/kg',
  source: 'made-for-tests',
};

const absoluteOver = (test: JsonObject): Plant =>
  put(SCARRED, '/criterion', { all: [{ fact: 'scarredLiver', is: true }, test] });

const extraFact = (id: string): Plant =>
  all(
    put(FACTS, '/facts/-', {
      id,
      type: 'boolean',
      domain: 'liver',
      about: 'patient',
      question: `Is ${id} so?`,
    }),
    put(FACTS, `${GATE}/-`, id),
  );

const release =
  (version: string): Plant =>
  async ({ rulesDir }) => {
    const args = ['rules', 'release', SET, version, '--on', '2026-11-27', '--rules-dir', rulesDir];
    const { code, stderr } = await runCli(args);
    if (code !== 0) throw new Error(stderr);
  };

const unlistNeedle = rewrite(`${GENERAL}/pack.json`, (text) => text.replace(/,\s*"by-needle"/, ''));

/** Retires a rule by a release, and then takes its id for another. */
const retireAndReuse: Plant = async (copy) => {
  const files = ['pack.json', 'by-needle.json', 'by-needle.cases.json'].map((name) => `${GENERAL}/${name}`);
  const texts = [...files, 'coverage/general.json'].map(
    (file) => [file, readFileSync(join(copy.set, file), 'utf8')] as const,
  );
  await all(
    unlistNeedle,
    remove(`${NEEDLE}.json`),
    remove(`${NEEDLE}.cases.json`),
    put('coverage/general.json', '/rows/4', {
      finding: 'By needle',
      tier: 'none',
      rules: [],
      why: 'Retired.',
    }),
    release('1.1.0'),
  )(copy);
  for (const [file, text] of texts) writeFileSync(join(copy.set, file), text);
};

/** Mistakes by what they are in words: how each is planted, and all that must be said of it. */
export const PLANTED: Readonly<Record<string, readonly [Plant, ...Told[]]>> = {
  'a severity that there is not': [
    put(`${NEEDLE}.json`, '/severity', 'precautions'),
    ['not-in-the-language', `${NEEDLE}.json`, '/severity', /absolute.*relative.*precaution/],
  ],
  'a criterion key misspelt': [
    rewrite(WHITE, (text) => text.replace('"compare"', '"compar"')),
    ['not-in-the-language', WHITE, '/criterion/compare', /expected one of/],
    ['not-in-the-language', WHITE, '/criterion', /unknown `compar`: remove it, or correct its spelling/],
  ],
  'an unknown fact': [
    put(SCARRED, '/criterion/fact', 'scaredLiver'),
    ['unknown-fact', SCARRED, '/criterion/fact', /`scaredLiver`: correct its id, or declare it/],
  ],
  'a wrong unit': [
    put(WHITE, '/criterion/unit', 'g'),
    ['unit-mismatch', WHITE, '/criterion/unit', /is in `10\*9\/L`, not `g`: give the number in that unit/],
  ],
  'a unit factor that UCUM does not confirm': [
    put(FACTS, '/facts/2/alsoAccepts/g', 0.01),
    ['unit-mismatch', FACTS, '/facts/2/alsoAccepts', /is 0.00100000000 by UCUM/],
  ],
  'a citation of no source': [
    put(`${NEEDLE}.json`, '/citations/0/source', 'nowhere'),
    ['unknown-source', `${NEEDLE}.json`, '/citations/0/source', /correct its id, or add it to sources.json/],
  ],
  'no citation that says where to look': [
    put(`${NEEDLE}.json`, '/citations/0/locator', null),
    ['no-locator', `${NEEDLE}.json`, '/citations', /add a locator, or say `to-check`/],
  ],
  'a number whose source is not cited': [
    all(
      put('sources.json', '/sources/-', {
        ...{ id: 'another', title: 'Another', year: null, kind: 'policy', basis: 'policy' },
      }),
      put(WHITE, '/criterion/source', 'another'),
    ),
    ['source-not-cited', WHITE, '/criterion/source', /add `another` to the citations/],
  ],
  'a rule id that stands twice': [
    all(
      copyFile(SCARRED, `${GENERAL}/scarred-liver.json`),
      copyFile(`${LIVER}/scarred-liver.cases.json`, `${GENERAL}/scarred-liver.cases.json`),
      put(`${GENERAL}/scarred-liver.json`, '/domain', 'general'),
      put(`${GENERAL}/pack.json`, '/rules/-', 'scarred-liver'),
    ),
    ['duplicate-id', `${GENERAL}/scarred-liver.json`, '/id', /give this one its own/],
  ],
  'the id of a rule that was retired': [
    retireAndReuse,
    ['reused-id', `${NEEDLE}.json`, '/id', /up to 1.0.0, and was retired: give this rule an id of its own/],
  ],
  'an id that is not that of the file': [
    put(`${NEEDLE}.json`, '/id', 'by-needles'),
    ['wrong-type', `${NEEDLE}.json`, '/id', /the id that its file is named for/],
  ],
  'an absolute rule over the route': [
    absoluteOver(ROUTE),
    ['absolute-over-treatment', SCARRED, '/criterion/all/1', /take this out or make it relative/],
  ],
  'an absolute rule over the dose, of which a number is derived': [
    absoluteOver(DOSE),
    ['absolute-over-treatment', SCARRED, '/criterion/all/1', /take this out or make it relative/],
  ],
  'a gate without its rule': [
    all(
      put(`${UNSPECIFIED}.json`, '/severity', 'precaution'),
      put(`${UNSPECIFIED}.cases.json`, '/severity', 'precaution'),
    ),
    ['gate-without-rule', FACTS, GATE, /add a relative rule that is true when `liverDisease` is true/],
  ],
  'a gate over more than eight': [
    all(...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter) => extraFact(`extra${letter.toUpperCase()}`))),
    ['bad-gate', FACTS, GATE, /at most 8 particulars: ask two questions/],
  ],
  'a gate over three domains': [
    all(
      put(FACTS, `/facts/${String(AT.scarredLiver)}/domain`, 'general'),
      put(FACTS, `/facts/${String(AT.hepatitis)}/domain`, 'skin'),
    ),
    ['bad-gate', FACTS, GATE, /at most 2 domains, its own among them: ask two questions/],
  ],
  'a gate over what is never to be gated': [
    put(FACTS, `${GATE}/-`, 'expectingChild'),
    ['bad-gate', FACTS, `${GATE}/2`, /`expectingChild` is never to be gated: take it off the list/],
  ],
  'a detail before what it is a detail of': [
    put(FACTS, `/facts/${String(AT.expectingChild)}/detailOf`, 'liverDisease'),
    [
      'bad-order',
      FACTS,
      `/facts/${String(AT.expectingChild)}/detailOf`,
      /declare `liverDisease` before its detail `expectingChild`/,
    ],
  ],
  'a rule without cases': [
    remove(`${NEEDLE}.cases.json`),
    ['file-missing', `${NEEDLE}.cases.json`, '', /write it, or take it off the list/],
  ],
  'a list of no cases': [
    put(`${NEEDLE}.cases.json`, '/cases', []),
    ['not-in-the-language', `${NEEDLE}.cases.json`, '/cases', />=1/],
  ],
  'cases of another rule': [
    put(`${NEEDLE}.cases.json`, '/rule', 'on-antifolate'),
    ['no-cases', `${NEEDLE}.cases.json`, '/rule', /`by-needle` has no cases, .*: name it here/],
  ],
  'a code that is no option': [
    put(`${NEEDLE}.json`, '/criterion/in/0', 'by-nose'),
    ['unknown-code', `${NEEDLE}.json`, '/criterion', /no option `by-nose`: correct the code, or add/],
  ],
  'a comparison that the range decides': [
    put(WHITE, '/criterion/value', 501),
    ['decided-by-range', WHITE, '/criterion/value', /alone decides this: correct the number, or the range/],
  ],
  'a released file changed by one byte': [
    rewrite(RELEASE, (text) => text.replace('made for the tests', 'made for the testz')),
    ['release-changed', RELEASE, '', /put the file back as it was, and make a new version/],
  ],
  'a signature that is none': [
    ({ set }) => {
      writeFileSync(join(set, SIGNATURE), 'signed\n');
    },
    ['bad-signature', SIGNATURE, '', /put back the one that was made of it, or remove it and sign/],
  ],
  'a signature of a version that was never released': [
    ({ set }) => {
      writeFileSync(join(set, SIGNATURE.replace('1.0.0', '1.1.0')), 'signed\n');
    },
    ['file-unexpected', SIGNATURE.replace('1.0.0', '1.1.0'), '', /is no release of the index: remove it/],
  ],
  'a draft that says it is released': [
    rewrite('rule-set.json', (text) => text.replace('1.0.1-draft', '1.0.1')),
    ['bad-version', 'rule-set.json', '/version', /releases are made by `rules release`/],
  ],
  'a coverage row without a rule or a reason': [
    put('coverage/liver.json', '/rows/4/why'),
    ['not-covered', 'coverage/liver.json', '/rows/4', /name one, or say under `why` why there is none/],
  ],
  'a rule in no coverage row': [
    put('coverage/general.json', '/rows/4/rules/0', 'on-antifolate'),
    ['not-covered', 'coverage/general.json', '/rows', /no row names the rule `by-needle`: add the finding/],
  ],
  'a coverage row of no rule': [
    put('coverage/general.json', '/rows/4/rules/-', 'by-spoon'),
    ['unknown-rule', 'coverage/general.json', '/rows/4/rules/1', /`by-spoon`: correct its id/],
  ],
  'JSON that has a key twice': [
    rewrite(`${NEEDLE}.json`, (text) => text.replace('"domain"', '"severity": "relative", "domain"')),
    ['not-json', `${NEEDLE}.json`, '/severity', /more than once in its object: keep one/],
  ],
  'a pack that names a rule that is not there': [
    put(`${GENERAL}/pack.json`, '/rules/-', 'by-spoon'),
    ['file-missing', `${GENERAL}/by-spoon.json`, '', /write it, or take it off the list/],
    ['file-missing', `${GENERAL}/by-spoon.cases.json`, '', /write it, or take it off the list/],
  ],
  'a rule that is not in its pack': [
    unlistNeedle,
    ['file-unexpected', `${NEEDLE}.cases.json`, '', /add its rule to `rules` in pack.json, or remove it/],
    ['file-unexpected', `${NEEDLE}.json`, '', /add its rule to `rules` in pack.json, or remove it/],
  ],
};
