import type { Topic } from './row.js';

/** The one reason of all rows here. */
const BEING_BUILT = 'Being built: what the prefetch lacks is unknown until then.';

/** What is fetched from the server of the EHR where the prefetch lacks it. */
export const FHIR_ACCESS: Topic = {
  name: 'The FHIR server of the EHR',
  file: 'test/conformance/fhir-access.ts',
  rows: [
    {
      ids: '34',
      says: 'A service can work from the prefetch, and from the server of the EHR.',
      notMet: BEING_BUILT,
    },
    {
      ids: '60',
      says: 'With an address and a token a service may fetch what the prefetch lacks.',
      notMet: BEING_BUILT,
    },
    {
      ids: '61',
      says: 'The token goes with each request to that server.',
      notMet: BEING_BUILT,
    },
  ],
};
