import { readFileSync, writeFileSync } from 'node:fs';
import { yamlOf } from '../../src/http/routes/openapi.js';
import { aDrawnApp } from './drawn-app.js';

/** Where the API description is committed. */
const FILE = 'openapi.yaml';

// Writes the API description that the routes give, or with --check says whether the committed one is that.
const app = await aDrawnApp();
const drawn = yamlOf(app);
await app.close();

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, drawn);
  console.log(`${FILE} is written`);
} else if (readFileSync(FILE, 'utf8') === drawn) {
  console.log(`${FILE} is what the routes say`);
} else {
  console.error(`${FILE} is not what the routes say: run \`npm run openapi\` and commit it`);
  process.exitCode = 1;
}
