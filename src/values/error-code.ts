/** The code by which the system or a driver tells what failed, such as `ENOENT`; `unknown` where an error has none. It holds nothing of what was read. */
export const errorCodeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
