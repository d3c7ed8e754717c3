import type { z } from 'zod';
import type { Feedback } from '../../screening/feedback.js';
import type { JsonValue } from '../../values/json.js';
import { failure, success, type Result } from '../../values/result.js';
import { issuesFrom } from '../zod-issues.js';
import { feedbackRequestSchema } from './feedback-schema.js';

type Item = z.infer<typeof feedbackRequestSchema>['feedback'][number];

const readItem = ({
  card,
  outcome,
  outcomeTimestamp,
  acceptedSuggestions = [],
  overrideReason,
}: Item): Feedback => {
  const { reason, userComment = null } = overrideReason ?? {};
  const { system = null, code, display = null } = reason ?? {};
  return {
    card: card.toLowerCase(),
    outcome,
    at: outcomeTimestamp,
    suggestions: acceptedSuggestions.map(({ id }) => id),
    reason: code === undefined ? null : { system, code, display },
    comment: userComment,
  };
};

/** Reads what clinicians made of cards, or every fault in it at once. */
export const readFeedback = (received: JsonValue): Result<readonly Feedback[]> => {
  const parsed = feedbackRequestSchema.safeParse(received, { reportInput: true });
  return parsed.success
    ? success(parsed.data.feedback.map(readItem))
    : failure(issuesFrom(parsed.error, 'feedback'));
};
