import { z } from 'zod';

/** What must come of a patient. Of `missing`, null is not compared; `answersAtMost` bounds the questions up to a final verdict. */
const expectationSchema = z.strictObject({
  verdict: z.enum(['eligible', 'review', 'incomplete', 'ineligible']),
  reasons: z.array(z.string().min(1)),
  precautions: z.array(z.string().min(1)),
  missing: z.array(z.string().min(1)).nullable(),
  answersAtMost: z.int().min(0).exactOptional(),
});

/** The form of a file that holds a whole patient: an intake as it is sent, with a story for readers and what must come of it. */
export const patientFileSchema = z.strictObject({
  name: z.string().min(1).exactOptional(),
  story: z.string().min(20).exactOptional(),
  intake: z.record(z.string(), z.json()),
  expect: expectationSchema.exactOptional(),
});

/** What must come of a patient: the verdict, the ids of its reasons and precautions in order, and the facts that are missing. */
export type Expectation = z.infer<typeof expectationSchema>;
