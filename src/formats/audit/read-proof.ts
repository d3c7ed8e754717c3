import type { z } from 'zod';
import type { JsonValue } from '../../values/json.js';
import { consistencyProofSchema, inclusionProofSchema } from './proof-schema.js';
import { partsRead, type PartsRead } from './read-export.js';

/** A proof as it was read. Whether it holds is another question. */
export type ProofRead =
  | ({ readonly kind: 'inclusion'; readonly parts: PartsRead | null } & Omit<
      z.infer<typeof inclusionProofSchema>,
      'form' | 'parts'
    >)
  | ({ readonly kind: 'consistency' } & Omit<z.infer<typeof consistencyProofSchema>, 'form'>);

/** Reads a proof; null where it has the form of none. */
export const readProof = (json: JsonValue): ProofRead | null => {
  const inclusion = inclusionProofSchema.safeParse(json);
  if (inclusion.success)
    return { ...inclusion.data, kind: 'inclusion', parts: partsRead(inclusion.data.parts) };
  const consistency = consistencyProofSchema.safeParse(json);
  return consistency.success ? { ...consistency.data, kind: 'consistency' } : null;
};
