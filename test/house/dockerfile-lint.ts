/** An instruction of a Dockerfile: the line it begins on, its name, and its words with its flags (`--from=build`) apart. */
export type Instruction = {
  readonly line: number;
  readonly name: string;
  readonly flags: readonly string[];
  readonly text: string;
};

/** A stage: its base image and its instructions. */
export type Stage = {
  readonly base: string;
  readonly instructions: readonly Instruction[];
};

/** What is wrong with a Dockerfile: which check says so, and where. */
export type Finding = { readonly check: string; readonly line: number };

const isComment = (line: string): boolean => /^\s*(#|$)/.test(line);

const instructionAt = (line: number, text: string): Instruction => {
  const [, name = '', rest = ''] = /^\s*(\S+)\s*([^]*)$/.exec(text) ?? [];
  const words = rest.split(/\s+/);
  const flags = words.slice(
    0,
    words.findIndex((word) => !word.startsWith('--')),
  );
  return {
    line,
    name: name.toUpperCase(),
    flags,
    text: rest.slice(flags.join(' ').length).trim(),
  };
};

/** The instructions of a Dockerfile. Lines that end in a backslash go on; comments and blank lines among them are passed over. */
export const instructionsOf = (dockerfile: string): readonly Instruction[] => {
  const found: Instruction[] = [];
  let open: { line: number; text: string } | null = null;
  for (const [index, line] of dockerfile.split('\n').entries()) {
    if (isComment(line)) continue;
    const whole: { line: number; text: string } =
      open === null ? { line: index + 1, text: line } : { line: open.line, text: open.text + line };
    open = whole.text.endsWith('\\') ? { ...whole, text: whole.text.slice(0, -1) } : null;
    if (open === null) found.push(instructionAt(whole.line, whole.text));
  }
  if (open !== null) found.push(instructionAt(open.line, open.text));
  return found;
};

/** The stages of a Dockerfile, each from its FROM on. */
export const stagesOf = (dockerfile: string): readonly Stage[] => {
  const all = instructionsOf(dockerfile);
  const starts = all.flatMap(({ name }, index) => (name === 'FROM' ? [index] : []));
  return starts.map((start, index) => ({
    base: all[start]?.text.split(/\s/)[0] ?? '',
    instructions: all.slice(start, starts[index + 1]),
  }));
};

/** The words of an instruction in exec form (a JSON array of strings), or null where it is left to a shell. */
export const execWordsOf = (text: string): readonly string[] | null => {
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : null;
  } catch {
    return null;
  }
};

/** The command of an instruction: what follows CMD in a HEALTHCHECK, else all of it. */
export const commandOf = ({ name, text }: Instruction): string =>
  name === 'HEALTHCHECK' ? text.replace(/^CMD\s+/, '') : text;

/** What an instruction copies from the context of the build; nothing where it copies from another stage. */
export const contextSourcesOf = ({ name, flags, text }: Instruction): readonly string[] =>
  name === 'COPY' && !flags.some((flag) => flag.startsWith('--from='))
    ? (execWordsOf(text) ?? text.split(/\s+/)).slice(0, -1)
    : [];

const PINNED = /^[a-z0-9./-]+:(?!latest\b)[\w.-]*\d[\w.-]*(@sha256:[0-9a-f]{64})?$/;
const SECRET_FILE = /(^|\/)(\.|data(\/|$)|id_|.*\.(db|key|pem|env|log)$|.*secret)/i;
const SECRET_NAME = /(TOKEN|SECRET|PASSWORD|PASSPHRASE|CREDENTIAL|API_?KEY|PRIVATE_?KEY)/i;

const hasSafeApt = ({ text }: Instruction): boolean =>
  /apt-get update\b[^]*apt-get install\b[^]*--no-install-recommends\b[^]*rm -rf \/var\/lib\/apt\/lists\/\*\s*$/.test(
    text,
  );

