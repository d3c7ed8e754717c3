import type { Principal } from '../services/access.js';

/** Why a credential is refused: a word for the log of the service. Whoever shows it is told none of them. */
export type Refusal =
  | 'not-a-credential'
  | 'no-such-key'
  | 'unknown-issuer'
  | 'not-a-token'
  | 'algorithm'
  | 'signature'
  | 'signing-key'
  | 'type'
  | 'audience'
  | 'expired'
  | 'not-yet'
  | 'lifetime'
  | 'client'
  | 'organisation'
  | 'claims';

/** What becomes of a credential: who it is of; that none was shown; that it counts for nothing; or that it cannot be judged now. */
export type Known =
  | { readonly kind: 'known'; readonly principal: Principal }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'refused'; readonly why: Refusal }
  | { readonly kind: 'unavailable'; readonly cause: string };

/** A credential that counts for nothing. */
export const refused = (why: Refusal): Known => ({ kind: 'refused', why });
