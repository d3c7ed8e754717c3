/**
 * The version of the engine, as every answer names it: what the rule language means. It changes when a rule could evaluate to something
 * else, and is kept apart from the versions of the package and of the rule sets. What each version has decided is kept (`npm run decisions:record`), and
 * no later one may decide it otherwise.
 */
export const ENGINE_VERSION = '1.0.0';
