import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const YEAR_SECONDS = 31_536_000;

/**
 * Tells browsers with each answer what they must not do with it: guess its type, show it in a frame, load anything because of it; and, where what is sent is protected, to come
 * back no other way. The pages of the API reference have a policy of their own.
 */
export const sendSafeHeaders = async (app: FastifyInstance, isProtected: boolean): Promise<void> => {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isProtected ? { maxAge: YEAR_SECONDS, includeSubDomains: false } : false,
  });
};
