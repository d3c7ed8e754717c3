import type { Principal } from '../services/access.js';

/** Every reason for which a credential is refused: words for the log and the measures of the service. Whoever shows it is told none of them. */
export const WHY_REFUSED = [
  'not-a-credential',
  'no-such-key',
  'unknown-issuer',
  'not-a-token',
  'algorithm',
  'signature',
  'signing-key',
  'type',
  'audience',
  'expired',
  'not-yet',
  'lifetime',
  'replayed',
  'client',
  'organisation',
  'claims',
] as const;

/** Why a credential is refused. */
export type Refusal = (typeof WHY_REFUSED)[number];

/** What becomes of a credential: who it is of; that none was shown; that it counts for nothing; or that it cannot be judged now. */
export type Known =
  | { readonly kind: 'known'; readonly principal: Principal }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'refused'; readonly why: Refusal }
  | { readonly kind: 'unavailable'; readonly cause: string };

/** A credential that counts for nothing. */
export const refused = (why: Refusal): Known => ({ kind: 'refused', why });
