import { MUTANTS, type Mutant } from '../../mutants/mutants.js';
import { heldBy, type Held } from '../held.js';

/** A bug that is planted elsewhere too, by its name. */
const known = (bug: string): Mutant => {
  const mutant = MUTANTS.find((one) => one.bug === bug);
  if (mutant === undefined) throw new Error(`no planted bug is called so: ${bug}`);
  return mutant;
};

const hunter = (file: string, tests?: string): Mutant['hunters'] => [
  tests === undefined ? { file } : { file, tests },
];

const PROTOCOL = 'test/contract/http-protocol.test.ts';

/** Rule files and credentials of rules. */
const OF_RULES: readonly Held[] = [
  {
    id: 'T9',
    title: 'damaged rule files',
    files: ['test/unit/storage/rule-folder.test.ts', 'test/unit/rules/planted-mistakes.test.ts'],
    mutant: {
      bug: 'a file that stands in no list',
      file: 'src/storage/rule-folder.ts',
      from: '.filter((name) => !expected.has(name))',
      to: '.filter((name) => !expected.has(name) && name.length === 0)',
      hunters: hunter('test/unit/storage/rule-folder.test.ts'),
    },
  },
  {
    id: 'T10',
    title: 'rules changed after their release',
    files: ['test/e2e/start-signed.test.ts', 'test/unit/log/release-signature.test.ts'],
    mutant: {
      bug: 'a signature that does not hold is taken',
      file: 'src/log/release-signature.ts',
      from: `return isSignedBy(note, key) ? 'signed' : 'does-not-hold';`,
      to: `return note.text.length > 0 ? 'signed' : 'does-not-hold';`,
      hunters: hunter('test/unit/log/release-signature.test.ts'),
    },
  },
];

const OF_LOG: readonly Held[] = [
  {
    id: 'T12',
    title: 'a log that was tampered with',
    files: ['test/contract/audit-'],
    mutant: known('a cut that no kept checkpoint shows'),
  },
  {
    id: 'T12b',
    title: 'proofs',
    files: ['test/unit/log', 'test/property/proofs.test.ts'],
    mutant: {
      bug: 'a proof that is believed whatever it leads to',
      file: 'src/log/verify-proof.ts',
      from: 'roots.left === fromRoot && roots.whole === toRoot;',
      to: 'roots.left === fromRoot;',
      hunters: hunter('test/property/proofs.test.ts'),
    },
  },
];

const OF_REQUESTS: readonly Held[] = [
  {
    id: 'T14',
    title: 'bodies that are too large',
    files: [PROTOCOL],
    mutant: {
      bug: 'a body of any size',
      file: 'src/http/strict-json.ts',
      from: 'BODY_LIMIT = 256 * 1024',
      to: 'BODY_LIMIT = 256 * 1024 * 1024',
      hunters: hunter(PROTOCOL, 'too large'),
    },
  },
  {
    id: 'T15',
    title: 'hostile bodies',
    files: ['test/e2e/hostile.test.ts', 'test/contract/http-bad-bodies.test.ts'],
    mutant: {
      bug: 'a key that stands twice',
      file: 'src/values/json-scan.ts',
      from: `if (frame.keys.has(key)) report(scan, 'duplicate-key');`,
      to: `if (frame.keys.has(key) && key === '') report(scan, 'duplicate-key');`,
      hunters: hunter('test/contract/http-bad-bodies.test.ts'),
    },
  },
  {
    id: 'T16',
    title: 'media types and heads',
    files: [PROTOCOL],
    mutant: {
      bug: 'bodies of other types are read as JSON',
      file: 'src/http/media-types.ts',
      from: 'if (isTaken(request)) done();',
      to: `if (isTaken(request) || (request.headers['content-type'] = 'application/json') !== '') done();`,
      hunters: hunter(PROTOCOL, 'another type'),
    },
  },
  {
    id: 'T35',
    title: 'answers as they are described',
    files: ['test/contract/openapi'],
    mutant: {
      bug: 'an answer that does not name its request',
      file: 'src/http/observe.ts',
      from: `.header('x-request-id', request.id)`,
      to: '',
      hunters: hunter('test/contract/http-screen.test.ts'),
    },
  },
];

