import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { componentAt } from '../support/api-description.js';
import { schemaFaults } from '../support/checked-answers.js';
import { startService, type Service } from '../support/service.js';

const README = 'README.md';
const EXAMPLE =
  /```sh\n(curl [^\n]+)\n```\n\n<details><summary>the answer<\/summary>\n\n```json\n([^`]*)```/g;

/** What differs at every run: the id and the time of receipt. */
const masked = (answer: string): string =>
  answer
    .replace(/"id": "[0-9a-f-]{36}"/, '"id": "…"')
    .replace(/"evaluatedAt": "[^"]+"/, '"evaluatedAt": "…"');

type Example = { readonly command: string; readonly answer: string };

const examples: readonly Example[] = [...readFileSync(README, 'utf8').matchAll(EXAMPLE)].map((match) => ({
  command: match[1] ?? '',
  answer: match[2] ?? '',
}));

let service: Service;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

const run = (command: string): string =>
  execFileSync('bash', ['-c', command.replace('http://127.0.0.1:3000', service.url)], { encoding: 'utf8' });

/** What the API description does not allow in a body that curl printed. */
const faultsOfBody = (body: string): readonly string[] => {
  const schema = componentAt('schemas', 'Answer');
  return schema === null ? ['no schema'] : schemaFaults(schema, JSON.parse(body));
};

describe('the examples of the README', () => {
  it('are four, one a verdict', () => {
    expect(examples).toHaveLength(4);
  });

  it.each(examples)('$command', ({ command, answer }) => {
    const whole = run(command);
    expect(faultsOfBody(whole)).toEqual([]);
    const printed = masked(whole);
    if (process.env.UPDATE_EXAMPLES === '1') {
      const text = readFileSync(README, 'utf8');
      const at = text.indexOf('```json\n', text.indexOf(command)) + '```json\n'.length;
      writeFileSync(README, text.slice(0, at) + printed + text.slice(text.indexOf('```', at)));
      return;
    }
    expect(printed).toBe(answer);
  });

  it('cover the four verdicts', () => {
    const verdicts = examples.map(({ answer }) => /"verdict": "(\w+)"/.exec(answer)?.[1]);
    expect(verdicts.toSorted()).toEqual(['eligible', 'incomplete', 'ineligible', 'review']);
  });
});
