import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { PROBLEMS, urnOf } from '../../src/http/problem.js';
import {
  componentAt,
  description,
  keysOf,
  methodsOf,
  operationAt,
  within,
  type Part,
} from './api-description.js';

/** An answer of the service, as a client got it. */
export type AnswerGot = {
  readonly method: string;
  /** The path as the description writes it (see `patternOf`); null for one that it does not have. */
  readonly path: string | null;
  readonly status: number;
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body as it came, undecoded; '' where there was none. */
  readonly body: string;
};

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);

/** The id under which the validator knows the components. */
const COMPONENTS = 'components';

/** A schema with its references made to lead to the components, wherever it stands itself. */
const led = (schema: JsonValue): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', `"${COMPONENTS}#/$defs/`)) as object;

const { schemas = {} } = description.components as JsonObject;

ajv.addSchema({ $id: COMPONENTS, $defs: led(schemas) });

const validators = new Map<string, ValidateFunction>();

const validatorAt = ({ place, value }: Part): ValidateFunction => {
  const known = validators.get(place);
  if (known !== undefined) return known;
  const made = ajv.compile(led(value));
  validators.set(place, made);
  return made;
};

/** What is wrong with a value under a schema of the description. */
export const schemaFaults = (schema: Part, value: unknown): readonly string[] => {
  const validate = validatorAt(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
};

const headerOf = ({ headers }: AnswerGot, name: string): string | null => {
  if (headers instanceof Headers) return headers.get(name);
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  return value === undefined ? null : [value].flat().join(', ');
};

const headerFaults = (answer: AnswerGot, response: Part): readonly string[] =>
  keysOf(within(response, 'headers')).flatMap((name) => {
    const header = within(response, 'headers', name);
    const schema = header === null ? null : within(header, 'schema');
    const value = headerOf(answer, name);
    if (value === null) return header?.value.required === true ? [`the header ${name} is missing`] : [];
    if (schema === null) return [`the header ${name} has no schema`];
    const read = schema.value.type === 'integer' ? Number(value) : value;
    return schemaFaults(schema, read).map((fault) => `the header ${name}: ${fault}`);
  });

const isJson = (type: string): boolean => /[/+]json$/.test(type);

const parsed = (type: string, body: string): unknown => (isJson(type) ? (JSON.parse(body) as unknown) : body);

/** What is wrong with a body, or with each line of it where its schema has one for lines. */
const faultsIn = (schema: Part, type: string, body: string): readonly string[] => {
  const ofLine = within(schema, 'contentSchema');
  if (ofLine === null) return schemaFaults(schema, parsed(type, body));
  return body
    .trimEnd()
    .split('\n')
    .flatMap((line) => schemaFaults(ofLine, JSON.parse(line)));
};

const bodyFaults = (answer: AnswerGot, response: Part): readonly string[] => {
  const described = keysOf(within(response, 'content'));
  if (answer.method === 'HEAD' || described.length === 0)
    return answer.body === '' ? [] : ['there is a body, and the description has none'];
  const type = (headerOf(answer, 'content-type') ?? '').replace(/;.*$/, '');
  const schema = within(response, 'content', type, 'schema');
  if (schema === null) return [`the type ${type} is not described: ${described.join(', ')} is`];
  return faultsIn(schema, type, answer.body).map((fault) => `the body: ${fault}`);
};

/** The statuses of the problems that a request can meet before its path or its method matter. */
const BEFORE_ROUTE = [400, 405, 408, 413, 415, 431, 500];

const isKindOf = (status: number, urn: string): boolean =>
  Object.entries(PROBLEMS).some(
    ([type, kind]) => kind.status === status && urnOf(type as keyof typeof PROBLEMS) === urn,
  );

/** The description has no operation for a path that is not there; the shape of a problem is the same everywhere. */
const faultsWithoutPath = ({ method, status, body }: AnswerGot): readonly string[] => {
  if (status !== 404 && !BEFORE_ROUTE.includes(status))
    return [`the status ${String(status)} is not described for a path that is not there`];
  if (method === 'HEAD') return [];
  const problem = JSON.parse(body) as { readonly type: string };
  const schema = componentAt('schemas', 'Problem');
  return [
    ...(schema === null ? ['the description has no problem'] : schemaFaults(schema, problem)),
    ...(isKindOf(status, problem.type) ? [] : ['the type of the problem is none of this status']),
  ];
};

/** A method that the path does not take has no operation: those that it takes tell how it is refused. */
const refusalOf = (status: number, path: string): Part | null => {
  const [taken = ''] = methodsOf(path);
  const operation = BEFORE_ROUTE.includes(status) ? operationAt(taken, path) : null;
  return operation === null ? null : within(operation, 'responses', String(status));
};

/** What the API description does not allow in an answer: a status, a header that is missing or wrong, a type, a body. */
export const faultsOfAnswer = (answer: AnswerGot): readonly string[] => {
  const { method, path, status } = answer;
  if (path === null) return faultsWithoutPath(answer);
  const operation = operationAt(method, path);
  const response =
    operation === null ? refusalOf(status, path) : within(operation, 'responses', String(status));
  return response === null
    ? [`the status ${String(status)} is not described for ${method} ${path}`]
    : [...headerFaults(answer, response), ...bodyFaults(answer, response)];
};

/** Expects that the API description allows an answer. For every answer that a test gets over HTTP. */
export const expectDescribed = (answer: AnswerGot): void => {
  const { method, path, status } = answer;
  expect(faultsOfAnswer(answer), `${method} ${path ?? 'elsewhere'} ${String(status)}`).toEqual([]);
};
