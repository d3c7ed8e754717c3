// Screens a patient with the typed client and prints the verdict. Start the service first, then call it from another terminal:
//   npm start
//   npx tsx examples/client.ts [where the service listens]
import { readFile } from 'node:fs/promises';
import { createScreeningClient, type Intake } from 'ketamine-screening/client';

const client = createScreeningClient(process.argv[2] ?? 'http://127.0.0.1:3000');

// What is not known is left out, or says why it is not known. It is never `false`.
const known = {
  age: 54,
  route: 'intravenous',
  pastPsychosis: { unknown: 'declined' },
} satisfies Intake['facts'];
const asked = await client.POST('/intake/next', { body: { facts: known } });
console.log(
  `with ${Object.keys(known).length} facts, ${asked.data?.missing.length ?? 'no one knows how many'} are missing`,
);

const body: Intake = JSON.parse(await readFile(new URL('eligible.json', import.meta.url), 'utf8'));
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
