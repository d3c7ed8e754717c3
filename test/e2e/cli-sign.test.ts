import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeSignature, readReleaseNote } from '../../src/log/release-signature.js';
import { readVerifierKey } from '../../src/log/verifier-key.js';
import { readRuleLibrary } from '../../src/storage/rule-library.js';
import { OTHER_RULES, OTHER_SET } from '../support/other-rules.js';
import { rewriteFile, signatureIn } from '../support/signed-rules.js';
import { copyOf, tempFolder } from '../support/sqlite.js';
import { jsonLines, runCli, type Ran } from './cli-run.js';

const NAME = `${OTHER_SET}@1.0.0`;

/** A copy of the rules, and a key that was made for it. */
type Signing = { readonly rules: string; readonly key: string; readonly releaseKey: string };

const keygen = (out: string, ...more: readonly string[]): Promise<Ran> =>
  runCli(['rules', 'keygen', '--name', 'rules.example', '--out', out, ...more]);

const aKey = async (): Promise<Omit<Signing, 'rules'>> => {
  const key = join(tempFolder(), 'release.key');
  const { stdout } = await keygen(key, '--json');
  return { key, releaseKey: (JSON.parse(stdout) as { releaseKey: string }).releaseKey };
};

const aSigning = async (): Promise<Signing> => ({ rules: copyOf(OTHER_RULES), ...(await aKey()) });

const sign = ({ rules, key }: Pick<Signing, 'rules' | 'key'>, ...more: readonly string[]): Promise<Ran> =>
  runCli([
    'rules',
    'sign',
    ...(more[0]?.includes('@') === true ? [] : [NAME]),
    ...more,
    '--key',
    key,
    '--rules-dir',
    rules,
  ]);

/** Whether the release is signed by each of some keys. */
const worthIn = (rules: string, ...keys: readonly string[]): readonly (string | null)[] => {
  const read = readRuleLibrary(rules);
  const release = read.ok ? read.folders[0]?.releases[0] : undefined;
  return keys.map((text) => {
    const key = readVerifierKey(text);
    const named = { set: OTHER_SET, version: '1.0.0', sha256: release?.ruleSet.sha256 ?? '' };
    const note = readReleaseNote(release?.signature ?? '', named);
    return note === null || key === null ? null : judgeSignature(note, key);
  });
};

const isSigned = ({ rules }: Pick<Signing, 'rules'>): boolean =>
  existsSync(signatureIn(rules, OTHER_SET, '1.0.0'));

describe('rules keygen', () => {
  it('makes a key for its owner alone, and prints the RELEASE_KEY of it', async () => {
    const out = join(tempFolder(), 'release.key');
    const { code, stdout, stderr } = await keygen(out);
    expect([code, stderr]).toEqual([0, '']);
    const [, releaseKey = ''] = /^RELEASE_KEY=(\S+)\n/.exec(stdout) ?? [];
    expect(readVerifierKey(releaseKey)?.name).toBe('rules.example');
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readFileSync(out, 'utf8')).toMatch(/^rules\.example\+[^\n]+\n-----BEGIN PRIVATE KEY-----\n/);
    expect(stdout).not.toContain(readFileSync(out, 'utf8').split('\n')[2]);
  });

  it('makes another each time, and writes over none', async () => {
    const [one, two] = [await aKey(), await aKey()];
    expect(one.releaseKey).not.toBe(two.releaseKey);
    const before = readFileSync(one.key, 'utf8');
    const again = await keygen(one.key, '--json');
    expect([again.code, jsonLines(again.stderr)]).toMatchObject([1, [{ errors: [{ code: 'file-taken' }] }]]);
    expect(readFileSync(one.key, 'utf8')).toBe(before);
    expect(readdirSync(join(one.key, '..'))).toEqual(['release.key']);
  });

  it('ends with 2 for a name that no key can have, and for a folder that is not there', async () => {
    const out = join(tempFolder(), 'release.key');
    for (const name of ['', 'two words', 'a+b', 'a\nb'])
      expect(await runCli(['rules', 'keygen', '--name', name, '--out', out])).toMatchObject({ code: 2 });
    expect(existsSync(out)).toBe(false);
    const { code, stderr } = await keygen(join(out, 'nowhere', 'release.key'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be written (ENOENT)')]);
  });
});

describe('rules sign', () => {
  it('writes a signature beside the release, which rules check and rules list know', async () => {
    const signing = await aSigning();
    const { code, stdout, stderr } = await sign(signing);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^methotrexate-low-dose 1\.0\.0, sha256 [0-9a-f]{64}, is signed by rules\.example\.\n/,
    );
    expect(worthIn(signing.rules, signing.releaseKey)).toEqual(['signed']);
    expect(await runCli(['rules', 'check', '--rules-dir', signing.rules])).toMatchObject({ code: 0 });
    const { stdout: listed } = await runCli(['rules', 'list', '--json', '--rules-dir', signing.rules]);
    expect(jsonLines(listed)).toMatchObject([
      { items: [{ version: '1.0.0', signatures: ['rules.example'] }, { signatures: [] }] },
    ]);
  });

  it('changes nothing where the key has signed already, and says so', async () => {
    const signing = await aSigning();
    await sign(signing);
    const file = signatureIn(signing.rules, OTHER_SET, '1.0.0');
    const before = [readFileSync(file, 'utf8'), statSync(file).mtimeMs];
    const { code, stdout } = await sign(signing);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('is signed by rules.example already. Nothing was changed.'),
    ]);
    const { stdout: json } = await sign(signing, '--json');
    expect(jsonLines(json)).toMatchObject([{ written: null, releaseKey: signing.releaseKey }]);
    expect([readFileSync(file, 'utf8'), statSync(file).mtimeMs]).toEqual(before);
  });

  it('adds its signature to those of others, and all hold', async () => {
    const signing = await aSigning();
    const other = await aKey();
    await sign(signing);
    expect((await sign({ ...signing, key: other.key })).code).toBe(0);
    expect(worthIn(signing.rules, signing.releaseKey, other.releaseKey)).toEqual(['signed', 'signed']);
    expect((await sign(signing)).stdout).toContain('Nothing was changed');
  });

  it('lets the next release be made beside it', async () => {
    const signing = await aSigning();
    await sign(signing);
    rewriteFile(join(signing.rules, OTHER_SET, 'rule-set.json'), (text) =>
      text.replace('"title": "', '"title": "New: '),
    );
    const args = ['rules', 'release', OTHER_SET, '1.0.1', '--rules-dir', signing.rules];
    expect(await runCli(args)).toMatchObject({ code: 0, stderr: '' });
    expect(await sign(signing, `${OTHER_SET}@1.0.1`)).toMatchObject({ code: 0 });
    expect(await runCli(['rules', 'check', '--rules-dir', signing.rules])).toMatchObject({ code: 0 });
  });
});

