import type { MasterKey } from './master-key.js';
import { keyFor, openBytes, sealBytes } from './sealed-bytes.js';

/*
 * A sealed key is a text: a line that names its form, and then a line for each master key that opens it, with the id of that master key and what it sealed.
 * While a master key is changed there are two such lines, so that no moment is without a key that opens everything.
 */

/** What one master key sealed. */
export type Seal = { readonly master: string; readonly sealed: Buffer };

const FORM = 'ketamine-screening sealed key';

const HEAD = `${FORM} 1\n`;

const LINES = /^(?:[0-9a-f]{16} [A-Za-z0-9+/]+={0,2}\n)+$/;

/** Whether a text says that it is a sealed key, of this form or of another. */
export const isSealed = (text: string): boolean => text.startsWith(FORM);

const sealOf = (line: string): Seal => {
  const [master = '', encoded = ''] = line.split(' ');
  return { master, sealed: Buffer.from(encoded, 'base64') };
};

/** The text of a sealed key. */
export const writeSeals = (seals: readonly Seal[]): string =>
  HEAD + seals.map(({ master, sealed }) => `${master} ${sealed.toString('base64')}\n`).join('');

/** Reads a sealed key; null where not every character of it is as it is written. */
export const readSeals = (text: string): readonly Seal[] | null => {
  const lines = text.slice(HEAD.length);
  if (!LINES.test(lines)) return null;
  const seals = lines.trimEnd().split('\n').map(sealOf);
  return writeSeals(seals) === text ? seals : null;
};

const placeOf = ({ id }: MasterKey, name: string): string => `${name} under ${id}`;

const sealingKey = ({ key }: MasterKey, name: string): Buffer => keyFor(key, `seal of ${name}`);

/** Seals a key under a master key, for one file alone. @param name of the file @param plain the key as it would lie there in plain */
export const sealKey = (master: MasterKey, name: string, plain: string): Seal => ({
  master: master.id,
  sealed: sealBytes(sealingKey(master, name), placeOf(master, name), Buffer.from(plain)),
});

/** Opens what a master key sealed for a file; null where it was changed, or is of another file or master key. */
export const openSeal = (master: MasterKey, name: string, { sealed }: Seal): string | null =>
  openBytes(sealingKey(master, name), placeOf(master, name), sealed)?.toString() ?? null;
