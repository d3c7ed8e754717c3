/** A line of NDJSON with its number from 1, blank lines counted. Its bytes are null where it is longer than it may be. */
export type Line = { readonly number: number; readonly bytes: Uint8Array | null };

const NEW_LINE = 0x0a;

/** Bytes that come in pieces, up to a limit: what goes beyond it is dropped, and known to have been there. */
class Gathered {
  readonly #limit: number;
  #pieces: Uint8Array[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(piece: Uint8Array): void {
    this.#size += piece.length;
    if (this.#size <= this.#limit) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  isEmpty(): boolean {
    return this.#size === 0;
  }

  take(): Uint8Array | null {
    const bytes = this.#size <= this.#limit ? Buffer.concat(this.#pieces) : null;
    this.#pieces = [];
    this.#size = 0;
    return bytes;
  }
}

/** Everything that a stream holds, or null where that is more than the limit. It reads no further than it must to know. */
export const readWhole = async (
  stream: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Uint8Array | null> => {
  const whole = new Gathered(limit);
  let size = 0;
  for await (const chunk of stream) {
    whole.add(chunk);
    size += chunk.length;
    if (size > limit) break;
  }
  return whole.take();
};

/** Whether a line holds white space and nothing else. */
export const isBlank = ({ bytes }: Line): boolean =>
  bytes?.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d) === true;

/**
 * The lines of a stream, one at a time, in memory that does not grow with the stream or with a line: of one that is longer than the limit
 * nothing is kept. The last line needs no line break.
 */
export async function* linesOf(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Line, void, void> {
  const line = new Gathered(limit);
  let number = 0;
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(NEW_LINE); end >= 0; end = chunk.indexOf(NEW_LINE, from)) {
      line.add(chunk.subarray(from, end));
      from = end + 1;
      number += 1;
      yield { number, bytes: line.take() };
    }
    line.add(chunk.subarray(from));
  }
  if (!line.isEmpty()) yield { number: number + 1, bytes: line.take() };
}
