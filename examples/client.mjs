// Screens a patient with the typed client and prints the verdict. Build and start the service first:
//   npm start
//   node examples/client.mjs [where the service listens]
import { readFile } from 'node:fs/promises';
import { createScreeningClient } from 'ketamine-screening/client';

const client = createScreeningClient(process.argv[2] ?? 'http://127.0.0.1:3000');
const body = JSON.parse(await readFile(new URL('eligible.json', import.meta.url), 'utf8'));

const { data, error } = await client.POST('/screen', { body });

if (error !== undefined) {
  console.error(`${error.title}. ${error.detail}`);
  for (const { pointer, detail } of error.errors ?? []) console.error(`  ${pointer} ${detail}`);
  process.exitCode = 1;
} else {
  console.log(`verdict: ${data.verdict}`);
  for (const { severity, title } of data.reasons) console.log(`reason: ${title} (${severity})`);
  for (const { question } of data.missing) console.log(`still to ask: ${question}`);
  console.log(data.notice);
}
