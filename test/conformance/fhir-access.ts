import { expect } from 'vitest';
import { anEhr } from '../support/fhir-server.js';
import { appFor, decidedBy, TOKEN, WELL } from '../support/hook-fetch.js';
import type { Topic } from './row.js';

const DEPTH = 'test/contract/http-cds-fetch.test.ts';

/** What is fetched from the server of the EHR where the prefetch lacks it. */
export const FHIR_ACCESS: Topic = {
  name: 'The FHIR server of the EHR',
  file: 'test/conformance/fhir-access.ts',
  rows: [
    {
      ids: '34',
      says: 'A service can work from the prefetch, and from the server of the EHR.',
      also: DEPTH,
      shows: async () => {
        const ehr = await anEhr(WELL);
        expect((await decidedBy(await appFor(ehr), ehr)).verdict).toBe('eligible');
      },
    },
    {
      ids: '60',
      says: 'With an address and a token a service may fetch what the prefetch lacks, from the servers that are listed.',
      also: 'test/contract/http-cds-fetch-faults.test.ts',
      shows: async () => {
        const ehr = await anEhr(WELL);
        const [patient] = WELL;
        const app = await appFor(ehr);
        const other = await anEhr(WELL);
        await decidedBy(app, ehr, { patient: patient ?? null });
        const paths = ehr.asked.map(({ path }) => path);
        expect(paths.some((path) => path.startsWith('Condition?'))).toBe(true);
        expect(paths.some((path) => path.startsWith('Patient/'))).toBe(false);
        await decidedBy(app, other, { patient: patient ?? null });
        expect(other.asked).toEqual([]);
      },
    },
    {
      ids: '61',
      says: 'The token goes with each request to that server.',
      also: DEPTH,
      shows: async () => {
        const ehr = await anEhr(WELL);
        await decidedBy(await appFor(ehr), ehr);
        expect(ehr.asked.length).toBeGreaterThan(20);
        expect(new Set(ehr.asked.map(({ authorization }) => authorization))).toEqual(
          new Set([`Bearer ${TOKEN}`]),
        );
      },
    },
  ],
};
