import { z } from 'zod';

/** What a closed list of words is about, and what each of them means, as a list in Markdown. */
export const describeWords = (what: string, meanings: Readonly<Record<string, string>>): string =>
  [what, ...Object.entries(meanings).map(([word, meaning]) => `- \`${word}\`: ${meaning}`)].join('\n');

/**
 * The form of a closed list of words, each with what it means. The words are the keys of a record, so that the compiler misses none of those
 * that a type allows.
 * @param what what the words are about, in one sentence
 */
export const wordsOf = (what: string, meanings: Readonly<Record<string, string>>): z.ZodEnum =>
  z.enum(Object.keys(meanings)).meta({ description: describeWords(what, meanings) });
