/** A line on the terminal that says how far a long command has come. */
export type Progress = {
  /** Says how far it is, at most a few times a second, and nothing in the first second. */
  readonly tell: (text: () => string) => void;
  /** Takes the line away, so that something else can be written. */
  readonly clear: () => void;
};

const QUIET_MS = 1_000;
const INTERVAL_MS = 200;

const CLEAR_LINE = '\r\u001B[K';

/** Progress on a stream, shown only where it is a terminal. */
export const progressOn = (stream: NodeJS.WriteStream, now: () => number): Progress => {
  let next = now() + QUIET_MS;
  let shown = false;
  const clear = (): void => {
    if (shown) stream.write(CLEAR_LINE);
    shown = false;
  };
  return {
    clear,
    tell: (text) => {
      if (!stream.isTTY || now() < next) return;
      next = now() + INTERVAL_MS;
      stream.write(`${CLEAR_LINE}${text()}`);
      shown = true;
    },
  };
};