/** Checks of one instruction, wherever it stands: true where it is as it must be. */
const EACH: Readonly<Record<string, (instruction: Instruction, base: string) => boolean>> = {
  'pinned-tag': ({ name }, base) => name !== 'FROM' || PINNED.test(base),
  'no-add': ({ name }) => name !== 'ADD',
  'no-here-document': ({ text }) => !/<<-?["']?[A-Za-z]/.test(text),
  'exec-form': (instruction) =>
    !['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(instruction.name) ||
    execWordsOf(commandOf(instruction)) !== null,
  'no-whole-context': (instruction) =>
    contextSourcesOf(instruction).every((source) => !/^(\.?\/?|.*\*.*)$/.test(source)),
  'no-secret-copied': (instruction) =>
    contextSourcesOf(instruction).every((source) => !SECRET_FILE.test(source.replace(/^\.\//, ''))),
  'no-secret-variable': ({ name, text }) => !['ARG', 'ENV'].includes(name) || !SECRET_NAME.test(text),
  'no-apt-lists': (instruction) =>
    instruction.name !== 'RUN' || !/\bapt(-get)?\b/.test(instruction.text) || hasSafeApt(instruction),
  'locked-packages': ({ name, text }) => name !== 'RUN' || !/\bnpm (i|install|add)\b|\bnpx\b/.test(text),
  'no-download': ({ name, text }) => name !== 'RUN' || !/\b(curl|wget)\b|https?:/.test(text),
};

const last = (stage: Stage | undefined, name: string): Instruction | undefined =>
  stage?.instructions.findLast((instruction) => instruction.name === name);

const isRoot = (user: string): boolean => /^(root|0+)(:|$)/.test(user);

const isNodeCheck = (check: Instruction | undefined): boolean => {
  const words = check === undefined ? null : execWordsOf(commandOf(check));
  return words?.[0] === 'node' && words.join(' ').includes('/health/ready');
};

/** Checks of the image as a whole, from its last stage: true where it is as it must be. */
const IMAGE: Readonly<Record<string, (image: Stage | undefined, stages: readonly Stage[]) => boolean>> = {
  'several-stages': (_image, stages) => stages.length > 1,
  'one-base': (_image, stages) => new Set(stages.map(({ base }) => base)).size === 1,
  'not-root': (image) => {
    const user = last(image, 'USER');
    return user !== undefined && !isRoot(user.text);
  },
  'nothing-built-as-user': (image) => {
    const names = image?.instructions.map(({ name }) => name) ?? [];
    return !names.slice(names.indexOf('USER')).some((name) => name === 'RUN' || name === 'COPY');
  },
  'health-check': (image) => isNodeCheck(last(image, 'HEALTHCHECK')),
  command: (image) => last(image, 'CMD') !== undefined,
  port: (image) => last(image, 'EXPOSE') !== undefined,
  'stop-signal': (image) => last(image, 'STOPSIGNAL')?.text === 'SIGTERM',
  'one-volume': (image) =>
    image?.instructions
      .filter(({ name }) => name === 'VOLUME')
      .map(({ text }) => text)
      .join() === '["/data"]',
  production: (image) => /\bNODE_ENV=production\b/.test(last(image, 'ENV')?.text ?? ''),
  labels: (image) =>
    ['title', 'licenses', 'version', 'revision'].every((label) =>
      (last(image, 'LABEL')?.text ?? '').includes(`org.opencontainers.image.${label}=`),
    ),
  'no-compiler': (image) =>
    (image?.instructions ?? []).every(({ text }) => !/\bapt(-get)?\b|\bnpm\b/.test(text)),
  'keeps-loopback': (_image, stages) =>
    stages
      .flatMap(({ instructions }) => instructions)
      .every(({ text }) => !/\bHOST=(?!127\.0\.0\.1(\s|$))/.test(text)),
};

/** Every finding about a Dockerfile, in the order of the checks. */
export const lintDockerfile = (dockerfile: string): readonly Finding[] => {
  const stages = stagesOf(dockerfile);
  const image = stages.at(-1);
  const each = Object.entries(EACH).flatMap(([check, isFine]) =>
    stages.flatMap(({ base, instructions }) =>
      instructions
        .filter((instruction) => !isFine(instruction, base))
        .map(({ line }): Finding => ({ check, line })),
    ),
  );
  const whole = Object.entries(IMAGE).filter(([, isFine]) => !isFine(image, stages));
  const line = image?.instructions[0]?.line ?? 1;
  return [...each, ...whole.map(([check]): Finding => ({ check, line }))];
};

/** The names of all checks. */
export const DOCKERFILE_CHECKS: readonly string[] = [...Object.keys(EACH), ...Object.keys(IMAGE)];

/** What a .dockerignore admits: everything is left out but the paths that are named. Null where it is no such list. */
export const admittedBy = (dockerignore: string): readonly string[] | null => {
  const patterns = dockerignore.split('\n').filter((line) => !isComment(line));
  const admitted = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  return patterns[0] === '*' ? admitted : null;
};
