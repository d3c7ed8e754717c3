import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  admittedBy,
  contextSourcesOf,
  DOCKERFILE_CHECKS,
  instructionsOf,
  lintDockerfile,
  stagesOf,
} from './dockerfile-lint.js';

const dockerfile = readFileSync('Dockerfile', 'utf8');
const dockerignore = readFileSync('.dockerignore', 'utf8');

const image = stagesOf(dockerfile).at(-1)?.instructions ?? [];

describe('the Dockerfile', () => {
  it('has nothing that the linter finds', () => {
    expect(instructionsOf(dockerfile).length).toBeGreaterThan(20);
    expect(lintDockerfile(dockerfile)).toEqual([]);
  });

  it('copies into the image what the program needs, and nothing else', () => {
    const copied = image
      .filter(({ name }) => name === 'COPY')
      .flatMap(({ text }) => text.split(/\s+/).slice(0, -1));
    expect(copied.toSorted()).toEqual(
      ['LICENSE', 'dist', 'migrations', 'node_modules', 'package.json', 'rules'].map(
        (name) => `/app/${name}`,
      ),
    );
  });

  it('copies into the build only what is there and what .dockerignore admits', () => {
    const sources = instructionsOf(dockerfile).flatMap(contextSourcesOf);
    expect(sources.filter((source) => !existsSync(source))).toEqual([]);
    expect(sources.toSorted()).toEqual(admittedBy(dockerignore)?.toSorted());
  });
});

describe('the .dockerignore', () => {
  it('lets in no database, key or hidden file from inside the folders that it admits', () => {
    for (const pattern of ['**/.*', '**/*.db', '**/*.db-*', '**/*.key', '**/*.pem', '**/node_modules'])
      expect(dockerignore.split('\n')).toContain(pattern);
    expect(dockerignore.lastIndexOf('\n!')).toBeLessThan(dockerignore.indexOf('**/.*'));
  });
});

type Edit = readonly [check: string, from: string | RegExp, to: string];

const CMD = 'CMD ["node", "dist/main.js"]';
const FROM = 'FROM node:20-bookworm-slim\n';

/** Broken copies, each with the check that must say so. */
const broken: readonly Edit[] = [
  ['pinned-tag', FROM, 'FROM node\n'],
  ['pinned-tag', FROM, 'FROM node:latest\n'],
  ['pinned-tag', FROM, 'FROM node:slim\n'],
  ['pinned-tag', FROM, 'ARG BASE\nFROM $BASE\n'],
  ['no-add', 'COPY src src', 'ADD src src'],
  ['no-add', 'COPY src src', 'add https://example.org/src.tar.gz src'],
  ['no-here-document', 'WORKDIR /app', 'RUN <<EOF\nWORKDIR /app'],
  ['exec-form', CMD, 'CMD node dist/main.js'],
  ['exec-form', CMD, 'CMD ["node", 1]'],
  ['exec-form', CMD, `ENTRYPOINT node\n${CMD}`],
  ['exec-form', /CMD \["node", "-e".*/, "CMD node -e 'fetch(1)' # /health/ready"],
  ['no-whole-context', 'COPY src src', 'COPY . .'],
  ['no-whole-context', 'COPY src src', 'COPY --chown=node:node ./ ./'],
  ['no-whole-context', 'COPY src src', 'COPY src/* src/'],
  ['no-secret-copied', 'COPY src src', 'COPY .env ./'],
  ['no-secret-copied', 'COPY src src', 'COPY src .npmrc ./'],
  ['no-secret-copied', 'COPY src src', 'COPY ["keys/signing.pem", "./"]'],
  ['no-secret-copied', 'COPY src src', 'COPY data data'],
  ['no-secret-variable', 'ARG VERSION', 'ARG NPM_TOKEN\nARG VERSION'],
  ['no-secret-variable', 'PORT=3000', 'SIGNING_SECRET=x PORT=3000'],
  ['no-apt-lists', / \\\n {2}&& rm -rf .*/, ''],
  ['no-apt-lists', '--no-install-recommends ', ''],
  ['no-apt-lists', 'RUN apt-get update \\\n  &&', 'RUN'],
  ['locked-packages', 'RUN npm ci', 'RUN npm install'],
  ['locked-packages', 'RUN npm ci', 'RUN npm ci && npx something'],
  ['no-download', 'RUN npm ci', 'RUN npm ci && curl -O x.sh'],
  ['several-stages', FROM, ''],
  ['one-base', FROM, 'FROM node:24-bookworm-slim\n'],
  ['not-root', 'USER 1000:1000', ''],
  ['not-root', 'USER 1000:1000', 'USER 1000:1000\nUSER root'],
  ['not-root', 'USER 1000:1000', 'USER 0:0'],
  ['nothing-built-as-user', 'VOLUME', 'COPY src src\nVOLUME'],
  ['health-check', /HEALTHCHECK [^]*\n\n/, '\n'],
  ['health-check', /HEALTHCHECK [^]*\n\n/, 'HEALTHCHECK NONE\n\n'],
  ['health-check', /CMD \["node", "-e".*/, 'CMD ["curl", "http://127.0.0.1:3000/health/ready"]'],
  ['health-check', '/health/ready', '/health/live'],
  ['command', CMD, ''],
  ['port', 'EXPOSE 3000', ''],
  ['stop-signal', 'STOPSIGNAL SIGTERM', ''],
  ['stop-signal', 'STOPSIGNAL SIGTERM', 'STOPSIGNAL SIGKILL'],
  ['one-volume', 'VOLUME ["/data"]', ''],
  ['one-volume', 'VOLUME ["/data"]', 'VOLUME ["/data"]\nVOLUME ["/app"]'],
  ['production', 'NODE_ENV=production', 'NODE_ENV=development'],
  ['labels', 'image.revision', 'image.rev'],
  ['no-compiler', 'STOPSIGNAL', 'RUN apt-get update && apt-get install make\nSTOPSIGNAL'],
  ['keeps-loopback', 'HOST=127.0.0.1', 'HOST=0.0.0.0'],
  ['keeps-loopback', 'HOST=127.0.0.1', 'HOST=127.0.0.1.example.org'],
];

describe('the linter of the Dockerfile', () => {
  it.each(broken)('says %s where %s is made %j', (check, from, to) => {
    const copy = dockerfile.replace(from, () => to);
    expect(copy).not.toBe(dockerfile);
    expect(lintDockerfile(copy).map((finding) => finding.check)).toContain(check);
  });

  it('has been tried on every check', () => {
    expect(DOCKERFILE_CHECKS.filter((check) => !broken.some(([tried]) => tried === check))).toEqual([]);
  });

  it('names the line', () => {
    expect(lintDockerfile(`${dockerfile}\n# said\nADD \\\n  # more\n  a b\n`)).toEqual([
      { check: 'no-add', line: dockerfile.split('\n').length + 2 },
    ]);
  });

  it('reads flags, words that go on, and the words of other stages', () => {
    const [from, copy, run] = instructionsOf(
      'FROM a:1 AS x\nCOPY --from=x --chown=1:1 a b c\nRUN a \\\n\n  b\n',
    );
    expect([from?.text, copy?.flags, copy?.text, run?.text]).toEqual([
      'a:1 AS x',
      ['--from=x', '--chown=1:1'],
      'a b c',
      'a   b',
    ]);
    expect(copy === undefined ? null : contextSourcesOf(copy)).toEqual([]);
  });
});
