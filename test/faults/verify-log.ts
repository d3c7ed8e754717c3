import { spawn } from 'node:child_process';
import Database from 'better-sqlite3';
import { databaseFileIn } from '../../src/storage/database-file.js';
import { blame, type Tally } from './tally.js';

/** What a program wrote and how it ended. */
export type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs a program to its end without stopping this one. */
export const run = (command: readonly string[], cwd: string): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const [program = '', ...args] = command;
    const child = spawn(program, args, { cwd });
    const written = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, ...written });
    });
  });

/** Has `audit verify` look at every entry of a log. */
export const verifyLog = async (folder: string, dataDir: string, tally: Tally): Promise<void> => {
  const command = [process.execPath, 'dist/cli/main.js', 'audit', 'verify', '--data-dir', dataDir];
  const { code, stdout, stderr } = await run(command, folder);
  if (code !== 0) blame(tally, 'wrong', `audit verify ends with ${String(code)}: ${stdout}${stderr}`);
};

/** Has SQLite look at every page of a database that no service uses now. */
export const checkIntegrity = (dataDir: string, tally: Tally): void => {
  const database = new Database(databaseFileIn(dataDir));
  const found = String(database.pragma('integrity_check', { simple: true }));
  database.close();
  if (found !== 'ok') blame(tally, 'wrong', `integrity_check: ${found}`);
};

/** How many decisions stand in the log. */
export const decisionsIn = (dataDir: string): number => {
  const database = new Database(databaseFileIn(dataDir), { readonly: true });
  const count = database.prepare(`SELECT count(*) FROM log WHERE kind = 'decision'`).pluck().get();
  database.close();
  return Number(count);
};
