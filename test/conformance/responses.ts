import request from 'supertest';
import { expect } from 'vitest';
import type { JsonValue } from '../../src/values/json.js';
import { aBundle, aCall, anOrder, aPatient, PATIENT, rxnorm, signing } from '../support/hook-call.js';
import { bodyOf } from '../support/http.js';
import { aTestApp } from '../support/test-app.js';
import { call, cardFor, cardsIn, everyCard, PUBLIC_URL, type Card } from './calls.js';
import type { Topic } from './row.js';

const DEPTH = 'test/unit/formats/cds/write-cards.test.ts';

/** Looks at every kind of card that there is. */
const each = async (look: (card: Card) => void): Promise<void> => {
  for (const card of Object.values(await everyCard())) look(card);
};

/** Every place of a value that is null or empty. */
const emptyIn = (value: JsonValue, place = ''): readonly string[] => {
  if (value === null || value === '') return [place];
  if (typeof value !== 'object') return [];
  const members = Object.entries(value);
  return members.length === 0
    ? [place]
    : members.flatMap(([key, member]) => emptyIn(member, `${place}/${key}`));
};

const HOSTILE = '<img src=x onerror=alert(1)>';

/** A card about a record and an order whose words would be markup. */
const hostileCard = (): Promise<Card> => {
  const condition = {
    resourceType: 'Condition',
    id: 'c',
    subject: { reference: `Patient/${PATIENT}` },
    code: { coding: [{ system: 'http://snomed.info/sct', code: HOSTILE, display: HOSTILE }], text: HOSTILE },
  };
  const order = anOrder({ medicationCodeableConcept: { text: `ketamine ${HOSTILE}` } });
  const draftOrders = aBundle([order]);
  const prefetch = { patient: aPatient(), conditions: aBundle([condition]), [HOSTILE]: 7 };
  return cardFor(aCall('order-sign', { context: { draftOrders }, prefetch }));
};

