import { writeAnswer } from '../../src/formats/intake/write-answer.js';
import { screen } from '../../src/screening/screen.js';
import type { JsonObject } from '../../src/values/json.js';
import type { Case } from '../support/generate-case.js';

/** The answer to a case, with an id and a time that are always the same. */
export const answerTo = ({ ruleSet, facts, asOf, read }: Case): JsonObject =>
  writeAnswer({
    id: '0197f3c2-0000-7000-8000-000000000000',
    subject: null,
    supersedes: null,
    asOf,
    evaluatedAt: { epochMs: 0, offsetMinutes: 0 },
    retrospective: false,
    ruleSet,
    approval: 'nobody',
    engine: '1.0.0',
    unmapped: read.unmapped,
    dataQuality: read.dataQuality,
    screening: screen(ruleSet.body, facts, asOf),
  });
