import { BROWSERS } from './browsers.js';
import { DISCOVERY } from './discovery.js';
import { FEEDBACK } from './feedback.js';
import { FHIR_ACCESS } from './fhir-access.js';
import { PREFETCHES } from './prefetches.js';
import { REQUESTS } from './requests.js';
import { RESPONSES } from './responses.js';
import type { Topic } from './row.js';
import { SECURITY } from './security.js';
import { UNSENT } from './unsent.js';

/** Every row, by what it is about, in the order of the page. */
export const TOPICS: readonly Topic[] = [
  DISCOVERY,
  REQUESTS,
  PREFETCHES,
  FHIR_ACCESS,
  RESPONSES,
  UNSENT,
  FEEDBACK,
  SECURITY,
  BROWSERS,
];
