import type { AuditFault } from './audit-fault.js';
import { commitmentTo, type SaltedPart } from './commitment.js';
import { leafTextOf, type Leaf } from './leaf.js';
import { leafHashOf } from './merkle-tree.js';

/** The opened parts of a payload, by name. */
export type OpenedParts = Readonly<Record<string, SaltedPart>>;

/** An entry as it is doubted: the hash that stands for it in the tree, what the log says of it, and its payload; null where that is not kept. */
export type DoubtedEntry = {
  readonly leafHash: string;
  readonly leaf: Leaf;
  readonly parts: OpenedParts | null;
};

const partFault = (
  { position, commitments }: Leaf,
  name: string,
  part: SaltedPart | undefined,
): readonly AuditFault[] => {
  const commitment = Object.hasOwn(commitments, name) ? commitments[name] : undefined;
  if (commitment === undefined)
    return [{ position, code: 'part-unexpected', detail: `the log commits to no part \`${name}\`` }];
  if (part === undefined)
    return [{ position, code: 'part-missing', detail: `the part \`${name}\` is not there` }];
  return commitmentTo(part) === commitment
    ? []
    : [{ position, code: 'part-changed', detail: `the part \`${name}\` is not what the log committed to` }];
};

/** Everything in which a payload is not what the log committed to. */
const partFaults = (leaf: Leaf, parts: OpenedParts): readonly AuditFault[] =>
  [...new Set([...Object.keys(leaf.commitments), ...Object.keys(parts)])].flatMap((name) =>
    partFault(leaf, name, Object.hasOwn(parts, name) ? parts[name] : undefined),
  );

/** Whether the hash in the tree stands for something else than what the log says of the entry. */
const leafFaults = ({ leafHash, leaf }: Pick<DoubtedEntry, 'leafHash' | 'leaf'>): readonly AuditFault[] =>
  leafHashOf(leafTextOf(leaf)) === leafHash
    ? []
    : [
        {
          position: leaf.position,
          code: 'leaf-changed',
          detail: 'what the log says of the entry is not what stands in the tree',
        },
      ];

/** Everything that is wrong with an entry in itself. Where its payload is not kept, that is not judged here. */
export const entryFaults = (entry: DoubtedEntry): readonly AuditFault[] => [
  ...leafFaults(entry),
  ...(entry.parts === null ? [] : partFaults(entry.leaf, entry.parts)),
];
