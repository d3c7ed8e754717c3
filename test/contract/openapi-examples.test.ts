import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/values/json.js';
import { methodsOf, operationAt, paths, within } from '../support/api-description.js';
import { expectDescribed, schemaFaults } from '../support/checked-answers.js';
import { describedExamples, type DescribedExample } from '../support/described-examples.js';
import { abridged, masked } from '../support/abridge-examples.js';
import { examplesToRecord, readAs, sentAs } from '../support/examples.js';
import { startService, type Service } from '../support/service.js';

let service: Service;

/**
 * The places in the running service that stand for those of the description, which only the service that was recorded knows, by how they
 * begin.
 */
const places = new Map<string, string>();

/** Sends what an example of the description sends. @returns where the service stored it */
const stored = async (path: string, shown: string): Promise<string> => {
  const example = describedExamples.find((one) => one.path === path && one.name === shown);
  const response = await fetch(service.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(example?.request),
  });
  return response.headers.get('location') ?? '';
};

beforeAll(async () => {
  service = await startService();
  places.set('/decisions/', await stored('/screen', 'eligible'));
  places.set('/intakes/', await stored('/intakes', 'handover'));
});

afterAll(async () => {
  await service.stop();
});

/** The path of an example, with the place at which this service keeps what the example shows. */
const placeOf = (asked: string): string => {
  if (asked.startsWith('/decisions/search')) return asked;
  const [beginning, place] = [...places].find(([start]) => asked.startsWith(start)) ?? ['', ''];
  return beginning === '' ? asked : `${place}${asked.slice(beginning.length).replace(/^[^/]+/, '')}`;
};

const run = async ({ method, asked, headers, request }: DescribedExample): Promise<Response> => {
  const sent = request === undefined ? null : sentAs(request);
  return fetch(service.url + placeOf(asked), {
    method,
    ...(sent === null
      ? { headers }
      : { headers: { ...headers, 'content-type': sent.type }, body: sent.text }),
  });
};

describe.each(describedExamples)('the example $name of $method $path', (example) => {
  it('is answered as the description shows, in a form that it allows', async () => {
    const response = await run(example);
    const body = await response.text();
    const { method, path, operationId } = example;
    expect(response.status).toBe(example.status);
    expectDescribed({ method, path, status: response.status, headers: response.headers, body });
    const shown = masked(abridged(operationId, readAs(response.headers.get('content-type'), body)));
    expect(shown, 'run `npm run openapi:examples` and `npm run openapi`').toEqual(masked(example.answer));
  });

  it('is in the trace of the request', async () => {
    const [, trace = 'none'] = /^00-([0-9a-f]{32})-/.exec(example.headers.traceparent ?? '') ?? [];
    expect((await run(example)).headers.get('traceparent')).toContain(trace);
  });
});

/** The values of a body: one, or one a line. */
const valuesIn = (request: JsonValue): readonly JsonValue[] =>
  typeof request === 'string'
    ? request
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as JsonValue)
    : [request];

/** What is wrong with the body of an example by the schema that its operation has for it, or for each line of it. */
const faultsOfRequest = ({ method, path, request }: DescribedExample): readonly string[] => {
  if (request === undefined) return [];
  const operation = operationAt(method, path);
  const content =
    operation === null ? null : within(operation, 'requestBody', 'content', sentAs(request).type);
  const whole = content === null ? null : within(content, 'schema');
  const schema = whole === null ? null : (within(whole, 'contentSchema') ?? whole);
  return valuesIn(request).flatMap((value) =>
    schema === null ? ['no schema'] : schemaFaults(schema, value),
  );
};

describe('the examples', () => {
  it('are those that are recorded, and every operation has one', () => {
    const nameOf = ({ operationId, name }: { operationId: string; name: string }): string =>
      `${operationId} ${name}`;
    expect(describedExamples.map(nameOf).toSorted()).toEqual(examplesToRecord().map(nameOf).toSorted());
    const operations = paths.flatMap((path) =>
      methodsOf(path).map((method) => operationAt(method, path)?.value.operationId),
    );
    expect(new Set(describedExamples.map(({ operationId }) => operationId))).toEqual(new Set(operations));
  });

  it.each(['eligible', 'review', 'incomplete', 'ineligible'])('send examples/%s.json as it is', (name) => {
    const sent = describedExamples.filter((example) => example.name === name && example.path === '/screen');
    expect(sent.map(({ request }) => request)).toEqual([
      JSON.parse(readFileSync(`examples/${name}.json`, 'utf8')),
    ]);
  });

  it('send what the description allows', () => {
    expect(describedExamples.flatMap(faultsOfRequest)).toEqual([]);
  });

  it('cover the four verdicts', () => {
    const verdicts = describedExamples.flatMap(({ path, answer }) =>
      path === '/screen' && typeof answer === 'object' && answer !== null && 'verdict' in answer
        ? [answer.verdict]
        : [],
    );
    expect(verdicts.toSorted()).toEqual(['eligible', 'incomplete', 'ineligible', 'review']);
  });
});
