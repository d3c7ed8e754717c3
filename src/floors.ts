import { isBelow } from './values/version-floor.js';

/** What the service runs on, and since when each has what it rests on. The floor of SQLite is asserted where a database is opened. */
const FLOORS = {
  node: { floor: '20.19.0', why: 'packages of the service need what came with it' },
  fastify: { floor: '5.12.8', why: 'earlier ones let bodies pass unread under odd content types' },
} as const;

/** The name of something that has a floor. */
export type Floored = keyof typeof FLOORS;

/** Why the service must not start on a version of something; null where it may. */
export const faultOfVersion = (name: Floored, version: string): string | null => {
  const { floor, why } = FLOORS[name];
  return isBelow(version, floor) ? `${name} ${version} is older than ${floor}: ${why}` : null;
};
