import { describe, expect, it } from 'vitest';
import { ConfigError, isLoopback, readConfig } from '../../src/config.js';
import { writeVerifierKey } from '../../src/log/verifier-key.js';
import { keyOf, signerNo } from '../support/note-signers.js';

const KEY = writeVerifierKey(keyOf(signerNo(1)));

describe('the settings', () => {
  it('have defaults that open the service to this machine only', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      tlsEndsInFront: false,
      port: 3000,
      dataDir: './data',
      rulesDir: './rules',
      releaseKey: null,
      checkpointFile: null,
      retentionDays: null,
      logLevel: 'info',
    });
  });

  it('are taken from the environment', () => {
    const environment = {
      HOST: '::1',
      TLS_ENDS_IN_FRONT: 'true',
      PORT: '0',
      DATA_DIR: '/data',
      RULES_DIR: '/rules',
      RELEASE_KEY: KEY,
      CHECKPOINT_FILE: '/kept/checkpoints',
      RETENTION_DAYS: '3000',
      LOG_LEVEL: 'debug',
    };
    const { releaseKey, ...config } = readConfig({ ...environment, PATH: '/bin' });
    expect(releaseKey === null ? null : writeVerifierKey(releaseKey)).toBe(KEY);
    expect(config).toEqual({
      host: '::1',
      tlsEndsInFront: true,
      port: 0,
      dataDir: '/data',
      rulesDir: '/rules',
      checkpointFile: '/kept/checkpoints',
      retentionDays: 3000,
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
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['PORT', ''],
    ['PORT', '1e3'],
    ['DATA_DIR', ''],
    ['RULES_DIR', ''],
    ['RELEASE_KEY', ''],
    ['RELEASE_KEY', 'release.example'],
    ['RELEASE_KEY', `${KEY} `],
    ['RELEASE_KEY', KEY.replace('log.', 'lag.')],
    ['RELEASE_KEY', KEY.slice(0, -4)],
    ['CHECKPOINT_FILE', ''],
    ['RETENTION_DAYS', '0'],
    ['RETENTION_DAYS', '1.5'],
    ['RETENTION_DAYS', '1000000'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'postgres://localhost/x'],
  ])('are refused with %s=%j, in one line that names it', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} [^\n]+$`));
  });
});
