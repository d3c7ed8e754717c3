import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.js';

describe('the settings', () => {
  it('have defaults that open the service to this machine only', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: './data',
      rulesDir: './rules',
      logLevel: 'info',
    });
  });

  it('are taken from the environment', () => {
    const environment = {
      HOST: '::1',
      PORT: '0',
      DATA_DIR: '/data',
      RULES_DIR: '/rules',
      LOG_LEVEL: 'debug',
    };
    expect(readConfig({ ...environment, PATH: '/bin' })).toEqual({
      host: '::1',
      port: 0,
      dataDir: '/data',
      rulesDir: '/rules',
      logLevel: 'debug',
    });
  });

  it('can never be changed', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  it.each([
    ['HOST', '0.0.0.0'],
    ['HOST', '::'],
    ['HOST', 'example.org'],
    ['HOST', '127.0.0.1.example.org'],
    ['HOST', ''],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['PORT', ''],
    ['PORT', '1e3'],
    ['DATA_DIR', ''],
    ['RULES_DIR', ''],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'postgres://localhost/x'],
  ])('are refused with %s=%j, in one line that names it', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} [^\n]+$`));
  });
});
