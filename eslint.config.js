import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Rooms 0 to 4 (docs/adr/0001): the same input gives the same bytes, today and in ten years. */
const pureRooms = ['values', 'rules', 'screening', 'formats', 'log', 'services'];

const houseSyntax = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Named exports only: one thing has one name wherever it is used.',
  },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that owns the thing.' },
  {
    selector:
      ':matches(LogicalExpression, AssignmentExpression)[operator=/^([?]{2}|[|]{2})=?$/][right.value=false]',
    message:
      'Unknown is never absent: do not turn what is missing into false. Keep `unknown`, with its reason.',
  },
];

const impureSyntax = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'No clock in this room: time comes in as an argument (`asOf`) or through a port.',
  },
  {
    selector: 'CallExpression[callee.name="Date"]',
    message: 'No clock in this room: time comes in as an argument (`asOf`) or through a port.',
  },
  {
    selector: 'MemberExpression[object.name="Date"]:matches([property.name="now"], [property.value="now"])',
    message: 'No clock in this room: time comes in as an argument (`asOf`) or through a port.',
  },
  {
    selector:
      'MemberExpression[object.name="Math"]:matches([property.name="random"], [property.value="random"])',
    message: 'No chance in this room: ids and keys come in through a port.',
  },
  {
    selector:
      'MemberExpression[property.name=/^([gs]et(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)|getTimezoneOffset)$/]',
    message: 'No time zone of the machine in this room: use the UTC methods or the offset that was sent.',
  },
  {
    selector: 'MemberExpression[property.name=/^(localeCompare|toLocale[A-Z][A-Za-z]*)$/]',
    message: 'No locale of the machine in this room: it would change the bytes.',
  },
];

const impureGlobals = [
  'process',
  'globalThis',
  'global',
  'performance',
  'crypto',
  'fetch',
  'console',
  'Intl',
  'setTimeout',
  'setInterval',
  'setImmediate',
].map((name) => ({
  name,
  message:
    'No clock, chance, network or environment in this room: it comes in through an argument or a port.',
}));

const impureCrypto = {
  name: 'node:crypto',
  importNames: [
    'default',
    'generateKey',
    'generateKeyPair',
    'generateKeyPairSync',
    'generateKeySync',
    'getRandomValues',
    'randomBytes',
    'randomFill',
    'randomFillSync',
    'randomInt',
    'randomUUID',
    'webcrypto',
  ],
  message: 'No chance in this room: ids and keys come in through a port.',
};

/** Settings for both trees. The code base says `type`, and puts numbers into messages as they are. */
const typedRules = {
  '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/strict-boolean-expressions': [
    'error',
    {
      allowAny: false,
      allowNullableBoolean: false,
      allowNullableEnum: false,
      allowNullableNumber: false,
      allowNullableObject: false,
      allowNullableString: false,
      allowNumber: false,
      allowString: false,
    },
  ],
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
  ],
};

export default defineConfig(
  // Made by a machine (npm run client).
  { ignores: ['src/client/wire.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [
      js.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: typedRules,
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      complexity: ['error', 8],
      'max-depth': ['error', 3],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: false, skipComments: false }],
      'max-params': ['error', 3],
      'no-restricted-syntax': ['error', ...houseSyntax],
    },
  },
  {
    files: pureRooms.map((room) => `src/${room}/**/*.ts`),
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-imports': ['error', { paths: [impureCrypto, { ...impureCrypto, name: 'crypto' }] }],
      'no-restricted-syntax': ['error', ...houseSyntax, ...impureSyntax],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }] },
  },
);
