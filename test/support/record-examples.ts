import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { abridged, isAbridged, masked } from './abridge-examples.js';
import { examplesToRecord, readAs, sentAs, type ExampleToRecord } from './examples.js';
import { startService } from './service.js';

const FOLDER = 'src/http/openapi/examples';

const fileOf = (operationId: string): string =>
  `${FOLDER}/${operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.json`;

const answerIn = async (response: Response): Promise<JsonValue> =>
  readAs(response.headers.get('content-type'), await response.text());

const requestWith = (body: JsonValue): RequestInit => {
  const { type, text } = sentAs(body);
  return { headers: { 'content-type': type }, body: text };
};

const places = new Map<string, string>();

const record = async (url: string, example: ExampleToRecord): Promise<JsonObject> => {
  const response = await fetch(
    url + example.path.replace(/\{(\w+)\}/, (_all, name: string) => places.get(name) ?? ''),
    {
      method: example.method,
      ...(example.body === undefined ? {} : requestWith(example.body)),
    },
  );
  const location = response.headers.get('location');
  if (location !== null) places.set(example.name, location);
  return {
    summary: example.summary,
    ...(isAbridged(example.operationId) ? { abridged: true } : {}),
    ...(example.body === undefined ? {} : { request: example.body }),
    status: response.status,
    answer: abridged(example.operationId, await answerIn(response)),
  };
};

/** What was recorded before is kept where nothing has changed but ids, times and fingerprints. */
const write = (operationId: string, recorded: JsonObject): void => {
  const file = fileOf(operationId);
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as JsonValue) : null;
  if (before !== null && JSON.stringify(masked(before)) === JSON.stringify(masked(recorded))) return;
  writeFileSync(file, `${JSON.stringify(recorded, null, 2)}\n`);
  console.log(`${file} is written`);
};

// Records the examples of the API description: what the built service answers to them now.
const service = await startService();
const recorded = new Map<string, JsonObject>();
for (const example of examplesToRecord()) {
  const others = recorded.get(example.operationId) ?? {};
  recorded.set(example.operationId, { ...others, [example.name]: await record(service.url, example) });
}
await service.stop();
recorded.forEach((examples, operationId) => write(operationId, examples));
