import { describe, expect, it } from 'vitest';
import { cardsOf, DECISION_EXTENSION, unclearCards } from '../../../../src/formats/cds/write-cards.js';
import type { Decision } from '../../../../src/screening/decision.js';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import { intakeOf, vignetteNames } from '../../../support/http.js';
import { decisionOn } from '../../../support/native-answer.js';

const ID = '6F9619FF-8B86-D011-B42D-00C04FC964FF';

const making = (base: string | null = null) => ({ newId: () => ID, base });

type Card = JsonObject & {
  readonly summary: string;
  readonly detail: string;
  readonly indicator: string;
  readonly overrideReasons?: readonly JsonObject[];
  readonly links?: readonly JsonObject[];
};

const cardIn = (decision: Decision, base: string | null = null): Card => {
  const { cards } = cardsOf(decision, making(base)).body as { readonly cards: readonly Card[] };
  const [card] = cards;
  if (card === undefined || cards.length > 1) throw new Error('there is not one card');
  return card;
};

const cardFor = (vignette: string): Card => cardIn(decisionOn(intakeOf(vignette)));

/** Every place of a value that CDS Hooks does not allow. */
const emptyIn = (value: JsonValue, place = ''): readonly string[] => {
  if (value === null || value === '') return [place];
  if (typeof value !== 'object') return [];
  const members = Object.entries(value);
  if (members.length === 0) return [place];
  return members.flatMap(([key, member]) => emptyIn(member, `${place}/${key}`));
};

const BASE = 'https://screening.example';

describe('the card of a verdict (2.3)', () => {
  it('is critical for a contraindication, and names it', () => {
    const card = cardFor('cardiovascular-ineligible');
    expect(card.indicator).toBe('critical');
    expect(card.summary).toMatch(/^Ketamine: contraindicated\. \S/);
    expect(card.detail).toContain('**Contraindications**');
  });

  it('is critical for a contraindication whatever else is missing', () => {
    const decision = decisionOn(intakeOf('pregnant-and-nothing-else-known'));
    expect(decision.screening.undetermined.length).toBeGreaterThan(10);
    expect(cardIn(decision).indicator).toBe('critical');
  });

  it('is a warning for what must be weighed', () => {
    const card = cardFor('hypertension-review');
    expect([card.indicator, card.summary]).toEqual([
      'warning',
      expect.stringMatching(/^Ketamine: to be weighed: [A-Z]/),
    ]);
  });

  it('is a warning that names what is missing, and never a mild one', () => {
    const decision = decisionOn({ facts: { activePsychosis: null } });
    const card = cardIn(decision);
    expect(card.indicator).toBe('warning');
    expect(card.summary).toMatch(/^Ketamine: not cleared\. \d+ answers are missing/);
    expect(card.detail).toContain(`\`${decision.screening.missing[0]?.fact ?? ''}\``);
    expect(card.detail).toMatch(/and \d+ more in the decision/);
  });

  it('is an info for an eligible patient, with its end and the id of the decision', () => {
    const decision = decisionOn(intakeOf('healthy-man-first-course'));
    const card = cardIn(decision);
    expect(decision.screening.verdict).toBe('eligible');
    expect([card.indicator, card.overrideReasons]).toEqual(['info', undefined]);
    expect(card.detail).toContain(decision.id);
    expect(card.detail).toContain('This holds until ');
    expect(card.extension).toMatchObject({ [DECISION_EXTENSION]: { verdict: 'eligible' } });
  });
});

const EVERY = vignetteNames().map((name) => [name, decisionOn(intakeOf(name))] as const);

describe.each([
  ['without', null],
  ['with', BASE],
])('the card of every whole patient, %s an address of its own (2.3)', (_what, base) => {
  const cards = EVERY.map(([name, decision]) => ({ name, decision, card: cardIn(decision, base) }));

  it('has a summary of fewer than 140 characters on one line', () => {
    expect(cards.filter(({ card: { summary } }) => summary.length >= 140 || /[\n\r]/.test(summary))).toEqual(
      [],
    );
  });

  it('has no null, empty text, empty list or empty object anywhere', () => {
    expect(cards.flatMap(({ name, card }) => emptyIn(card, name))).toEqual([]);
  });

  it('has the indicator of the verdict', () => {
    const of = { eligible: 'info', review: 'warning', incomplete: 'warning', ineligible: 'critical' };
    for (const { name, card, decision } of cards)
      expect(card.indicator, name).toBe(of[decision.screening.verdict]);
  });

  it('names every reason and the version that gave it', () => {
    for (const { card, decision } of cards) {
      for (const { rule } of decision.screening.reasons) expect(card.detail).toContain(`\`${rule.id}\``);
      expect(card.extension).toMatchObject({
        [DECISION_EXTENSION]: {
          id: decision.id,
          ruleSet: { id: 'ketamine-pain', version: decision.ruleSet.body.version },
        },
      });
    }
  });

  it('has a source, and reasons to override with code, system and display', () => {
    for (const { card, decision } of cards) {
      expect(card.source).toMatchObject({
        label: 'ketamine-screening',
        topic: { code: 'contraindications' },
      });
      const reasons = card.overrideReasons ?? [];
      expect(reasons.length > 0).toBe(decision.screening.verdict !== 'eligible');
      for (const reason of reasons)
        expect(Object.keys(reason).toSorted()).toEqual(['code', 'display', 'system']);
    }
  });
});

describe('the uuid of a card (2.3)', () => {
  it('is in lower case, and is told beside the card', () => {
    const cards = cardsOf(decisionOn({ facts: {} }), making());
    expect(cards.ids).toEqual([ID.toLowerCase()]);
    expect(cards.body).toMatchObject({ cards: [{ uuid: ID.toLowerCase() }] });
  });
});

describe('the links of a card (2.3)', () => {
  it('are there only where the service has an address of its own', () => {
    const decision = decisionOn(intakeOf('hypertension-review'));
    expect(cardIn(decision).links).toBeUndefined();
    const { links = [], source } = cardIn(decision, BASE);
    expect(source).toMatchObject({ url: BASE });
    expect(links.map(({ url }) => url)).toContain(`${BASE}/decisions/${decision.id}`);
    for (const link of links) {
      expect(Object.keys(link).toSorted()).toEqual(['label', 'type', 'url']);
      expect([link.type, JSON.stringify(link.url).startsWith('"https://')]).toEqual(['absolute', true]);
    }
  });
});

describe('a card with text from elsewhere (2.3)', () => {
  it('shows it and is not changed by it', () => {
    const hostile = '<img src=x onerror=alert(1)>[a](https://evil.example) **b**';
    const decision = decisionOn(intakeOf('hypertension-review'), {
      unmapped: ['` <b>'],
      dataQuality: [{ pointer: '/a`b', code: 'unreadable', detail: hostile }],
      approval: hostile,
    });
    const { detail } = cardIn(decision);
    expect(detail).not.toMatch(/<img|[^\\]\]\(|[^\\]\*\*b|:\/\/evil/);
    expect(detail).toContain('&lt;img');
    expect(detail.split('`').length % 2).toBe(1);
  });
});

describe('the answer where it cannot be told what is ordered', () => {
  it('is a warning that says so, with nothing empty in it', () => {
    const answer = unclearCards(1, null);
    expect(answer).toMatchObject({
      cards: [{ indicator: 'warning', source: { label: 'ketamine-screening' } }],
    });
    expect(emptyIn(answer)).toEqual([]);
    expect(JSON.stringify(unclearCards(2, BASE))).toContain('2 orders name');
  });
});
