import { codeFrom, readCode, showCode } from '../../src/values/intake-code.js';
import { chance, pick, times, type Draw } from '../support/generate-draw.js';
import { law, laws, must } from './law.js';

const drawBytes = (draw: Draw): Uint8Array => Uint8Array.from(times(12, () => draw(256)));

const LOOKALIKES: Readonly<Record<string, readonly string[]>> = {
  0: ['0', 'O', 'o'],
  1: ['1', 'I', 'i', 'L', 'l'],
};

const BETWEEN = ['', '', '', '-', ' ', '--', '\u2011', '\t'];

/** A code as somebody may type it. */
const drawTyped = (draw: Draw, code: string): string =>
  Array.from(code, (symbol) => {
    const typed = pick(draw, LOOKALIKES[symbol] ?? [symbol, symbol.toLowerCase()]);
    return `${pick(draw, BETWEEN)}${typed}`;
  }).join('');

/** A code with one symbol that is another one. */
const drawOther = (draw: Draw, code: string): string => {
  const place = draw(12);
  const others = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ').filter(
    (symbol) => symbol !== code.charAt(place),
  );
  return code.slice(0, place) + pick(draw, others) + code.slice(place + 1);
};

laws('a code of an intake', () => {
  law('is read however it is typed', { seed: 1, runs: 2_000 }, (draw) => {
    const code = codeFrom(drawBytes(draw));
    const typed = drawTyped(draw, chance(draw, 50) ? code : showCode(code));
    must(readCode(typed) === code, () => `${JSON.stringify(typed)} is read as ${String(readCode(typed))}`);
    return 1;
  });

  law('is never read as another one', { seed: 2, runs: 2_000 }, (draw) => {
    const code = codeFrom(drawBytes(draw));
    const typed = drawTyped(draw, drawOther(draw, code));
    must(readCode(typed) !== code, () => `${JSON.stringify(typed)} is read as ${code}`);
    return 1;
  });

  law('is read once and for all', { seed: 3, runs: 2_000 }, (draw) => {
    const text = times(draw(20), () => String.fromCharCode(draw(128))).join('');
    const read = readCode(text);
    must(read === null || readCode(read) === read, () => JSON.stringify(text));
    return 1;
  });
});
