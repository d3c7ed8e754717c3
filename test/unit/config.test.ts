import { describe, expect, it } from 'vitest';
import { ConfigError, isLoopback, masterKeySourceIn, readConfig } from '../../src/config.js';
import { writeVerifierKey } from '../../src/log/verifier-key.js';
import { masterKeyText, newMasterKey } from '../../src/storage/master-key.js';
import { keyOf, signerNo } from '../support/note-signers.js';

const KEY = writeVerifierKey(keyOf(signerNo(1)));

const MASTER = masterKeyText(newMasterKey());

describe('the settings', () => {
  it('have defaults that open the service to this machine only', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      tlsEndsInFront: false,
      tlsFiles: null,
      issuers: [],
      cdsClients: [],
      corsOrigins: [],
      publicUrl: null,
      fhirServers: [],
      requestsPerMinute: 6_000,
      port: 3000,
      dataDir: './data',
      rulesDir: './rules',
      terminologyDir: null,
      releaseKey: null,
      checkpointFile: null,
      retentionDays: null,
      masterKey: null,
      logLevel: 'info',
    });
  });

  it('are taken from the environment', () => {
    const environment = {
      HOST: '::1',
      TLS_ENDS_IN_FRONT: 'true',
      TLS_CERT_FILE: '/tls/cert.pem',
      TLS_KEY_FILE: '/tls/key.pem',
      TOKEN_ISSUERS_FILE: 'examples/token-issuers.json',
      CORS_ORIGINS: 'https://intake.example, http://localhost:8080',
      PUBLIC_URL: 'https://screening.example/a',
      FHIR_SERVERS: 'https://ehr.example/r4/, http://127.0.0.1:8080/fhir',
      REQUESTS_PER_MINUTE: '60',
      PORT: '0',
      DATA_DIR: '/data',
      RULES_DIR: '/rules',
      TERMINOLOGY_DIR: '/terminology',
      RELEASE_KEY: KEY,
      CHECKPOINT_FILE: '/kept/checkpoints',
      RETENTION_DAYS: '3000',
      MASTER_KEY_FILE: '/kept/master.key',
      LOG_LEVEL: 'debug',
    };
    const { releaseKey, issuers, ...config } = readConfig({ ...environment, PATH: '/bin' });
    expect(releaseKey === null ? null : writeVerifierKey(releaseKey)).toBe(KEY);
    expect(issuers.map(({ name }) => name)).toEqual(['id']);
    expect(config).toEqual({
      host: '::1',
      tlsEndsInFront: true,
      tlsFiles: { certFile: '/tls/cert.pem', keyFile: '/tls/key.pem' },
      cdsClients: [],
      corsOrigins: ['https://intake.example', 'http://localhost:8080'],
      publicUrl: 'https://screening.example/a',
      fhirServers: ['https://ehr.example/r4', 'http://127.0.0.1:8080/fhir'],
      requestsPerMinute: 60,
      port: 0,
      dataDir: '/data',
      rulesDir: '/rules',
      terminologyDir: '/terminology',
      checkpointFile: '/kept/checkpoints',
      retentionDays: 3000,
      masterKey: { kind: 'file', setting: 'MASTER_KEY_FILE', value: '/kept/master.key' },
      logLevel: 'debug',
    });
  });

  it.each(['0.0.0.0', '::', 'example.org', '127.0.0.1.example.org', '127.0.0.2', ''])(
    'name an address that others can reach: %j',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );

  it('can never be changed', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  it.each([
    ['HOST', ''],
    ['TLS_ENDS_IN_FRONT', 'yes'],
    ['TLS_CERT_FILE', ''],
    ['TLS_KEY_FILE', ''],
    ['TOKEN_ISSUERS_FILE', ''],
    ['TOKEN_ISSUERS_FILE', '/nowhere.json'],
    ['CORS_ORIGINS', ''],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'https://intake.example/'],
    ['CORS_ORIGINS', 'https://intake.example,'],
    ['CORS_ORIGINS', 'intake.example'],
    ['CORS_ORIGINS', 'file:///etc'],
    ['REQUESTS_PER_MINUTE', '0'],
    ['REQUESTS_PER_MINUTE', '1e3'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['PORT', ''],
    ['PORT', '1e3'],
    ['DATA_DIR', ''],
    ['RULES_DIR', ''],
    ['TERMINOLOGY_DIR', ''],
    ['RELEASE_KEY', ''],
    ['RELEASE_KEY', 'release.example'],
    ['RELEASE_KEY', `${KEY} `],
    ['RELEASE_KEY', KEY.replace('log.', 'lag.')],
    ['RELEASE_KEY', KEY.slice(0, -4)],
    ['CHECKPOINT_FILE', ''],
    ['RETENTION_DAYS', '0'],
    ['RETENTION_DAYS', '1.5'],
    ['RETENTION_DAYS', '1000000'],
    ['MASTER_KEY', ''],
    ['MASTER_KEY', 'secret'],
    ['MASTER_KEY', MASTER.slice(0, -1)],
    ['MASTER_KEY_FILE', ''],
    ['MASTER_KEY_COMMAND', ' '],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'postgres://localhost/x'],
  ])('are refused with %s=%j, in one line that names it', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} [^\n]+$`));
  });
});

describe('where the master key comes from', () => {
  it('is said by one setting, and by none it is in the data folder', () => {
    expect(masterKeySourceIn({}, 'MASTER_KEY')).toBeNull();
    for (const [kind, setting, value] of [
      ['text', 'MASTER_KEY', MASTER],
      ['file', 'MASTER_KEY_FILE', '/kept/key'],
      ['command', 'MASTER_KEY_COMMAND', 'print-key --now'],
    ] as const)
      expect(masterKeySourceIn({ [setting]: value }, 'MASTER_KEY')).toEqual({ kind, setting, value });
  });

  it('is not said twice, and the fault names both settings', () => {
    const all = { MASTER_KEY: MASTER, MASTER_KEY_FILE: 'a', MASTER_KEY_COMMAND: 'b' };
    for (const [one, two] of [
      ['MASTER_KEY', 'MASTER_KEY_FILE'],
      ['MASTER_KEY', 'MASTER_KEY_COMMAND'],
      ['MASTER_KEY_FILE', 'MASTER_KEY_COMMAND'],
    ] as const)
      expect(() => readConfig({ [one]: all[one], [two]: all[two] })).toThrow(
        new RegExp(`^${one} and ${two} are set[^\n]+$`),
      );
    expect(() => readConfig(all)).toThrow(/^MASTER_KEY and MASTER_KEY_FILE and MASTER_KEY_COMMAND are set/);
  });

  it('is told apart from where the next one comes from', () => {
    const environment = { MASTER_KEY_FILE: 'a', NEXT_MASTER_KEY_COMMAND: 'b' };
    expect(masterKeySourceIn(environment, 'MASTER_KEY')?.value).toBe('a');
    expect(masterKeySourceIn(environment, 'NEXT_MASTER_KEY')).toEqual({
      kind: 'command',
      setting: 'NEXT_MASTER_KEY_COMMAND',
      value: 'b',
    });
  });

  it('is never told with a part of the key', () => {
    for (const wrong of [MASTER.slice(0, -1), `${MASTER}x`, MASTER.slice(5)]) {
      const message = /^(?:(?!ksm1_).)*$/;
      expect(() => readConfig({ MASTER_KEY: wrong })).toThrow(message);
      expect(() => readConfig({ MASTER_KEY: wrong })).not.toThrow(wrong.slice(8, 20));
    }
  });

  it.each([
    '',
    'screening.example',
    'https://a/',
    'https://a/b/',
    'ftp://a',
    'https://u:p@a',
    'https://a?b',
    'https://A',
  ])('name no address of its own: %j', (url) => {
    expect(() => readConfig({ PUBLIC_URL: url })).toThrow(/^PUBLIC_URL must be/);
  });

  it.each([
    '',
    'ehr.example',
    'http://ehr.example/r4',
    'https://u:p@ehr.example/r4',
    'https://ehr.example/r4?a=b',
    'https://ehr.example/r4//',
    'https://ehr.example/a/../r4',
    'https://EHR.example/r4',
    'https://a.example,',
    '*',
  ])('name no FHIR server that may be asked: %j', (servers) => {
    expect(() => readConfig({ FHIR_SERVERS: servers })).toThrow(/^FHIR_SERVERS must be/);
  });
});
