import { z } from 'zod';

/** The form of a hash of the tree. */
export const treeHashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'A hash of the Merkle tree over the log (RFC 9162, SHA-256), in hexadecimal.' });

/** The form of a size of the log. */
export const treeSizeSchema = z.int().min(0).meta({ description: 'How many entries the log has.' });

/** The form of a position in the log. */
export const positionSchema = z
  .int()
  .min(0)
  .meta({ description: 'The position of an entry in the log; the first one has 0.' });

/** The form of a checkpoint as it is signed. */
export const checkpointNoteSchema = z.string().meta({
  description:
    'A checkpoint as a signed note (C2SP tlog-checkpoint): the origin, the size and the root of the log, and the Ed25519 signature of the service under them. Keep it far from the service: whatever was changed since shows against it.',
});

/** The form of the answer of `GET /audit/checkpoint`. */
export const checkpointSchema = z
  .strictObject({
    origin: z.string().meta({ description: 'The name of the log, which is the name of its key.' }),
    size: treeSizeSchema,
    root: treeHashSchema,
    checkpoint: checkpointNoteSchema,
    publicKey: z.string().meta({
      description:
        'The key that checks the signature, as C2SP signed-note writes it. Get it once, by a way that you trust, and keep it.',
    }),
  })
  .meta({ description: 'What the log is now, signed.' });
