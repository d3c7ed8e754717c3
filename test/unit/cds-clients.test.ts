import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { readCdsClients } from '../../src/issuers.js';

const KEY = { kty: 'EC', crv: 'P-384', kid: 'a', x: 'AA', y: 'AA' };

const GOOD = {
  name: 'ehr',
  issuer: 'https://ehr.example.org',
  organisation: 'clinic-a',
  jwks: { keys: [KEY] },
};

const read = (...clients: readonly unknown[]) => readCdsClients(Buffer.from(JSON.stringify({ clients })));

describe('the file that tells of clients of CDS services (2.5)', () => {
  it('is read, and what it leaves out is the strict choice', () => {
    expect(read(GOOD)).toEqual({
      ok: true,
      clients: [
        {
          ...GOOD,
          jwksUris: [],
          algorithms: ['ES384', 'RS384'],
          audiences: [],
          maxLifetimeSeconds: 3_600,
          clockSkewSeconds: 60,
          tenants: null,
        },
      ],
    });
  });

  it('is read as the example has it', () => {
    expect(readCdsClients(readFileSync('examples/cds-clients.json')).ok).toBe(true);
  });

  it.each<readonly [string, object]>([
    ['name', { name: 'a b' }],
    ['issuer', { issuer: 'http://ehr.example.org' }],
    ['organisation', { organisation: 'service' }],
    ['algorithms', { algorithms: ['HS384'] }],
    ['algorithms', { algorithms: ['none'] }],
    ['algorithms', { algorithms: [] }],
    ['jwksUris', { jwksUris: ['http://ehr.example.org/jwks'] }],
    ['jwks', { jwks: { keys: [] } }],
    ['jwks', { jwks: { keys: [{ ...KEY, d: 'AA' }] } }],
    ['jwks', { jwks: { keys: [{ kty: 'oct', k: 'AA' }] } }],
    ['tenants', { tenants: [] }],
    ['clockSkewSeconds', { clockSkewSeconds: 3_600 }],
    ['maxLifetimeSeconds', { maxLifetimeSeconds: 86_401 }],
    ['', { jwks: null }],
    ['', { more: 1 }],
  ])('is refused where it has another %s: %j', (place, change) => {
    expect(read({ ...GOOD, ...change })).toEqual({
      ok: false,
      fault: expect.stringContaining(`/clients/0${place === '' ? '' : `/${place}`}`) as string,
    });
  });

  it('is refused where it names a client twice, or none', () => {
    expect(read(GOOD, { ...GOOD, name: 'other' }).ok).toBe(false);
    expect(read().ok).toBe(false);
  });

  it('is of no use without the address that clients sign for', () => {
    const CDS_CLIENTS_FILE = 'examples/cds-clients.json';
    expect(() => readConfig({ CDS_CLIENTS_FILE })).toThrow(/^PUBLIC_URL must be set too/);
    expect(readConfig({ CDS_CLIENTS_FILE, PUBLIC_URL: 'https://a.example' }).cdsClients).toHaveLength(1);
    expect(() => readConfig({ CDS_CLIENTS_FILE: 'no-such-file' })).toThrow(
      /^CDS_CLIENTS_FILE cannot be read/,
    );
  });
});
