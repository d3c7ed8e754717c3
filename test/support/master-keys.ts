import type { Ports } from '../../src/services/ports.js';
import { masterKeyText, newMasterKey, type MasterKey } from '../../src/storage/master-key.js';
import type { MasterKeySource } from '../../src/storage/master-key-source.js';

/** A setting that says a master key itself. */
export const saidBy = (master: MasterKey): MasterKeySource => ({
  kind: 'text',
  setting: 'MASTER_KEY',
  value: masterKeyText(master),
});

/** A new master key, with the setting that says it. */
export const newSaid = (): { readonly master: MasterKey; readonly source: MasterKeySource } => {
  const master = newMasterKey();
  return { master, source: saidBy(master) };
};

/** The texts in which a secret could be seen: as it is, in hexadecimal digits and in base64. */
export const formsOfSecret = (secret: Buffer): readonly string[] => [
  secret.toString('hex'),
  secret.toString('base64').replace(/=+$/, ''),
  secret.toString('base64url'),
  secret.toString('latin1'),
];

/** A setting that says in which file a master key is. */
export const fileSource = (value: string): MasterKeySource => ({
  kind: 'file',
  setting: 'MASTER_KEY_FILE',
  value,
});

/** What the log of a service tells of a change of its master key. */
export type ToldOfMasterKey = {
  readonly event: string;
  readonly to: string;
  readonly before: object;
  readonly by: string;
};

/** What a log tells of master keys, in its order. */
export const toldOfMasterKeys = async ({ log }: Pick<Ports, 'log'>): Promise<readonly ToldOfMasterKey[]> => {
  const entries = await log.slice({ after: -1, limit: 1000, parts: null });
  return entries
    .filter(({ kind }) => kind === 'master-key')
    .map(({ parts }) => JSON.parse(parts['master-key']?.body ?? 'null') as ToldOfMasterKey);
};
