import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { keysOf, methodsOf, operationAt, paths, within, type Part } from './api-description.js';

/** An example of the API description: a request, and what the description says that the answer is. */
export type DescribedExample = {
  readonly operationId: string;
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** The path as it is asked: parameters of the path and the query have the values of their examples. */
  readonly asked: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly request: JsonValue | undefined;
  readonly status: number;
  readonly answer: JsonValue;
};

type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly example?: string;
  readonly examples?: Readonly<Record<string, { readonly value: string | number }>>;
};

/** What a parameter is in the example of a name; undefined where it is left out. */
const valueIn = (name: string, { example, examples }: Parameter): string | undefined => {
  const value = examples?.[name]?.value;
  return value === undefined ? example : String(value);
};

const parametersOf = (operation: Part): readonly Parameter[] =>
  ((operation.value.parameters ?? []) as readonly JsonObject[]).map(
    (_parameter, index) => within(operation, 'parameters', String(index))?.value as unknown as Parameter,
  );

const examplesIn = (content: Part | null): Readonly<Record<string, JsonValue>> =>
  Object.fromEntries(
    keysOf(content).flatMap((type) => {
      const examples = content === null ? null : within(content, type, 'examples');
      return keysOf(examples).map(
        (name) => [name, (examples?.value[name] as JsonObject).value ?? null] as const,
      );
    }),
  );

const askedPath = (path: string, parameters: readonly Parameter[], example: string): string => {
  const filled = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((asked, one) => asked.replace(`{${one.name}}`, valueIn(example, one) ?? ''), path);
  const query = new URLSearchParams(
    parameters.flatMap((one) => {
      const value = valueIn(example, one);
      return one.in === 'query' && value !== undefined ? [[one.name, value] as [string, string]] : [];
    }),
  );
  return query.size === 0 ? filled : `${filled}?${query.toString()}`;
};

const examplesOf = (method: string, path: string): readonly DescribedExample[] => {
  const operation = operationAt(method, path);
  if (operation === null) return [];
  const parameters = parametersOf(operation);
  const requests = examplesIn(within(operation, 'requestBody', 'content'));
  const sent = parameters.flatMap(({ in: place, name, example }) =>
    place === 'header' && example !== undefined ? [[name, example] as const] : [],
  );
  return keysOf(within(operation, 'responses')).flatMap((status) =>
    Object.entries(examplesIn(within(operation, 'responses', status, 'content'))).map(([name, answer]) => ({
      operationId: operation.value.operationId as string,
      name,
      method,
      path,
      asked: askedPath(path, parameters, name),
      headers: Object.fromEntries(sent),
      request: requests[name],
      status: Number(status),
      answer,
    })),
  );
};

/** Every example of the API description, as a request that can be made and the answer that it must have. */
export const describedExamples: readonly DescribedExample[] = paths.flatMap((path) =>
  methodsOf(path).flatMap((method) => examplesOf(method, path)),
);
