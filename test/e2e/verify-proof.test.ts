import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditVerifyCommand } from '../../src/cli/audit-verify-command.js';
import { writeInclusionProof } from '../../src/formats/audit/write-proof.js';
import { canonicalText } from '../../src/log/canonical.js';
import { writeVerifierKey } from '../../src/log/verifier-key.js';
import type { DecisionLog } from '../../src/services/ports.js';
import { proveEntry } from '../../src/services/prove.js';
import type { JsonObject } from '../../src/values/json.js';
import { madeEntry, madeLog } from '../support/made-log.js';
import { keyOf, signerNo } from '../support/note-signers.js';
import { whyNoPython } from '../support/python.js';
import { boundConnection, erasePayload, logOn, SIGNER, tempFolder } from '../support/sqlite.js';

const SCRIPT = 'examples/verify_proof.py';
const KEY = writeVerifierKey(keyOf(SIGNER));
const SIZE = 13;

const python = (file: string, key = KEY): readonly [number | null, string] => {
  const { status, stdout, stderr } = spawnSync('python3', [SCRIPT, file, key], { encoding: 'utf8' });
  return [status, stdout + stderr];
};

/** The exit code of `audit verify` on a file. */
const audited = async (file: string): Promise<number> => {
  const asked = { files: [file], key: KEY, checkpoints: [], dataDir: '' };
  return (await auditVerifyCommand(asked, { style: 'text', tell: () => undefined })).exitCode;
};

const fileOf = (text: string): string => {
  const file = join(tempFolder(), 'proof.json');
  writeFileSync(file, text);
  return file;
};

/** The proof of an entry as it is sent. */
const proofIn = async (log: DecisionLog, position: number, size: number): Promise<JsonObject> => {
  const asked = { after: position - 1, limit: 1, parts: null, ofWhom: ['local'] };
  const [entry] = await log.slice(asked);
  if (entry === undefined) throw new Error('there is no such entry');
  const proven = await proveEntry(entry, size, { log, signer: SIGNER });
  if (proven.kind !== 'proven') throw new Error(proven.kind);
  return writeInclusionProof(proven.proof);
};

/** The proof of an entry of a made-up log. Where it is said, the payload was erased before. */
const proofOf = async (position: number, size: number, isErased = false): Promise<JsonObject> => {
  const connection = boundConnection();
  const log = await madeLog(connection, SIZE);
  if (isErased) erasePayload(connection, position);
  return proofIn(log, position, size);
};

beforeEach((context) => {
  const why = whyNoPython();
  if (why !== null) context.skip(why);
});

