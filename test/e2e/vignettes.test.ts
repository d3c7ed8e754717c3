import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/values/json.js';
import { answerOfFunction, isExpiredByItsTimes, textWithout } from '../support/answer-texts.js';
import { intakeOf, vignetteNames } from '../support/http.js';
import { startService, type Service } from '../support/service.js';
import { NOW, shippedRules } from '../support/test-app.js';
import { jsonLines, runCli, type Ran } from './cli-run.js';

/**
 * What differs by design. `id`: only a decision has one, so the function and the command give none. `evaluatedAt`: when each of them was
 * asked. `expired`: whether `validUntil` was past by then; what it must be is compared below.
 */
const BY_DESIGN = ['id', 'evaluatedAt', 'expired'];

const names = vignetteNames();
const rules = shippedRules();

let service: Service;
let command: Ran;
let printed: readonly JsonObject[];

beforeAll(async () => {
  service = await startService();
  const stdin = names.map((name) => `${JSON.stringify(intakeOf(name))}\n`).join('');
  command = await runCli(['screen', '--ndjson', '--json', '-'], { stdin });
  printed = jsonLines(command.stdout) as readonly JsonObject[];
});

afterAll(() => service.stop());

const served = async (intake: JsonObject): Promise<JsonObject> => {
  const response = await fetch(new URL('/screen', service.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(intake),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as JsonObject;
};

describe('the whole patients', () => {
  it('are all screened by one run of the command', () => {
    expect([command.code, printed.length]).toEqual([0, names.length]);
  });

  it.each(names)('by the function, the built service and the built command alike: %s', async (name) => {
    const answers = {
      function: answerOfFunction(intakeOf(name), rules, NOW),
      service: await served(intakeOf(name)),
      command: printed[names.indexOf(name)] ?? {},
    };
    const expected = textWithout(answers.function, BY_DESIGN);
    expect(textWithout(answers.service, BY_DESIGN)).toBe(expected);
    expect(textWithout(answers.command, BY_DESIGN)).toBe(expected);
    for (const answer of Object.values(answers)) expect(answer.expired).toBe(isExpiredByItsTimes(answer));
    expect(Object.values(answers).map((answer) => Object.hasOwn(answer, 'id'))).toEqual([false, true, false]);
  });
});
