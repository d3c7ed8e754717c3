import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readIssuers } from '../../src/issuers.js';

const GOOD = {
  name: 'id',
  issuer: 'https://id.example.org',
  jwksUri: 'https://id.example.org/jwks',
  audience: 'https://screening.example.org',
  algorithms: ['ES256'],
  organisation: { always: 'clinic-a' },
  grants: ['screen'],
};

const read = (...issuers: readonly unknown[]) => readIssuers(Buffer.from(JSON.stringify({ issuers })));

const without = (name: keyof typeof GOOD): unknown =>
  Object.fromEntries(Object.entries(GOOD).filter(([other]) => other !== name));

describe('the file that tells of issuers', () => {
  it('is read, and what it leaves out is the strict choice', () => {
    const found = read(GOOD);
    expect(found).toEqual({
      ok: true,
      issuers: [
        { ...GOOD, types: ['at+jwt'], maxLifetimeSeconds: 3_600, clientClaim: 'client_id', renames: {} },
      ],
    });
  });

  it('is read as the example has it', () => {
    expect(readIssuers(readFileSync('examples/token-issuers.json')).ok).toBe(true);
  });

  it.each(Object.keys(GOOD) as (keyof typeof GOOD)[])('is refused where it leaves out %s', (name) => {
    expect(read(without(name))).toEqual({
      ok: false,
      fault: expect.stringContaining(`/issuers/0/${name}`) as string,
    });
  });

  it.each<readonly [string, object]>([
    ['name', { name: 'a b' }],
    ['name', { name: 'a:b' }],
    ['issuer', { issuer: 'id' }],
    ['issuer', { issuer: 'http://id.example.org' }],
    ['jwksUri', { jwksUri: 'http://id.example.org/jwks' }],
    ['jwksUri', { jwksUri: 'http://127.0.0.1.example.org/jwks' }],
    ['jwksUri', { jwksUri: 'file:///etc/passwd' }],
    ['jwksUri', { jwksUri: 'https://user:word@id.example.org/jwks' }],
    ['audience', { audience: '' }],
    ['algorithms', { algorithms: [] }],
    ['algorithms', { algorithms: ['none'] }],
    ['algorithms', { algorithms: ['HS256'] }],
    ['algorithms', { algorithms: ['ES256', 'hs512'] }],
    ['types', { types: [] }],
    ['types', { types: ['AT+JWT'] }],
    ['maxLifetimeSeconds', { maxLifetimeSeconds: 0 }],
    ['maxLifetimeSeconds', { maxLifetimeSeconds: 86_401 }],
    ['maxLifetimeSeconds', { maxLifetimeSeconds: '60' }],
    ['organisation', { organisation: 'clinic-a' }],
    ['organisation', { organisation: { always: 'service' } }],
    ['organisation', { organisation: { claim: 'organisation', among: [] } }],
    ['organisation', { organisation: { claim: 'organisation' } }],
    ['organisation', { organisation: { always: 'a', claim: 'b', among: ['c'] } }],
    ['grants', { grants: [] }],
    ['grants', { grants: ['everything'] }],
    ['renames', { renames: { 'system/*.rs': ['everything'] } }],
    ['', { audiences: ['x'] }],
  ])('is refused where %s cannot be meant: %j', (name, change) => {
    expect(read({ ...GOOD, ...change })).toEqual({
      ok: false,
      fault: expect.stringContaining(`/issuers/0${name === '' ? '' : `/${name}`}`) as string,
    });
  });

  it('is refused where it names nobody, or somebody twice', () => {
    const other = { ...GOOD, issuer: 'https://other.example.org' };
    expect(read().ok).toBe(false);
    expect(read(GOOD, other).ok).toBe(false);
    expect(read(GOOD, { ...GOOD, name: 'two' }).ok).toBe(false);
    expect(read(GOOD, { ...other, name: 'two' }).ok).toBe(true);
  });

  it.each(['', '{', '[]', '{"issuers":[],"issuers":[]}', '{"issuers":[]}{}'])(
    'is refused where it is no such file: %j',
    (text) => {
      expect(readIssuers(Buffer.from(text)).ok).toBe(false);
    },
  );
});
