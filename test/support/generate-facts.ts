import type { SentFact, SeriesFact } from '../../src/rules/fact.js';
import { chance, pick, shuffled, times, type Draw } from './generate-draw.js';
import { PRESSURE, SCALES } from './generate-scales.js';

type Asked = Pick<SentFact, 'id' | 'domain' | 'about' | 'question'>;

const drawAsked = (draw: Draw, id: string): Asked => ({
  id,
  domain: 'health',
  about: chance(draw, 20) ? 'treatment' : 'patient',
  question: `What of ${id}?`,
});

const optionsOf = (codes: readonly string[]): readonly { readonly code: string; readonly label: string }[] =>
  codes.map((code) => ({ code, label: `option ${code}` }));

const drawBoolean = (draw: Draw, id: string): SentFact => ({ ...drawAsked(draw, id), type: 'boolean' });

const drawNumber = (draw: Draw, id: string): SentFact => ({
  ...drawAsked(draw, id),
  ...pick(draw, SCALES).measured,
  type: 'number',
});

const drawCode = (draw: Draw, id: string): SentFact => ({
  ...drawAsked(draw, id),
  type: 'code',
  options: optionsOf(['oral', 'vein', 'nose', 'skin'].slice(0, 2 + draw(3))),
});

const drawCodeList = (draw: Draw, id: string): SentFact => ({
  ...drawAsked(draw, id),
  type: 'codeList',
  open: chance(draw, 50),
  options: optionsOf(['8123', '9', 'c-3', 'D'].slice(0, 1 + draw(4))),
});

const drawDate = (draw: Draw, id: string): SentFact => ({ ...drawAsked(draw, id), type: 'date' });

const drawComponents = (draw: Draw): Pick<SeriesFact, 'components' | 'ordered'> => {
  if (chance(draw, 50))
    return {
      components: { upper: PRESSURE.measured, lower: PRESSURE.measured },
      ...(chance(draw, 60) ? { ordered: [{ greater: 'upper', lesser: 'lower' }] } : {}),
    };
  const [first, second] = [pick(draw, SCALES).measured, pick(draw, SCALES).measured];
  return { components: chance(draw, 50) ? { first, second } : { first } };
};

const drawSeries = (draw: Draw, id: string): SentFact => ({
  ...drawAsked(draw, id),
  ...drawComponents(draw),
  type: 'series',
});

/** A fact with its place in the dictionary. */
type Placed = { readonly fact: SentFact; readonly place: number };

const drawGate = (draw: Draw, id: string): readonly Placed[] => {
  const asked = drawAsked(draw, id);
  const place = draw(100);
  const particulars = times(1 + draw(3), (index) => ({
    fact: { ...asked, id: `${id}Part${String(index)}`, type: 'boolean' as const },
    place: place + draw(100),
  }));
  const gate = shuffled(
    draw,
    particulars.map(({ fact }) => fact.id),
  );
  return [{ fact: { ...asked, type: 'boolean', gate }, place }, ...particulars];
};

type DrawFact = (draw: Draw, id: string) => SentFact;

const drawSome = (draw: Draw, counts: readonly [least: number, most: number], one: DrawFact, name: string) =>
  times(counts[0] + draw(counts[1] - counts[0] + 1), (index) => ({
    fact: one(draw, `${name}${String(index)}`),
    place: draw(200),
  }));

/** Makes some facts details of a boolean that stands before them. */
const withDetails = (draw: Draw, facts: readonly SentFact[]): readonly SentFact[] =>
  facts.map((fact, index) => {
    const wholes = facts.slice(0, index).filter(({ type }) => type === 'boolean');
    return wholes.length > 0 && chance(draw, 15) ? { ...fact, detailOf: pick(draw, wholes).id } : fact;
  });

/** A dictionary of facts that are sent, of every type, gates before their particulars and wholes before their details. */
export const drawSentFacts = (draw: Draw): readonly SentFact[] => {
  const placed: readonly Placed[] = [
    ...drawSome(draw, [1, 3], drawBoolean, 'yes'),
    ...times(draw(3), (index) => drawGate(draw, `gate${String(index)}`)).flat(),
    ...drawSome(draw, [1, 2], drawNumber, 'number'),
    ...drawSome(draw, [0, 2], drawCode, 'code'),
    ...drawSome(draw, [0, 2], drawCodeList, 'list'),
    ...drawSome(draw, [0, 2], drawDate, 'date'),
    ...drawSome(draw, [0, 2], drawSeries, 'series'),
  ];
  return withDetails(
    draw,
    placed.toSorted((a, b) => a.place - b.place).map(({ fact }) => fact),
  );
};