const UNDER_LOAD: readonly Held[] = [
  {
    id: 'T18',
    title: 'one idempotency key, many at once',
    files: ['test/e2e/once.test.ts', 'test/contract/http-once.test.ts'],
    mutant: {
      bug: 'a key that takes any body',
      file: 'src/services/idempotency.ts',
      from: 'stored.bodyHash === key.bodyHash ?',
      to: 'stored.bodyHash.length === key.bodyHash.length ?',
      hunters: hunter('test/contract/http-once.test.ts'),
    },
  },
  {
    id: 'T19',
    title: 'activations under load',
    files: ['test/e2e/activation-load.test.ts'],
    mutant: {
      bug: 'a decision by a version that is in force no more',
      file: 'src/storage/log-store.ts',
      from: 'if (rulesUpTo !== null && this.#lastRuleEvent() > rulesUpTo) throw new RulesChanged();',
      to: 'if (rulesUpTo !== null && this.#lastRuleEvent() < -1) throw new RulesChanged();',
      hunters: hunter('test/contract/http-activation.test.ts'),
    },
  },
  {
    id: 'T20',
    title: 'told to stop under load',
    files: ['test/e2e/stop.test.ts'],
    mutant: {
      bug: 'a stop that cuts what was accepted',
      file: 'dist/main.js',
      from: 'await closeGently(app);',
      to: 'app.server.closeAllConnections();',
      hunters: hunter('test/e2e/stop.test.ts'),
    },
  },
];

const OF_PATIENTS: readonly Held[] = [
  {
    id: 'T23',
    title: 'forged credentials',
    files: ['test/contract/http-forged-tokens.test.ts', 'test/contract/http-access.test.ts'],
    mutant: {
      bug: 'a token for any audience',
      file: 'src/http/read-token.ts',
      from: '      audience: issuer.audience,\n',
      to: '',
      hunters: hunter('test/contract/http-forged-tokens.test.ts'),
    },
  },
  {
    id: 'T24',
    title: 'another organisation',
    files: [
      'test/contract/organisations.test.ts',
      'test/contract/http-access.test.ts',
      'test/contract/http-tokens.test.ts',
    ],
    mutant: {
      bug: 'a decision that anyone finds',
      file: 'src/services/find-entry.ts',
      from: 'entry?.organisation === organisation ?',
      to: `organisation !== '' ?`,
      hunters: hunter('test/contract/organisations.test.ts'),
    },
  },
  {
    id: 'T25',
    title: 'patients in logs and errors',
    files: ['test/e2e/no-trace.test.ts', 'test/contract/http-bad-bodies.test.ts'],
    mutant: {
      bug: 'a path in the log of the service',
      file: 'src/http/observe.ts',
      from: `route: request.routeOptions.url ?? 'unknown',`,
      to: 'route: request.url,',
      hunters: hunter('test/contract/http-bad-bodies.test.ts', 'the log of the service'),
    },
  },
];

const OF_VERDICTS: readonly Held[] = [
  {
    id: 'T27',
    title: 'against a second evaluator',
    files: ['test/spec/differential.test.ts'],
    mutant: { ...known('< for <='), hunters: hunter('test/spec/differential.test.ts') },
  },
  {
    id: 'T28',
    title: 'order, and ever more caution',
    files: ['test/property/permutations.test.ts', 'test/property/safety.test.ts'],
    mutant: { ...known('unknown as false'), hunters: hunter('test/property/safety.test.ts') },
  },
];

/** Packages and their list are read as they lie here, so that no copy can be broken. */
const OF_PACKAGES: readonly Held[] = [
  {
    id: 'T32',
    title: 'packages, and their list (T33)',
    files: ['test/house/dependencies.test.ts'],
    mutant: null,
  },
];

/** The rows that tests hold already. */
export const HELD = [
  ...OF_RULES,
  ...OF_LOG,
  ...OF_REQUESTS,
  ...UNDER_LOAD,
  ...OF_PATIENTS,
  ...OF_VERDICTS,
  ...OF_PACKAGES,
].map(heldBy);

/** Rows that tests hold, and that `npm test` runs each time: at night they are told beside the others. */
export const HELD_AT_NIGHT = [
  {
    id: 'T34',
    title: 'a process without rights',
    files: ['test/house/dockerfile-tree.test.ts', 'test/house/dockerfile.test.ts'],
    mutant: null,
  },
].map(heldBy);
