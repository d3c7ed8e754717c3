import { z } from 'zod';

/** What a closed list of words is about, and what each of them means, as a list in Markdown. */
export const describeWords = (what: string, meanings: Readonly<Record<string, string>>): string =>
  [what, ...Object.entries(meanings).map(([word, meaning]) => `- \`${word}\`: ${meaning}`)].join('\n');

/**
 * The form of a closed list of words, each with what it means. The words are the keys of a record, so that the compiler misses none of those
 * that a type allows, and knows each of them in what is parsed.
 * @param what what the words are about, in one sentence
 */
export const wordsOf = <Word extends string>(
  what: string,
  meanings: Readonly<Record<Word, string>>,
): z.ZodEnum<{ [W in Word]: W }> => {
  const isWord = (word: string): word is Word => Object.hasOwn(meanings, word);
  return z.enum(Object.keys(meanings).filter(isWord)).meta({ description: describeWords(what, meanings) });
};
