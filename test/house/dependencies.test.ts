import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Package = {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
  readonly inBundle?: boolean;
};

const jsonIn = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const { dependencies, allowScripts } = jsonIn('package.json') as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};

const packages = Object.entries(
  (jsonIn('package-lock.json') as { readonly packages: Readonly<Record<string, Package>> }).packages,
).filter(([path]) => path !== '');

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

const lockedAt: ReadonlyMap<string, Package> = new Map(packages);

/** What a package is verified by: one that comes inside another has no hash of its own, and is a part of what that one's covers. */
const verifiedBy = (path: string): Package | undefined => {
  const locked = lockedAt.get(path);
  const around = path.slice(0, Math.max(path.lastIndexOf('/node_modules/'), 0));
  return locked?.inBundle === true ? verifiedBy(around) : locked;
};

const hasHash = (locked: Package | undefined): boolean => locked?.integrity?.startsWith('sha512-') === true;

const page = readFileSync('docs/dependencies.md', 'utf8');

/** The names in the first column of the first table under a heading; of the page itself where none is given. */
const namesIn = (from: string): readonly string[] =>
  page
    .slice(page.indexOf(from))
    .split('\n## ')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)) ??
  [];

describe('what the service is built on', () => {
  it('is told, package by package, with a reason', () => {
    expect(namesIn('# What').toSorted()).toEqual(Object.keys(dependencies).toSorted());
  });

  it('is of one version each, and not of a range', () => {
    const ranges = Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(ranges).toEqual([]);
  });

  it('comes with a hash, and from no place but the registry', () => {
    const odd = packages.filter(
      ([path, { link, resolved }]) =>
        link === true ||
        !hasHash(verifiedBy(path)) ||
        (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
    );
    expect(odd.map(([path]) => path)).toEqual([]);
    expect(packages.length).toBeGreaterThan(100);
  });

  it('runs no script when it is installed but those that are named', () => {
    const scripted = [
      ...new Set(
        packages
          .filter(([, { hasInstallScript }]) => hasInstallScript === true)
          .map(([path]) => nameOf(path)),
      ),
    ];
    expect(scripted.toSorted()).toEqual(namesIn('Scripts at install').toSorted());
    expect(scripted.toSorted()).toEqual(Object.keys(allowScripts).toSorted());
  });

  it('is not older than what mends known faults', () => {
    const versionOf = (name: string): readonly number[] =>
      (packages.find(([path]) => path === `node_modules/${name}`)?.[1].version ?? '0').split('.').map(Number);
    const [major = 0, minor = 0, patch = 0] = versionOf('fastify');
    expect(major * 1_000_000 + minor * 1_000 + patch).toBeGreaterThanOrEqual(5_012_008);
  });

  it('is the same in the bill of materials as in the lockfile', () => {
    const sbom = JSON.parse(
      execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      }),
    ) as { readonly components: readonly { readonly name: string; readonly version: string }[] };
    const listed = sbom.components.map(({ name, version }) => `${name}@${version}`);
    // What is for other machines stands in the lockfile, and is not installed on this one.
    const locked = packages
      .filter(([path]) => existsSync(path))
      .map(([path, { version = '' }]) => `${nameOf(path)}@${version}`);
    expect([...new Set(listed)].toSorted()).toEqual([...new Set(locked)].toSorted());
  });
});
