/**
 * The doors of the house (docs/adr/0001). A room knows nothing of the rooms above it, and takes only the packages named here.
 * test/house/fences.test.ts plants an illegal import for each kind of rule and checks that it is caught.
 */
const rooms = [
  'values',
  'rules',
  'screening',
  'formats',
  'log',
  'services',
  'storage',
  'http',
  'web',
  'client',
  'cli',
];

const doors = [
  {
    room: 'values',
    opensTo: [],
    packages: ['@lhncbc/ucum-lhc'],
    why: 'The atoms of the house: what everything else is made of can know of nothing else.',
  },
  {
    room: 'rules',
    opensTo: ['values'],
    packages: ['zod', 'canonicalize'],
    builtins: ['crypto'],
    why: 'The rule language is defined without patients, formats or stores, so that a rule can be read and checked alone.',
  },
  {
    room: 'screening',
    opensTo: ['values', 'rules'],
    packages: [],
    why: 'A verdict follows from facts, rules and a time, and from nothing else: no package, clock, disk or network.',
  },
  {
    room: 'formats',
    opensTo: ['values', 'rules', 'screening'],
    packages: ['zod', 'canonicalize', 'hastscript', 'hast-util-to-html'],
    why: 'A format turns an outside shape into facts and a decision into an outside shape; it neither stores nor serves.',
  },
  {
    room: 'log',
    opensTo: ['values'],
    packages: ['canonicalize'],
    builtins: ['crypto'],
    why: 'An auditor checks leaves, tree and proofs without trusting any other part of the service.',
  },
  {
    room: 'services',
    opensTo: ['values', 'rules', 'screening', 'log'],
    packages: [],
    why: 'A use case speaks through ports: it knows no format, no store and no transport, and has no package to learn them from.',
  },
  {
    room: 'storage',
    opensTo: ['services', 'values', 'rules', 'log'],
    packages: ['drizzle-orm', 'better-sqlite3', 'canonicalize'],
    builtins: ['child_process', 'crypto', 'fs', 'fs/promises', 'path', 'url', 'worker_threads'],
    why: 'A store implements the ports; it takes part in no screening and answers no request.',
  },
  {
    room: 'http',
    opensTo: ['services', 'formats', 'values'],
    packages: ['fastify', '@fastify/[^/]+', 'jose', 'pino', 'prom-client', 'yaml'],
    builtins: ['crypto', 'events', 'http', 'net', 'stream'],
    why: 'A route checks, calls one service and writes: it reaches neither the store nor the rules behind the service.',
  },
  {
    room: 'web',
    opensTo: [],
    packages: [],
    why: 'The pages are clients of the public API like any other, so they import nothing of the service.',
  },
  {
    room: 'client',
    opensTo: [],
    packages: ['openapi-fetch'],
    why: 'The client knows the service by its API description alone: whoever takes it takes no part of the service with it.',
  },
];

const roomsBelowTheTop = 'values|rules|screening|formats|log|services|storage|http|web';

const doorRule = ({ room, opensTo, why }) => ({
  name: `door-of-${room}`,
  comment: why,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...opensTo].join('|')})/` },
});

const packageRule = ({ room, packages, builtins = [], why }) => ({
  name: `packages-of-${room}`,
  comment: `${why} Every package and built-in module it may use is listed in .dependency-cruiser.cjs.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    couldNotResolve: false,
    pathNot: [
      '^src/',
      ...packages.map((name) => `(^|/)node_modules/${name}/`),
      ...builtins.map((name) => `^${name}$`),
    ],
  },
});

