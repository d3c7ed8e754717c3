import { z } from 'zod';
import { checkpointNoteSchema, positionSchema, treeHashSchema, treeSizeSchema } from './checkpoint-schema.js';
import { leafSchema, openedPartSchema } from './proof-schema.js';

/** The name of the form of an export. Another form would have another name. */
export const EXPORT_FORM = 'ketamine-screening/export/1';

const countSchema = z.int().min(0);

/** The form of the first line of an export. */
export const exportHeadSchema = z
  .strictObject({
    form: z.literal(EXPORT_FORM),
    origin: z.string().meta({ description: 'The name of the log.' }),
    organisation: z.string().meta({ description: 'The organisation whose entries are opened.' }),
    from: countSchema.meta({ description: 'The position of the first entry of this export.' }),
    size: treeSizeSchema.meta({
      description: 'The size of the log that is exported: entries that came later are no part of it.',
    }),
  })
  .meta({ description: 'The first line of an export.' });

/** The form of the line of an entry. */
export const exportEntrySchema = z
  .strictObject({
    position: positionSchema,
    leafHash: treeHashSchema,
    leaf: leafSchema.optional(),
    parts: z.record(z.string(), openedPartSchema).nullable().optional().meta({
      description: 'What was committed to, opened; null where it was erased. It is there where `leaf` is.',
    }),
  })
  .refine(({ leaf, parts }) => (leaf === undefined) === (parts === undefined), {
    error: 'a line has both `leaf` and `parts`, or neither',
  })
  .meta({
    description:
      'An entry. Of one that belongs to another organisation there is the hash alone: it says nothing of the entry, and the tree needs it.',
  });

/** The form of the last line of an export. */
export const exportEndSchema = z
  .strictObject({
    end: z.literal(true),
    complete: z.boolean(),
    entries: countSchema.meta({ description: 'How many entries this export has.' }),
    opened: countSchema.meta({ description: 'How many of them belong to the organisation, or to no one.' }),
    checkpoint: checkpointNoteSchema.nullable().meta({
      description: 'The checkpoint of `size`; null where the export is not complete.',
    }),
    problem: z.string().nullable().meta({
      description: 'The `type` of the problem that ended it; null where it is complete.',
    }),
  })
  .meta({
    description:
      'The last line of an export. Where it is missing the answer was cut; where it is not complete, ask for the rest from the next position on with the same `size`.',
  });

/** The form of a line of an export. */
export const exportLineSchema = z
  .union([exportHeadSchema, exportEntrySchema, exportEndSchema])
  .meta({ description: 'A line of an export: its head, an entry, or its end.' });