describe('rules sign, refused', () => {
  it.each([
    [1, 'draft-may-change', `${OTHER_SET}@1.0.1-draft`],
    [2, 'unknown-version', `${OTHER_SET}@7.0.0`],
    [2, 'unknown-version', 'another-set@1.0.0'],
    [2, 'wrong-usage', `${OTHER_SET}@1.0.0@2.0.0`],
  ])('ends with %i and %s for %s', async (exit, error, name) => {
    const signing = await aSigning();
    const { code, stderr } = await sign(signing, name, '--json');
    expect([code, jsonLines(stderr)]).toMatchObject([exit, [{ errors: [{ code: error }] }]]);
    expect(isSigned(signing)).toBe(false);
  });

  const pemOf = (type: 'rsa' | 'x25519'): string => {
    const { privateKey } =
      type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('x25519');
    return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  };

  it.each<readonly [string, string, (file: string) => void]>([
    ['others can read', 'chmod 600 it', (file) => chmodSync(file, 0o640)],
    ['is of RSA', 'is no Ed25519 key', (file) => writeFileSync(file, pemOf('rsa'))],
    ['is of X25519', 'is no Ed25519 key', (file) => writeFileSync(file, pemOf('x25519'))],
    ['is no key', 'is no Ed25519 key', (file) => writeFileSync(file, 'a key')],
    [
      'has no name',
      'does not say on its first line',
      (file) => rewriteFile(file, (text) => text.slice(text.indexOf('\n') + 1)),
    ],
    ['has another name', 'does not say on its first line', (file) => rewriteFile(file, (text) => `x${text}`)],
  ])('takes no key that %s', async (_what, says, damage) => {
    const signing = await aSigning();
    damage(signing.key);
    const { code, stderr } = await sign(signing);
    expect([code, stderr]).toEqual([1, expect.stringContaining(says)]);
    expect(isSigned(signing)).toBe(false);
  });

  it('takes no key over which the line of another key was put', async () => {
    const [signing, other] = [await aSigning(), await aKey()];
    rewriteFile(signing.key, (text) => text.replace(signing.releaseKey, other.releaseKey));
    expect((await sign(signing)).code).toBe(1);
    expect(isSigned(signing)).toBe(false);
  });

  it('ends with 2 where the key is not there', async () => {
    const signing = await aSigning();
    const { code, stderr } = await sign({ ...signing, key: `${signing.key}s` });
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be read (ENOENT)')]);
  });

  it('signs no release that was changed, and none where the rules have another mistake', async () => {
    const signing = await aSigning();
    const releases = join(signing.rules, OTHER_SET, 'releases');
    rewriteFile(join(releases, '1.0.0.json'), (text) =>
      text.replace('made for the tests', 'made for the testz'),
    );
    const { code, stderr } = await sign(signing, '--json');
    expect([code, jsonLines(stderr)]).toMatchObject([1, [{ errors: [{ code: 'rules-with-mistakes' }] }]]);
    expect(isSigned(signing)).toBe(false);
  });

  it('adds nothing to a signature file in which one of the key fails', async () => {
    const signing = await aSigning();
    await sign(signing);
    const file = signatureIn(signing.rules, OTHER_SET, '1.0.0');
    rewriteFile(file, (text) =>
      text.replace(/(\S)(\S{5})\n$/, (_, one: string, rest: string) => `${one === 'A' ? 'B' : 'A'}${rest}\n`),
    );
    const before = readFileSync(file, 'utf8');
    const { code, stderr } = await sign(signing);
    expect([code, stderr]).toEqual([1, expect.stringContaining('remove the file, and sign again')]);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
