#!/usr/bin/env node
// Starts the command. A checkout after `npm ci` holds no build yet: where the compiler is installed it is made once, else this says
// what to do. It is no `prepare` script, so that installing never compiles: not offline, not in production, not in a layer of an image.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = new URL('../dist/cli/main.js', import.meta.url);
const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

if (!existsSync(command) && existsSync(compiler)) {
  process.stderr.write('ketamine-screening: not built yet; building it once\n');
  // What the compiler says goes to stderr: stdout is for answers.
  spawnSync(process.execPath, [compiler, '-p', 'src'], { cwd: root, stdio: ['ignore', 2, 2] });
}

if (existsSync(command)) {
  await import(command.href);
} else {
  process.stderr.write('ketamine-screening is not built: run `npm ci` and `npm run build`, then try again\n');
  process.exitCode = 3;
}
