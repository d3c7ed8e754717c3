/** How what comes from a source is run: so many at once, until a result says that no more is to be taken. */
export type InOrder<T, R> = {
  readonly limit: number;
  /** It never rejects: what goes wrong is a result. */
  readonly run: (item: T) => Promise<R>;
  readonly isLast: (result: R) => boolean;
};

type Happened<T, R> =
  | { readonly kind: 'item'; readonly item: IteratorResult<T, unknown> }
  | { readonly kind: 'result'; readonly result: R };

type Taking<T> = Promise<{ readonly kind: 'item'; readonly item: IteratorResult<T, unknown> }>;

const takeFrom = <T>(source: AsyncIterator<T, unknown>): Taking<T> => {
  const taking = source.next().then((item) => ({ kind: 'item', item }) as const);
  // Where the results are no longer wanted nobody waits for this, and a source that fails then must not end the process.
  taking.catch(() => undefined);
  return taking;
};

const firstOf = <T, R>(
  taking: Taking<T> | null,
  running: Promise<R> | undefined,
): Promise<Happened<T, R>> | null => {
  const result = running?.then((value) => ({ kind: 'result', result: value }) as const);
  if (taking === null) return result ?? null;
  return result === undefined ? taking : Promise.race([taking, result]);
};

/**
 * Runs what comes from a source, several at once, and gives the results in the order of the source, each as soon as it and all before it are
 * there. It takes no more from the source than it may run at once, so that a slow reader slows the source. After the last result it still gives
 * those that were begun.
 * @throws what the source throws
 */
export async function* inOrder<T, R>(
  source: AsyncIterator<T, unknown>,
  { limit, run, isLast }: InOrder<T, R>,
): AsyncGenerator<R, void, void> {
  const running: Promise<R>[] = [];
  let taking: Taking<T> | null = takeFrom(source);
  for (;;) {
    const happened = await firstOf<T, R>(running.length < limit ? taking : null, running[0]);
    if (happened === null) return;
    if (happened.kind === 'result') {
      void running.shift();
      yield happened.result;
      if (isLast(happened.result)) taking = null;
    } else if (happened.item.done === true) taking = null;
    else {
      running.push(run(happened.item.value));
      taking = takeFrom(source);
    }
  }
}
