import { expect } from 'vitest';
import { aCall } from '../support/hook-call.js';
import { bodyOf } from '../support/http.js';
import { aTestApp } from '../support/test-app.js';
import { call, everyCard } from './calls.js';
import type { Topic } from './row.js';

/** Every name of a member in what is sent, at any depth. */
const namesIn = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, member]) => [key, ...namesIn(member)])
    : [];

/** No answer and no card of any kind has a member of such a name. */
const neverSends = async (...names: readonly string[]): Promise<void> => {
  const answer = bodyOf(await call(await aTestApp(), aCall('order-sign')));
  const sent = namesIn([answer, await everyCard()]);
  expect(sent).toEqual(expect.arrayContaining(['cards', 'links', 'overrideReasons']));
  expect(names.filter((name) => sent.includes(name))).toEqual([]);
};

const NO_SUGGESTIONS =
  'No card suggests a change: nothing deletes or changes an order but the clinician. Never sent.';

/** What a card or an answer may have, and never has here. */
export const UNSENT: Topic = {
  name: 'What is never sent',
  file: 'test/conformance/unsent.ts',
  rows: [
    {
      ids: '75',
      says: 'An answer may have a list of actions that the client takes by itself (`systemActions`).',
      notOurs: 'Nothing is changed without a clinician. Never sent.',
      shows: () => neverSends('systemActions'),
    },
    {
      ids: '92-96',
      says: 'A card may have suggestions, with a rule of how many may be taken (`selectionBehavior`).',
      notOurs: NO_SUGGESTIONS,
      shows: () => neverSends('suggestions', 'selectionBehavior'),
    },
    {
      ids: '117-125',
      says: 'A suggestion has a label, maybe a `uuid` and a mark as recommended, and actions that belong together.',
      notOurs: NO_SUGGESTIONS,
      shows: () => neverSends('suggestions', 'isRecommended', 'actions'),
    },
    {
      ids: '127-135',
      says: 'An action creates, updates or deletes, says so in words, and holds a whole resource or the id of one.',
      notOurs: NO_SUGGESTIONS,
      shows: () => neverSends('actions', 'resource', 'resourceId'),
    },
    {
      ids: '111-113',
      says: 'The source may have an icon, at an absolute address, of 100 by 100 pixels.',
      notOurs: 'There is no icon. Never sent.',
      shows: () => neverSends('icon'),
    },
    {
      ids: '144-146',
      says: 'A link to a SMART app may have text for that app (`appContext`).',
      notOurs: 'No link leads to a SMART app. Never sent.',
      shows: () => neverSends('appContext'),
    },
    {
      ids: '147',
      says: 'A link that is absolute has no `appContext`.',
      shows: async () => {
        for (const { links = [] } of Object.values(await everyCard()))
          for (const link of links) expect(link).not.toHaveProperty('appContext');
      },
    },
    {
      source: '3.0',
      says: 'A link may be opened by itself (`autolaunchable`), and a suggestion say how its actions are taken.',
      notOurs: 'A link that opens by itself can hide the card. Never sent.',
      shows: () => neverSends('autolaunchable', 'actionSelectionBehavior'),
    },
  ],
};
