import { z } from 'zod';

/** The form of the answer of a process that lives. */
export const liveSchema = z
  .strictObject({ status: z.literal('live') })
  .meta({ description: 'The process answers.' });

/** The form of the answer of a service that can screen. */
export const readySchema = z
  .strictObject({ status: z.literal('ready') })
  .meta({ description: 'The service can screen now.' });

/** The form of the answer of a service that cannot screen. */
export const notReadySchema = z
  .strictObject({
    status: z.literal('not ready'),
    reason: z.string().meta({ description: 'What is in the way, in words.' }),
  })
  .meta({ description: 'The service cannot screen now.' });
