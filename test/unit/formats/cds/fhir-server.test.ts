import { describe, expect, it } from 'vitest';
import { serverNamedIn } from '../../../../src/formats/cds/fhir-server.js';
import type { JsonValue } from '../../../../src/values/json.js';

const BASE = 'https://ehr.example/r4';

const token = { access_token: 'a.b-c_d~e+f/g==', token_type: 'Bearer' };

const kindOf = (fhirServer: JsonValue, fhirAuthorization: JsonValue = token): string => {
  const named = serverNamedIn({ fhirServer, fhirAuthorization }, [BASE]);
  return named.kind === 'not-asked' ? named.why : named.kind;
};

describe('the FHIR server of a call', () => {
  it('may be asked where it is listed to the letter, but for one slash at its end', () => {
    expect(serverNamedIn({ fhirServer: BASE, fhirAuthorization: token }, [BASE])).toEqual({
      kind: 'may-be-asked',
      server: { base: BASE, token: token.access_token },
    });
    expect(kindOf(`${BASE}/`)).toBe('may-be-asked');
    expect(kindOf(BASE, { ...token, token_type: 'bearer' })).toBe('may-be-asked');
  });

  it.each([
    `${BASE}//`,
    `${BASE}/Patient`,
    `${BASE}?a`,
    `${BASE}#a`,
    ` ${BASE}`,
    'https://EHR.example/r4',
    'https://ehr.example',
    'http://ehr.example/r4',
    'https://ehr.example:443/r4',
    'https://ehr.example/r4/../r4',
  ])('is not asked where it is not listed: %j', (base) => {
    expect(kindOf(base)).toBe('not-listed');
  });

  it('is not asked where none is listed', () => {
    expect(serverNamedIn({ fhirServer: BASE }, [])).toEqual({ kind: 'not-asked', why: 'not-listed' });
  });

  it.each([null, 7, '', [], {}])('is none where there is no address: %j', (base) => {
    expect(kindOf(base)).toBe('none');
  });

  it('is asked without a token where none is sent', () => {
    expect(serverNamedIn({ fhirServer: BASE }, [BASE])).toEqual({
      kind: 'may-be-asked',
      server: { base: BASE, token: null },
    });
  });

  it.each([
    'Bearer x',
    [],
    {},
    { access_token: 'x' },
    { ...token, token_type: 'MAC' },
    { ...token, token_type: ' Bearer' },
    { ...token, access_token: '' },
    { ...token, access_token: 'a b' },
    { ...token, access_token: 'a\r\nb' },
    { ...token, access_token: 'a\u00e9' },
    { ...token, access_token: 7 },
  ])('is not asked with an authorization that is no bearer token: %j', (authorization) => {
    expect(kindOf(BASE, authorization)).toBe('no-bearer-token');
  });
});
