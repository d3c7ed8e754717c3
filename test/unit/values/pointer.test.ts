import { expect, it } from 'vitest';
import { pointerTo } from '../../../src/values/pointer.js';

it.each([
  ['', 'facts', '/facts'],
  ['/facts', 'bloodPressure', '/facts/bloodPressure'],
  ['/readings', 0, '/readings/0'],
  ['', 'a/b', '/a~1b'],
  ['', 'a~b', '/a~0b'],
  ['', '~1', '/~01'],
  ['/a', '', '/a/'],
])('a pointer %j with the step %j is %j', (pointer, step, result) => {
  expect(pointerTo(pointer, step)).toBe(result);
});
