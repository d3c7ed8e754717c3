import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wireSchemas } from '../../src/formats/wire-schemas.js';
import { API_VERSION } from '../../src/http/openapi/description.js';
import { PROBLEMS, urnOf, type ProblemType } from '../../src/http/problem.js';
import { yamlOf } from '../../src/http/routes/openapi.js';
import type { JsonObject } from '../../src/values/json.js';
import {
  componentAt,
  description,
  keysOf,
  methodsOf,
  operationAt,
  paths,
  within,
} from '../support/api-description.js';
import { aDrawnApp } from '../support/drawn-app.js';
import { printedPaths } from '../support/printed-paths.js';
import { startService, type Service } from '../support/service.js';

const operations = paths.flatMap((path) => methodsOf(path).map((method) => [method, path] as const));

/** The pages of the API reference and what they load, which no program calls; and where browsers ask before they call, which is no path of its own. */
const REFERENCE = [
  '*',
  '/docs',
  '/docs/',
  '/docs/*',
  '/docs/json',
  '/docs/static/index.html',
  '/docs/static/swagger-initializer.js',
  '/docs/yaml',
];

let app: FastifyInstance;
let service: Service;

beforeAll(async () => {
  app = await aDrawnApp();
  service = await startService();
});

afterAll(async () => {
  await app.close();
  await service.stop();
});

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The methods of a path that the running service does not answer with 405. */
const methodsTaken = async (path: string): Promise<readonly string[]> => {
  const url = `${service.url}${path.replace(/:\w+/g, 'x')}`;
  const answers = METHODS.map(async (method) =>
    (await fetch(url, { method })).status === 405 ? [] : [method],
  );
  return (await Promise.all(answers)).flat();
};

describe('the routes that the service prints', () => {
  const printed = (): readonly string[] => printedPaths(app.printRoutes({ commonPrefix: false }));

  it('are those of the description and the pages of the reference, and no others', () => {
    const described = paths.map((path) => path.replace(/\{\w+\}/g, ':any'));
    expect(printed().toSorted()).toEqual([...described, ...REFERENCE].toSorted());
  });

  it('take the methods that the description has, and no others', async () => {
    const api = printed().filter((path) => !REFERENCE.includes(path));
    const taken = await Promise.all(
      api.map(async (path) => (await methodsTaken(path)).map((method) => `${method} ${path}`)),
    );
    const described = operations.map(([method, path]) => `${method} ${path.replace(/\{\w+\}/g, ':any')}`);
    expect(taken.flat().toSorted()).toEqual(described.toSorted());
  });
});

describe('the description', () => {
  it('that is committed is what the routes say', () => {
    expect(readFileSync('openapi.yaml', 'utf8') === yamlOf(app), 'run `npm run openapi`').toBe(true);
  });

  it('is served as YAML, byte for byte as it is committed', async () => {
    const served = await fetch(`${service.url}/openapi.yaml`);
    expect(served.headers.get('content-type')).toBe('application/yaml; charset=utf-8');
    expect(await served.text()).toBe(readFileSync('openapi.yaml', 'utf8'));
  });

  it('is served as JSON, with the same content', async () => {
    expect(await (await fetch(`${service.url}/openapi.json`)).json()).toEqual(description);
  });

  it('is of OpenAPI 3.1, and names the version of the service', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect([description.openapi, API_VERSION]).toEqual(['3.1.0', version]);
  });

  it('has one component for each shape of the wire, and none besides', () => {
    const described = keysOf(within({ place: '#', value: description }, 'components', 'schemas'));
    expect(described.toSorted()).toEqual([...Object.keys(wireSchemas()), 'BatchLine', 'Problem'].toSorted());
  });

  it('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(description).matchAll(/"#\/components\/(\w+)\/(\w+)"/g)];
    const broken = references.filter(([, section = '', name = '']) => componentAt(section, name) === null);
    expect(references.length).toBeGreaterThan(100);
    expect(broken.map(([reference]) => reference)).toEqual([]);
  });

  it('writes nothing as an alias of something else', () => {
    expect(readFileSync('openapi.yaml', 'utf8')).not.toMatch(/: [&*]a\d+$/m);
  });
});

describe('the problems', () => {
  const types = Object.keys(PROBLEMS) as ProblemType[];
  const { description: text } = description.info as { description: string };

  it('are a closed list', () => {
    const { type } = componentAt('schemas', 'Problem')?.value.properties as { type: { enum: string[] } };
    expect(type.enum).toEqual(types.map(urnOf));
  });

  it.each(types)('tell of %s by status, title and what to do', (type) => {
    const { status, title, mend } = PROBLEMS[type];
    expect(text).toContain(`| \`${urnOf(type)}\` | ${String(status)} | ${title} | ${mend} |`);
  });

  it.each(types)('%s can be the answer of some operation', (type) => {
    const { responses } = description.components as JsonObject;
    expect(JSON.stringify([description.paths, responses])).toContain(`"${urnOf(type)}"`);
  });
});

describe.each(operations)('%s %s', (method, path) => {
  const operation = operationAt(method, path);
  const said = (operation?.value ?? {}) as Record<string, string | readonly string[] | JsonObject>;

  it('says what it is', () => {
    expect([said.operationId, said.summary, said.description]).toEqual([
      expect.stringMatching(/^[a-z][a-zA-Z]+$/),
      expect.stringMatching(/.{5,}/),
      expect.stringMatching(/.{20,}\.$/),
    ]);
    expect((description.tags as { name: string }[]).map(({ name }) => name)).toEqual(
      expect.arrayContaining(said.tags as string[]),
    );
  });

  it('describes every answer with its headers, a body only where there is one', () => {
    for (const status of Object.keys(said.responses as JsonObject)) {
      const response = operation === null ? null : within(operation, 'responses', status);
      expect(keysOf(response === null ? null : within(response, 'headers'))).toEqual(
        expect.arrayContaining(['traceparent', 'x-request-id', 'Cache-Control']),
      );
      expect(response?.value.content === undefined, status).toBe(status === '304');
    }
  });

  it('shows an example of its answer, and of what it takes', () => {
    const shown = ['200', '201'].map((status) =>
      operation === null ? null : within(operation, 'responses', status, 'content'),
    );
    expect(JSON.stringify(shown.map((content) => content?.value))).toContain('"examples":');
    if (said.requestBody !== undefined) expect(JSON.stringify(said.requestBody)).toContain('"examples":');
  });
});

describe('operations', () => {
  it('have ids of their own', () => {
    const ids = operations.map(([method, path]) => operationAt(method, path)?.value.operationId);
    expect(new Set(ids).size).toBe(operations.length);
  });
});
