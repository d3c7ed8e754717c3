/**
 * Appends one step to a JSON Pointer (RFC 6901), escaping `~` and `/`.
 * @param pointer where we are, `''` for the root
 * @param step    a key, or an index of an array
 */
export const pointerTo = (pointer: string, step: string | number): string =>
  `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
