import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { ask, connections, type Asked } from './ask.js';
import { blame, type Tally } from './tally.js';

/** A decision whose whole answer was read: its id, and by what its bytes are known again. */
export type Acknowledged = { readonly id: string; readonly hash: string; readonly length: number };

/** What a load is made with. `isUnavailable` says whether a 503 or 507 may be the answer now. */
export type LoadAsked = {
  readonly url: string;
  readonly lanes: number;
  /** Begins the name of each patient, so that no two intakes are equal. */
  readonly label: string;
  readonly isUnavailable?: () => boolean;
  /** Is told how long each acknowledged decision took, in milliseconds. */
  readonly onTime?: (ms: number) => void;
};

/** A load that goes on until it is stopped, or until its connections break. */
export type Load = {
  readonly acknowledged: readonly Acknowledged[];
  /** How many were told that the log cannot be used now. */
  readonly refused: () => number;
  readonly stop: () => Promise<void>;
};

/** How long a connection that was refused waits before it asks again, in milliseconds. */
const REFUSED_PAUSE_MS = 20;

const EXAMPLE = new URL('../../examples/eligible.json', import.meta.url);

const example = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as { readonly facts: object };

/** An intake of a patient of this name, and of no other. */
export const intakeOf = (subject: string): string => JSON.stringify({ ...example, subject });

/** By what a text is known again. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An answer as it is remembered. */
export const acknowledgedOf = (text: string): Acknowledged => {
  const { id } = JSON.parse(text) as { readonly id: string };
  return { id, hash: hashOf(text), length: text.length };
};

const isProblem = ({ type, text, retryAfter }: Extract<Asked, { kind: 'answer' }>): boolean =>
  type.startsWith('application/problem+json') && retryAfter !== '' && !text.includes('"verdict"');

/** Whether an answer refuses for now, as it must: a problem that says when to try again, and no verdict. */
export const refusesForNow = (asked: Asked): boolean =>
  asked.kind === 'answer' && [503, 507].includes(asked.status) && isProblem(asked);

const wordsOf = (asked: Asked): string =>
  asked.kind === 'answer' ? `${String(asked.status)} ${asked.text.slice(0, 120)}` : asked.kind;

type Kept = { readonly acknowledged: Acknowledged[]; refused: number };

const keep = (asked: Asked, kept: Kept, { isUnavailable, onTime }: LoadAsked, tally: Tally): void => {
  if (asked.kind === 'broken') return;
  if (asked.kind === 'hung') {
    blame(tally, 'hangs', 'a screening was not answered');
    return;
  }
  if (asked.status === 200) {
    kept.acknowledged.push(acknowledgedOf(asked.text));
    tally.acknowledged += 1;
    onTime?.(asked.ms);
    return;
  }
  if (refusesForNow(asked) && isUnavailable?.() === true) kept.refused += 1;
  else blame(tally, asked.status >= 500 ? 'unexpected5xx' : 'wrong', `a screening: ${wordsOf(asked)}`);
};

/** Screens patient after patient on so many connections. What is acknowledged, hangs or fails is counted. */
export const startLoad = (asked: LoadAsked, tally: Tally): Load => {
  const agent = connections(asked.lanes);
  const kept: Kept = { acknowledged: [], refused: 0 };
  let on = true;
  let next = 0;
  const lane = async (): Promise<void> => {
    while (on) {
      const body = intakeOf(`${asked.label}-${String(next++)}`);
      tally.inputs += 1;
      const answer = await ask({ url: `${asked.url}/screen`, body, agent });
      keep(answer, kept, asked, tally);
      if (answer.kind === 'broken') return;
      if (refusesForNow(answer)) await setTimeout(REFUSED_PAUSE_MS);
    }
  };
  const lanes = Promise.all(Array.from({ length: asked.lanes }, lane));
  return {
    acknowledged: kept.acknowledged,
    refused: () => kept.refused,
    stop: async () => {
      on = false;
      await lanes;
      agent.destroy();
    },
  };
};