describe(`${SCRIPT}, where audit verify agrees`, () => {
  it.each([
    [0, 1],
    [0, 2],
    [4, 5],
    [6, 7],
    [7, 8],
    [8, 9],
    [3, 13],
    [5, 13],
    [12, 13],
  ])('takes the proof of entry %i in the log of size %i', async (position, size) => {
    const proof = await proofOf(position, size);
    const file = fileOf(JSON.stringify(proof));
    const [code, said] = python(file);
    expect(said).toMatch(
      new RegExp(`^holds: the \\w+ \\S+ is entry ${position} of the log of size ${size}\n$`),
    );
    expect([code, await audited(file)]).toEqual([0, 0]);
  });

  it('takes the proof of an entry that was erased', async () => {
    const file = fileOf(JSON.stringify(await proofOf(4, SIZE, true)));
    expect(readFileSync(file, 'utf8')).toContain('"parts":null');
    expect([python(file)[0], await audited(file)]).toEqual([0, 0]);
  });

  /** A word of the proof, what stands in its place, and what the script says of it. */
  const TAMPERED: readonly (readonly [string | RegExp, string, string])[] = [
    ['"verdict":"eligible"', '"verdict":"review"', 'the part `answer` was changed'],
    [/"salt":"../, '"salt":"zz', 'a part has no salt'],
    ['"kind":"decision"', '"kind":"intake"', 'the leaf was changed'],
    ['"position":4', '"position":5', 'the leaf was changed'],
    [/"hashes":\["../, '"hashes":["zz', 'one of its hashes is none'],
    [/"hashes":\["[0-9a-f]{64}",/, '"hashes":[', 'fewer hashes'],
    [/"hashes":\[("[0-9a-f]{64}",)/, '"hashes":[$1$1', 'more hashes'],
    [/"hashes":\[("[0-9a-f]{64}",)("[0-9a-f]{64}",)/, '"hashes":[$2$1', 'do not lead to the signed root'],
    ['"size":13', '"size":12', 'of another size'],
    ['\\n13\\n', '\\n14\\n', 'the signature of its checkpoint fails'],
    ['\\n\\n\u2014 ', '\\n\\n- ', 'no signature'],
    [/\u2014 \S+/, '\u2014 another', 'not signed by this key'],
    ['inclusion/1', 'inclusion/2', 'of another form'],
    ['"form":', '"size":13,"form":', 'names a key twice'],
    ['"form":', '"more":1,"form":', 'no proof of inclusion'],
    ['"facts":{}', '"facts":NaN', 'no number of JSON'],
    ['{"form"', '["form"', 'not the form of a proof'],
    [/^[^]*$/, '[]', 'no proof of inclusion'],
  ];

  it.each(TAMPERED)('refuses a proof with %s made %s', async (word, other, why) => {
    const text = JSON.stringify(await proofOf(4, SIZE));
    const changed = text.replace(word, other);
    expect(changed).not.toBe(text);
    const file = fileOf(changed);
    expect(python(file)).toEqual([1, expect.stringContaining(why) as unknown]);
    expect(await audited(file)).toBe(1);
  });

  it('refuses an answer that says something else than the log, although it was committed to', async () => {
    const { parts, ...entry } = madeEntry(0);
    const { salt = '', body = '' } = parts.summary ?? {};
    const summary = { salt, body: body.replace('"verdict":"eligible"', '"verdict":"review"') };
    expect(summary.body).not.toBe(body);
    const log = logOn(boundConnection());
    await log.append([{ ...entry, parts: { ...parts, summary } }]);
    const file = fileOf(JSON.stringify(await proofIn(log, 0, 1)));
    expect(python(file)).toEqual([1, expect.stringContaining('something else than the log does') as unknown]);
    expect(await audited(file)).toBe(1);
  });
});

describe(SCRIPT, () => {
  it('refuses the proof of another log, and cannot tell without a key or without a proof', async () => {
    const file = fileOf(JSON.stringify(await proofOf(4, SIZE)));
    const other = writeVerifierKey(keyOf(signerNo(1)));
    expect(python(file, other)).toEqual([1, 'DOES NOT HOLD: its checkpoint is not signed by this key\n']);
    expect(python(file, 'a+b+c')).toEqual([2, 'cannot tell: that is no public key of a log\n']);
    expect(python('no-such-file.json')).toEqual([2, expect.stringContaining('cannot tell: ') as unknown]);
  });

  it('never says that a proof holds where nothing could check the signature', async () => {
    const file = fileOf(JSON.stringify(await proofOf(4, SIZE)));
    const where = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
    const { status, stdout } = spawnSync(where.trim(), [SCRIPT, file, KEY], {
      encoding: 'utf8',
      env: { PATH: tempFolder() },
    });
    expect([status, stdout]).toEqual([
      2,
      expect.stringContaining('the signature was not checked') as unknown,
    ]);
  });

  it('writes canonical JSON as the log does', () => {
    const numbers = [0, -0, 1, -1, 0.1, 37.5, 1e-6, 1e-7, 1.5e-9, 1e20, 1e21, 1.25e21, 123456789012345680000];
    const more = [9007199254740991, 9007199254740994, 5e-324, 1.7976931348623157e308, 0.30000000000000004];
    const drawn = Array.from({ length: 2000 }, (_, index) => Math.sin(index) * 10 ** ((index % 61) - 30));
    const texts = ['ü', '\u2028', '\u0000\u001f\u007f', '"\\/\b\f\n\r\t', '\ud83d\ude00', '\ufb33', '__a'];
    const keys = Object.fromEntries(texts.map((text, index) => [text, index]));
    const value = [...numbers, ...more, ...drawn, ...texts, keys, true, false, null, [], {}];
    const lines =
      'import sys, verify_proof as v; sys.stdout.buffer.write(v.canonical(v.read_json(sys.stdin.buffer.read())).encode())';
    const environment = { ...process.env, PYTHONPATH: 'examples', PYTHONDONTWRITEBYTECODE: '1' };
    const written = execFileSync('python3', ['-c', lines], {
      input: JSON.stringify(value),
      env: environment,
    });
    expect(written.toString()).toBe(canonicalText(value));
  });
});
