import { describe, expect, it } from 'vitest';
import { readIntake } from '../../src/formats/intake/read-intake.js';
import { patientFileSchema, type Expectation } from '../../src/rules/patient-file.js';
import { canonicalText } from '../../src/log/canonical.js';
import { screen, type Screening } from '../../src/screening/screen.js';
import type { JsonObject } from '../../src/values/json.js';
import { answerOfFunction, textWithout } from '../support/answer-texts.js';
import { at } from '../support/builders.js';
import { answerOf, screenBy, vignetteNames, vignetteText } from '../support/http.js';
import { NEWEST } from '../support/shipped-versions.js';
import { aTestApp, NOW, shippedRules } from '../support/test-app.js';

/** A whole patient of this project says its name, its story and what must come back. */
const vignetteSchema = patientFileSchema.required();

const vignettes = vignetteNames().map((name) => ({
  file: name,
  ...vignetteSchema.parse(JSON.parse(vignetteText(name))),
}));

const screened = (intake: JsonObject): Screening => {
  const { ruleSet, ruleSetVersion, asOf, issues, readFacts } = readIntake(intake);
  const version = shipped.find(ruleSet ?? 'ketamine-pain', ruleSetVersion ?? '');
  if (version === null || issues.length > 0) throw new Error('the intake cannot be read');
  const read = readFacts(version.body, asOf ?? at(NOW));
  if (read.issues.length > 0) throw new Error(JSON.stringify(read.issues));
  return screen(version.body, read.facts, asOf ?? at(NOW));
};

const shipped = shippedRules();

const ids = (reasons: readonly { readonly rule: { readonly id: string } }[]): readonly string[] =>
  reasons.map(({ rule }) => rule.id);

/** What an answer must hold: the order in which missing facts are asked is no matter here, and how many are asked is that of `rules test`. */
const expectedOf = ({ verdict, reasons, precautions, missing }: Expectation): object => ({
  verdict,
  reasons,
  precautions,
  missing: missing?.toSorted() ?? null,
});

describe('the whole patients', () => {
  it('are at least 40, each in a file of its name', () => {
    expect(vignettes.length).toBeGreaterThanOrEqual(40);
    expect(vignettes.filter(({ file, name }) => file !== name)).toEqual([]);
  });

  it.each(vignettes)('by the function: $name', ({ intake, expect: expected }) => {
    const { verdict, reasons, precautions, missing } = screened(intake);
    expect({
      verdict,
      reasons: ids(reasons),
      precautions: ids(precautions),
      missing: expected.missing === null ? null : missing.map(({ fact }) => fact).toSorted(),
    }).toEqual(expectedOf(expected));
  });

  it.each(vignettes.filter(({ intake }) => intake.ruleSetVersion === NEWEST))(
    'by 2.0.0, whose rules are the same, as by the newest: $name',
    ({ intake }) => {
      const told = ({ verdict, reasons, precautions, missing }: Screening): object => ({
        verdict,
        reasons: ids(reasons),
        precautions: ids(precautions),
        missing: missing.map(({ fact }) => fact),
      });
      expect(told(screened({ ...intake, ruleSetVersion: '2.0.0' }))).toEqual(told(screened(intake)));
    },
  );

  it.each(vignettes)('by POST /screen: $name', async ({ intake, expect: expected }) => {
    const response = await screenBy(await aTestApp(), intake);
    const { verdict, reasons, precautions, missing } = answerOf(response);
    expect({
      verdict,
      reasons: reasons.map(({ rule }) => rule),
      precautions: precautions.map(({ rule }) => rule),
      missing: expected.missing === null ? null : missing.map(({ fact }) => fact).toSorted(),
    }).toEqual(expectedOf(expected));
  });

  it.each(vignettes)(
    'by both in the same bytes, but for the id of the decision: $name',
    async ({ intake }) => {
      const { text } = await screenBy(await aTestApp(), intake);
      const sent = JSON.parse(text) as JsonObject;
      expect(text).toBe(canonicalText(sent));
      expect(textWithout(sent, ['id'])).toBe(canonicalText(answerOfFunction(intake, shipped, NOW)));
    },
  );

  it('may hold no key that is not known', () => {
    const [first] = vignettes;
    const text = vignetteText(first?.file ?? '');
    const more = [
      text.replace('"story"', '"note": "", "story"'),
      text.replace('"verdict"', '"Verdict": 1, "verdict"'),
    ];
    expect(more.map((one) => vignetteSchema.safeParse(JSON.parse(one)).success)).toEqual([false, false]);
  });
});

/** The domains of everything that speaks against treatment. */
const domainsOf = ({ reasons }: Screening): readonly string[] => [
  ...new Set(reasons.map(({ rule }) => rule.domain)),
];

const alone = (verdict: string): readonly string[] =>
  vignettes
    .map(({ intake }) => screened(intake))
    .filter((screening) => screening.verdict === verdict && domainsOf(screening).length === 1)
    .flatMap(domainsOf);

const DOMAINS = ['hypertension', 'cardiovascular', 'psychiatric', 'substance', 'bladder'];

describe('among the whole patients', () => {
  it('the domains are those of the rule set', () => {
    expect(shipped.all()[0]?.body.domains.map(({ id }) => id)).toEqual(DOMAINS);
  });

  it.each(DOMAINS)('one is ineligible because of %s alone', (domain) => {
    expect(alone('ineligible')).toContain(domain);
  });

  it.each(DOMAINS)('one needs review because of %s alone', (domain) => {
    expect(alone('review')).toContain(domain);
  });

  it('one is all clear and eligible, with nothing left to ask', () => {
    const clear = vignettes
      .map(({ intake }) => screened(intake))
      .filter(({ verdict, undetermined }) => verdict === 'eligible' && undetermined.length === 0);
    expect(clear.length).toBeGreaterThan(0);
  });

  it('one who is healthy and comes for the first time is eligible within a bounded number of answers', () => {
    const bounds = vignettes.flatMap(({ intake, expect: { verdict, answersAtMost } }) =>
      verdict === 'eligible' && screened(intake).precautions.length === 0 ? [answersAtMost] : [],
    );
    expect(bounds).toContain(40);
  });

  it('one has said nothing, is incomplete and is asked', () => {
    const empty = vignettes.filter(({ intake }) => JSON.stringify(intake.facts) === '{}');
    const screenings = empty.map(({ intake }) => screened(intake));
    expect(screenings.map(({ verdict, missing }) => [verdict, missing.length > 20])).toEqual([
      ['incomplete', true],
    ]);
  });

  it('one has said one thing, which is absolute, and is ineligible at once', () => {
    const single = vignettes.filter(({ intake }) => Object.keys(intake.facts ?? {}).length === 1);
    const screenings = single.map(({ intake }) => screened(intake));
    expect(screenings.map(({ verdict, reasons }) => [verdict, reasons[0]?.rule.severity])).toEqual([
      ['ineligible', 'absolute'],
    ]);
  });
});
