import { defineConfig } from 'vitest/config';
import { loudSkips } from './test/support/loud-skips.js';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: process.env.STRICT_TESTS !== '1',
    reporters: ['default', loudSkips()],
  },
});
