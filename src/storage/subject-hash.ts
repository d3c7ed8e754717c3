import { createHmac } from 'node:crypto';
import type { Ports } from '../services/ports.js';
import { keyFor } from './sealed-bytes.js';

/** The keyed hash of references to patients, under the secret of a service. One patient has another hash in each organisation. */
export const subjectHashUnder = (secret: Buffer): Ports['subjectHash'] => {
  const key = keyFor(secret, 'subjects');
  return (organisation, subject) =>
    createHmac('sha256', key)
      .update(JSON.stringify([organisation, subject]))
      .digest('hex');
};
