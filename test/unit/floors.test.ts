import { describe, expect, it } from 'vitest';
import { faultOfVersion } from '../../src/floors.js';
import { isBelow } from '../../src/values/version-floor.js';

describe('a version', () => {
  it.each([
    ['3.51.2', '3.51.3', true],
    ['3.51.3', '3.51.3', false],
    ['3.51.4', '3.51.3', false],
    ['3.9.9', '3.51.3', true],
    ['3.100.0', '3.51.3', false],
    ['2.99.99', '3.51.3', true],
    ['4.0.0', '3.51.3', false],
    ['3.51', '3.51.3', true],
    ['3.51.3.1', '3.51.3', false],
    ['5.12.8-rc.1', '5.12.8', false],
    ['', '3.51.3', true],
    ['unknown', '3.51.3', true],
  ])('%s is below %s: %s', (version, floor, below) => {
    expect(isBelow(version, floor)).toBe(below);
  });
});

describe('the floors of the service', () => {
  it.each([
    ['node', '18.20.4'],
    ['node', '20.18.3'],
    ['fastify', '5.12.7'],
    ['fastify', '4.29.1'],
  ] as const)('stop a start on %s %s, and say why', (name, version) => {
    expect(faultOfVersion(name, version)).toMatch(new RegExp(`^${name} ${version} is older than [^\n]+$`));
  });

  it.each([
    ['node', '20.19.0'],
    ['node', process.versions.node],
    ['fastify', '5.12.8'],
    ['fastify', '5.13.0'],
  ] as const)('let it start on %s %s', (name, version) => {
    expect(faultOfVersion(name, version)).toBeNull();
  });
});
