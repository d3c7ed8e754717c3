import { describe, expect, it } from 'vitest';
import { align } from '../../../../src/rules/diff/align.js';

const byLetter = (text: string): readonly (readonly [string])[] => Array.from(text, (letter) => [letter]);

/** Words that are known again by themselves, and else by their first letter. */
const byWord = (...words: readonly string[]): readonly (readonly string[])[] =>
  words.map((word) => [word, word.slice(0, 1)]);

describe('which item is which', () => {
  it.each([
    ['', '', [], [], [], []],
    [
      'abc',
      'abc',
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      [],
      [],
      [],
    ],
    [
      'abc',
      'ac',
      [
        [0, 0],
        [2, 1],
      ],
      [1],
      [],
      [],
    ],
    [
      'ac',
      'abc',
      [
        [0, 0],
        [1, 2],
      ],
      [],
      [1],
      [],
    ],
    ['', 'ab', [], [], [0, 1], []],
    ['ab', '', [], [0, 1], [], []],
    [
      'abcd',
      'bcda',
      [
        [0, 3],
        [1, 0],
        [2, 1],
        [3, 2],
      ],
      [],
      [],
      [[0, 3]],
    ],
    [
      'abcd',
      'dabc',
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 0],
      ],
      [],
      [],
      [[3, 0]],
    ],
    [
      'ab',
      'ba',
      [
        [0, 1],
        [1, 0],
      ],
      [],
      [],
      [[1, 0]],
    ],
    [
      'aab',
      'ab',
      [
        [0, 0],
        [2, 1],
      ],
      [1],
      [],
      [],
    ],
    ['abc', 'xcy', [[2, 1]], [0, 1], [0, 2], []],
  ])('of %j and %j', (from, to, pairs, removed, added, moved) => {
    expect(align(byLetter(from), byLetter(to))).toEqual({ pairs, removed, added, moved });
  });

  it('is found by the surest key first, whatever stands before', () => {
    const { pairs } = align(byWord('ape', 'ant'), byWord('ant', 'asp'));
    expect(pairs).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});
