/** A figure at one size: the 10th percentile, the middle and the 95th percentile of many runs; of what is measured once they are the same. */
export type Figure = { readonly p10: number; readonly median: number; readonly p95: number };

/** The figure of what is measured once. */
export const once = (value: number): Figure => ({ p10: value, median: value, p95: value });

/** A part of a figure: that of one row where many were measured together. */
export const partOf = ({ p10, median, p95 }: Figure, count: number): Figure => ({
  p10: p10 / count,
  median: median / count,
  p95: p95 / count,
});

/** What was measured at one size, by what it is, in the order in which it was measured. */
export type Figures = ReadonlyMap<string, Figure>;

/** The part of sorted figures that a share of them does not exceed. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** The figure of some runs. */
const figureOf = (runs: readonly number[]): Figure => {
  const sorted = runs.toSorted((a, b) => a - b);
  return { p10: quantile(sorted, 0.1), median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
};

/** How often something is done that is measured so many times: the first runs warm it up, and are not counted. */
export const runsOf = (runs: number): number => runs + Math.ceil(runs / 10);

/** How long each of some runs takes, in microseconds. */
export const timed = async (runs: number, run: () => Promise<unknown>): Promise<Figure> => {
  const times: number[] = [];
  for (let left = runsOf(runs); left > 0; left -= 1) {
    const begun = performance.now();
    await run();
    if (left <= runs) times.push((performance.now() - begun) * 1000);
  }
  return figureOf(times);
};

const written = (value: number): string => (value < 100 ? value.toFixed(1) : value.toFixed(0));

const cellOf = (figure: Figure | undefined): string => {
  if (figure === undefined || Number.isNaN(figure.median)) return '-';
  const { median, p95 } = figure;
  return median === p95 ? written(median) : `${written(median)} (${written(p95)})`;
};

/** How many times the first figure the last one is. */
const ratioOf = (first: Figure | undefined, last: Figure | undefined, which: keyof Figure): string => {
  const ratio = (last?.[which] ?? Number.NaN) / (first?.[which] ?? Number.NaN);
  return Number.isNaN(ratio) ? '-' : ratio.toFixed(2);
};

/**
 * A table in Markdown: a row for each thing that was measured, a column for each size, and the ratios of the last to the first: of the medians, and of the quickest
 * tenth, which others who use the machine disturb least.
 */
export const tableOf = (bySize: ReadonlyMap<number, Figures>): string => {
  const [sizes, figures] = [[...bySize.keys()], [...bySize.values()]];
  const rows = [...(figures[0]?.keys() ?? [])].map((name) => {
    const [first, last] = [figures[0]?.get(name), figures.at(-1)?.get(name)];
    const ratios = [ratioOf(first, last, 'median'), ratioOf(first, last, 'p10')];
    return [name, ...figures.map((at) => cellOf(at.get(name))), ...ratios];
  });
  const head = ['what', ...sizes.map((size) => size.toLocaleString('en')), 'ratio', 'undisturbed'];
  const rule = ['---', ...sizes.map(() => '--:'), '--:', '--:'];
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};