const outsideCode = (markdown: string): string => markdown.replace(/`[^`]*`/g, '');

/** What comes back from a call, and the parts that every card has. */
export const RESPONSES: Topic = {
  name: 'The answer, and its cards',
  file: 'test/conformance/responses.ts',
  rows: [
    {
      ids: '74',
      says: 'The answer is 200, and an object with a list `cards`.',
      also: 'test/contract/http-cds.test.ts',
      shows: async () => {
        const response = await call(await aTestApp(), aCall('order-sign'));
        expect([response.status, bodyOf(response)]).toEqual([
          200,
          { cards: [expect.any(Object) as unknown] },
        ]);
      },
    },
    {
      ids: '77',
      says: 'Where there is nothing to say the list is empty.',
      also: 'test/contract/http-cds.test.ts',
      shows: async () => {
        const app = await aTestApp();
        const other = signing(anOrder({ medicationCodeableConcept: rxnorm('1191', 'aspirin') }));
        const silent = [await call(app, other), await call(app, aCall('patient-view'), 'patient-view')];
        for (const { status, text } of silent) expect([status, text]).toEqual([200, '{"cards":[]}']);
      },
    },
    {
      ids: '3',
      says: 'Nothing is null or empty, but for the list of cards.',
      also: DEPTH,
      shows: async () => {
        const app = await aTestApp();
        const item = { card: 'x', outcome: 'overridden', outcomeTimestamp: '2026-11-22T09:31:00Z' };
        const feedback = { feedback: [item] };
        const path = '/cds-services/ketamine-order-sign/feedback';
        const answers = [
          await request(app.url).get('/cds-services'),
          await call(app, aCall('order-sign')),
          await request(app.url).post(path).send(feedback),
        ];
        expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
        for (const answer of answers) expect(emptyIn(bodyOf(answer))).toEqual([]);
        await each((card) => {
          expect(emptyIn(card)).toEqual([]);
        });
      },
    },
    {
      ids: '80, 81',
      says: 'A card may have a `uuid`, as text that no other card has.',
      shows: async () => {
        const { unclear, ...decided } = await everyCard();
        const uuids = Object.values(decided).map(({ uuid = '' }) => uuid);
        for (const uuid of uuids) expect(uuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        expect(new Set(uuids).size).toBe(uuids.length);
        expect(unclear).not.toHaveProperty('uuid');
      },
    },
    {
      ids: '83',
      says: 'The `summary` of a card is text of less than 140 characters.',
      also: DEPTH,
      shows: () =>
        each(({ summary }) => {
          expect(summary).toMatch(/^\S.{0,137}\S$/);
        }),
    },
    {
      ids: '84, 85',
      says: 'The `detail` of a card is Markdown, without HTML of those who wrote the record.',
      also: 'test/unit/formats/cds/markdown.test.ts',
      shows: async () => {
        await each(({ detail }) => {
          expect(outsideCode(detail)).not.toMatch(/[<>]/);
        });
        const { detail, summary } = await hostileCard();
        expect(detail).toContain(`|${HOSTILE}\``);
        expect(outsideCode(detail) + summary).not.toMatch(/[<>]/);
      },
    },
    {
      ids: '87, 88',
      says: 'The `indicator` of a card is `info`, `warning` or `critical`.',
      shows: () =>
        each(({ indicator }) => {
          expect(['info', 'warning', 'critical']).toContain(indicator);
        }),
    },
    {
      ids: '89',
      says: 'A client may sort and colour cards by their indicator.',
      notOurs: 'It is the client that shows cards.',
    },
    {
      ids: '90, 105-108',
      says: 'A card has a `source` with a label, and maybe an absolute address that the label stands for.',
      also: DEPTH,
      shows: async () => {
        await each(({ source }) => {
          expect([source.label, source.url]).toEqual(['ketamine-screening', PUBLIC_URL]);
        });
        expect((await cardFor(aCall('order-sign'))).source).not.toHaveProperty('url');
      },
    },
    {
      ids: '109, 110',
      says: 'The address of the source does not lead to the case at hand: `links` do.',
      shows: async () => {
        const { links = [], source } = (await everyCard()).review;
        expect(new URL(source.url ?? '').pathname).toBe('/');
        expect(links.map(({ url }) => url)).toContainEqual(expect.stringContaining('/decisions/'));
      },
    },
    {
      ids: '115, 116, 216-218, 220',
      says: 'The source may have a topic: a coding with system and code, and maybe a display.',
      shows: () =>
        each(({ source: { topic } }) => {
          for (const text of [topic.system, topic.code, topic.display])
            expect(text).toEqual(expect.stringMatching(/\S/));
        }),
    },
    {
      ids: '98-100, 136, 219',
      says: 'A card may offer reasons not to follow it: codings, each with a display.',
      also: DEPTH,
      shows: async () => {
        const { overrideReasons = [] } = (await everyCard()).critical;
        expect(overrideReasons.length).toBeGreaterThan(0);
        for (const { system, code, display } of overrideReasons)
          for (const text of [system, code, display]) expect(text).toEqual(expect.stringMatching(/\S/));
      },
    },
    {
      source: 'practice',
      says: 'Among the reasons are those of HL7, and one that says that the record is wrong.',
      shows: async () => {
        const { overrideReasons = [] } = await cardFor(aCall('order-sign'));
        const told = overrideReasons.map(({ system, code }) => `${system}|${code}`);
        expect(told).toContain('urn:ketamine-screening:override-reason|verified-not-present');
        expect(told).toContain(
          'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes|risk-benefit-ratio',
        );
      },
    },
    {
      ids: '103, 104, 138-142',
      says: 'A card may have links: a label, an address, which may lead deep, and whether that is absolute or of a SMART app.',
      also: DEPTH,
      shows: async () => {
        const { links = [] } = (await everyCard()).review;
        expect(links.length).toBeGreaterThan(1);
        for (const { label, url, type } of links) {
          expect([label, type]).toEqual([expect.stringMatching(/\S/), 'absolute']);
          expect(url.startsWith(`${PUBLIC_URL}/`)).toBe(true);
        }
        expect(await cardFor(aCall('order-sign'))).not.toHaveProperty('links');
      },
    },
    {
      source: 'practice',
      says: 'A contraindication is critical; what must be weighed, or is not known, a warning; an eligible patient an information.',
      also: 'test/contract/http-cds.test.ts',
      shows: async () => {
        const { critical, review, open, info, unclear } = await everyCard();
        expect([critical, review, open, info, unclear].map(({ indicator }) => indicator)).toEqual([
          'critical',
          'warning',
          'warning',
          'info',
          'warning',
        ]);
      },
    },
    {
      source: 'practice',
      says: 'The decision and the version of the rules stand in the card, for people and for programs.',
      shows: async () => {
        const { detail, extension = {} } = (await everyCard()).review;
        const { id, ruleSet } = extension['org.ketamine-screening.decision'] as {
          readonly id: string;
          readonly ruleSet: { readonly version: string };
        };
        expect(detail).toContain(`Decision \`${id}\`, by \`ketamine-pain ${ruleSet.version}\``);
      },
    },
    {
      source: 'practice',
      says: 'An order whose medicine nobody can tell is not answered with silence.',
      also: 'test/unit/formats/cds/find-orders.test.ts',
      shows: async () => {
        const app = await aTestApp();
        const unclear = signing(anOrder({ medicationCodeableConcept: rxnorm('999') }));
        expect(cardsIn(await call(app, unclear))).toMatchObject([{ indicator: 'warning' }]);
      },
    },
  ],
};