const narrowDoors = [
  {
    name: 'crypto-in-fingerprint-only',
    comment:
      'The rules room needs one hash, that of a rule set; anything else made of bits is not about rules.',
    severity: 'error',
    from: { path: '^src/rules/', pathNot: '^src/rules/fingerprint[.]ts$' },
    to: { path: '^crypto$' },
  },
  {
    name: 'html-in-markup-only',
    comment:
      'HTML is built as a tree and escaped by these packages alone; what a program reads is made of JSON and needs neither.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/formats/book/markup[.]ts$' },
    to: { path: '(^|/)node_modules/(hastscript|hast-util-to-html)/' },
  },
  {
    name: 'storage-sees-ports-only',
    comment:
      'A store may name the types of the services but run nothing of them: a use case calls the store, never back.',
    severity: 'error',
    from: { path: '^src/storage/' },
    to: { path: '^src/services/', pathNot: '^src/services/ports[.]ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'storage-grows-the-tree-only',
    comment:
      'A store commits to the payloads that it keeps, grows the tree with each entry, and draws proofs from its nodes; what is signed, told and checked is the business of a service.',
    severity: 'error',
    from: { path: '^src/storage/' },
    to: {
      path: '^src/log/',
      pathNot: '^src/log/(commitment|entry|leaf|merkle-tree|tree-proof)[.]ts$',
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'commands-for-the-master-key-only',
    comment:
      'A store runs no program but the one that says the master key; anything else is no business of it.',
    severity: 'error',
    from: { path: '^src/storage/', pathNot: '^src/storage/master-key-command[.]ts$' },
    to: { path: '^child_process$' },
  },
  {
    name: 'storage-http-and-web-never-meet',
    comment:
      'Either side can be replaced alone, and no request reaches a table but through a use case that logs it.',
    severity: 'error',
    from: { path: '^src/(storage|http|web)/' },
    to: { path: '^src/(storage|http|web)/', pathNot: '^src/$1/' },
  },
  {
    name: 'door-of-cli',
    comment:
      'A command is thin and stands on its own: it may use every room, but not the service that listens.',
    severity: 'error',
    from: { path: '^src/cli/' },
    to: { path: '^src/', pathNot: [`^src/(${roomsBelowTheTop}|cli)/`, '^src/(config|machine)[.]ts$'] },
  },
  {
    name: 'door-of-main',
    comment: 'The place that builds everything and listens; it is not a command.',
    severity: 'error',
    from: { path: '^src/main[.]ts$' },
    to: {
      path: '^src/',
      pathNot: [`^src/(${roomsBelowTheTop})/`, '^src/(background|config|floors|machine|reception)[.]ts$'],
    },
  },
  {
    name: 'door-of-background',
    comment:
      'What the service does by itself uses the log through its ports: it answers no request and knows no format.',
    severity: 'error',
    from: { path: '^src/background[.]ts$' },
    to: { path: '^src/', pathNot: ['^src/(services|storage)/', '^src/config[.]ts$'] },
  },
  {
    name: 'door-of-config',
    comment: 'Configuration is read before anything is built, so it builds nothing and knows no command.',
    severity: 'error',
    from: { path: '^src/config[.]ts$' },
    to: { path: '^src/', pathNot: [`^src/(${roomsBelowTheTop})/`, '^src/issuers[.]ts$'] },
  },
  {
    name: 'door-of-issuers',
    comment: 'The file that tells of issuers is read as part of the configuration, before anything is built.',
    severity: 'error',
    from: { path: '^src/issuers[.]ts$' },
    to: { path: '^src/', pathNot: '^src/(services|values)/' },
  },
  {
    name: 'door-of-floors',
    comment: 'On which versions the service starts is known before anything of it is.',
    severity: 'error',
    from: { path: '^src/floors[.]ts$' },
    to: { path: '^src/', pathNot: '^src/values/' },
  },
  {
    name: 'door-of-reception',
    comment:
      'How the service meets its callers follows from the configuration and from who may call; it answers nobody itself.',
    severity: 'error',
    from: { path: '^src/reception[.]ts$' },
    to: { path: '^src/', pathNot: ['^src/(http|services|values)/', '^src/config[.]ts$'] },
  },
  {
    name: 'door-of-machine',
    comment:
      'The clock, the chance and the timers of the machine implement ports, and know nothing of who uses them.',
    severity: 'error',
    from: { path: '^src/machine[.]ts$' },
    to: { path: '^src/', pathNot: '^src/(values|services)/' },
  },
  {
    name: 'every-file-has-a-room',
    comment: 'A file outside the rooms would have no door, and so no fence.',
    severity: 'error',
    from: {
      path: '^src/',
      pathNot: [
        `^src/(${rooms.join('|')})/`,
        '^src/(main|background|config|floors|issuers|machine|reception)[.]ts$',
      ],
    },
    to: {},
  },
];

const soundness = [
  {
    name: 'no-cycle',
    comment:
      'Two files that need each other are one idea in two places; types count, for a reader follows them too.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolvable',
    comment: 'An import that leads nowhere would slip past every other fence.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'no-test-in-src',
    comment: 'src is exactly what ships: nothing in it may need the tests or anything else outside it.',
    severity: 'error',
    from: { path: '^src/' },
    to: {
      dependencyTypes: ['local', 'localmodule', 'aliased'],
      pathNot: '^src/',
    },
  },
  {
    name: 'no-dev-dependency-in-src',
    comment: 'A package that is absent in production cannot be needed there.',
    severity: 'error',
    from: { path: '^src/' },
    to: { dependencyTypes: ['npm-dev'] },
  },
  {
    name: 'no-undeclared-package',
    comment: 'A package that is there only because another one needs it can vanish with any update.',
    severity: 'error',
    from: { path: '^src/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-bundled', 'npm-optional', 'npm-peer'] },
  },
  {
    name: 'no-orphan',
    comment: 'A file that nothing uses is either an entry point, named here, or dead.',
    severity: 'error',
    from: {
      orphan: true,
      path: '^src/',
      pathNot: ['^src/main[.]ts$', '^src/cli/main[.]ts$', '^src/web/', '[.]d[.]ts$'],
    },
    to: {},
  },
];

module.exports = {
  forbidden: [...doors.map(doorRule), ...doors.map(packageRule), ...narrowDoors, ...soundness],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
