import { join } from 'node:path';

/** The file of the embedded database in a data folder. */
export const databaseFileIn = (dataDir: string): string => join(dataDir, 'ketamine-screening.db');
