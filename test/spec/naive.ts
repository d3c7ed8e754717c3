// A second evaluator, written from docs/rule-language.md alone and naive on purpose. It shares nothing with src.
export type Truth = 'true' | 'false' | 'unknown';
export type NaiveFact = object; // a typed fact (section 8)
export type NaiveRuleSet = { scope: { criterion: unknown }; facts: List; rules: List };
export type NaiveItem = { fact: string; couldMake: string; rules: string[] };
type NaiveBounds = { truths: Record<string, Truth>; floor: string; ceiling: string; verdict: string };
export type NaiveScreening = NaiveBounds & { missing: NaiveItem[]; alsoUseful: NaiveItem[] };
type List = readonly unknown[];
type Obj = Readonly<Record<string, unknown>>;
type Facts = Readonly<Record<string, NaiveFact>>;
type Left = readonly string[]; // the facts in a residual
type Node = { truth: Truth; left: Left };
type Ends = readonly [low: number, high: number];
type Interval = { ends: Ends; left: Left };
const fail = (what: string, x: unknown): never => {
  throw new Error(`${what}: ${JSON.stringify(x)}`);
};
const num = (x: unknown): number => (typeof x === 'number' ? x : fail('not a number', x));
const str = (x: unknown): string => (typeof x === 'string' ? x : fail('not a string', x));
const list = (x: unknown): List => (Array.isArray(x) ? x : fail('not a list', x));
const obj = (x: unknown): Obj => (typeof x === 'object' && x !== null ? { ...x } : fail('not an object', x));
const own = (x: unknown, key: string): unknown => (Object.hasOwn(obj(x), key) ? obj(x)[key] : undefined);
// Section 1
const atLeast = (k: number, ts: readonly Truth[]): Truth => {
  if (ts.filter((t) => t === 'true').length >= k) return 'true';
  return ts.filter((t) => t !== 'false').length < k ? 'false' : 'unknown';
};
const all = (ts: readonly Truth[]): Truth => atLeast(ts.length, ts);
const not = (t: Truth): Truth => (t === 'true' ? 'false' : t === 'false' ? 'true' : 'unknown');
const each = (ps: boolean[]): Truth => (ps.every(Boolean) ? 'true' : ps.some(Boolean) ? 'unknown' : 'false');
const node = (truth: Truth, left: Left): Node => ({ truth, left: truth === 'unknown' ? left : [] });
// Numbers
const passes = (op: unknown, a: number, b: number): boolean =>
  op === '<' ? a < b : op === '<=' ? a <= b : op === '>' ? a > b : op === '>=' ? a >= b : fail('no op', op);
const round6 = (x: number): number => Math.sign(x) * Number(Math.abs(x).toFixed(6)); // toFixed is exact
const hull = (xs: readonly number[]): Ends => [Math.min(...xs), Math.max(...xs)];
const interval = (ends: Ends, left: Left): Interval => ({ ends, left: ends[0] === ends[1] ? [] : left });
const rangeOf = (def: Obj): Ends => [num(obj(def.range).min), num(obj(def.range).max)];
const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
// Time: a day is a number, 0 being 1970-01-01 (setUTCFullYear, because Date.UTC takes the year 50 for 1950)
const DAY = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { PTM: 60_000, PTH: 3_600_000, PD: DAY, PW: 7 * DAY };
const dayOf = (y: number, m: number, d: number): number => new Date(0).setUTCFullYear(y, m, d) / DAY;
const timestamp = (s: string): { ms: number; offset: number } => {
  const [, wall, zone] = /^(.{19}(?:\.\d{1,3})?)\d*(Z|[+-]\d\d:\d\d)$/.exec(s) ?? fail('no timestamp', s);
  const ms = Date.parse(`${wall}${zone}`);
  return { ms: Number.isNaN(ms) ? fail('no timestamp', s) : ms, offset: Date.parse(`${wall}Z`) - ms };
};
const daysOf = (s: string): readonly number[] => {
  const [y = 0, m, d] = s.split('-').map(Number);
  const first = dayOf(y, (m ?? 1) - 1, d ?? 1);
  const next = d !== undefined ? first + 1 : m !== undefined ? dayOf(y, m, 1) : dayOf(y + 1, 0, 1);
  return Array.from({ length: next - first }, (_, i) => first + i);
};
const plus = (ms: number, duration: string, offset: number): number => {
  const [n, unit] = [Number(duration.replace(/\D/g, '')), duration.replace(/\d/g, '')];
  if (unit !== 'PM' && unit !== 'PY') return ms + n * num(UNITS[unit]);
  const from = new Date(Math.floor((ms + offset) / DAY) * DAY);
  const [y, m] = [from.getUTCFullYear(), from.getUTCMonth() + (unit === 'PY' ? 12 * n : n)];
  const to = Math.min(dayOf(y, m, 1) + from.getUTCDate() - 1, dayOf(y, m + 1, 0));
  return ms - from.getTime() + to * DAY;
};

export function naiveScreen(ruleSet: NaiveRuleSet, facts: Facts, asOf: string): NaiveScreening {
  const { ms: now, offset } = timestamp(asOf);
  const today = Math.floor((now + offset) / DAY);
  const defs = ruleSet.facts.map(obj);
  const defOf = (id: string): Obj => defs.find((d) => d.id === id) ?? fail('no such fact', id);
  const sent = (id: string): Obj => obj(own(facts, id) ?? {}); // `{}`: not sent
  const valueOf = (id: string, k: string): unknown => (sent(id).kind === k ? sent(id).value : undefined);
  const elapsed = (op: unknown, days: readonly number[], d: unknown): Truth =>
    each(days.map((x) => passes(op, today, plus(x * DAY, str(d), 0) / DAY)));
  // Section 5
  const isUnder = (id: string, d: Obj) => sent(id).kind === undefined && list(d.gate ?? []).includes(id);
  const gates = (id: string): string[] => defs.filter((d) => isUnder(id, d)).map((d) => str(d.id));
  const bool = (id: string): unknown =>
    valueOf(id, 'boolean') ?? (gates(id).some((gate) => bool(gate) === false) ? false : undefined);
  const leftBy = (id: string): Left => [id, ...gates(id).filter((gate) => bool(gate) === undefined)];
  // Section 4
  const aggregate = (kind: string, r: Obj): Interval => {
    const [id, within, name] = [str(r.series), str(r.within), kind === 'count' ? '' : str(r.component)];
    const bounds: Ends = kind === 'count' ? [0, 200] : rangeOf(obj(own(defOf(id).components, name)));
    if (sent(id).kind !== 'series') return interval(bounds, [id]);
    const readings = list(sent(id).readings).map((reading) => {
      const [takenAt, values] = [str(obj(reading).takenAt), obj(obj(reading).values)];
      const days = takenAt.length > 10 ? [] : daysOf(takenAt);
      const span = days.map((day) => day * DAY - offset).flatMap((ms) => [ms, ms + DAY - 1]);
      const [first, last] = hull(days.length > 0 ? span : [timestamp(takenAt).ms]);
      return { days, first, last, values };
    });
    const A = Math.max(...readings.map((x) => x.first));
    const Z = Math.max(...readings.map((x) => x.last));
    const reach = kind === 'latest' ? 0 : r.sitting === undefined ? Infinity : plus(0, str(r.sitting), 0);
    const couldBe = readings.filter((x) => x.last + reach >= A).length;
    const judged = readings.map((x) => {
      const inDays = x.days.length > 0 && !within.startsWith('PT');
      const byMoment = each([x.first, x.last].map((ms) => now < plus(ms, within, offset)));
      const inWindow = inDays ? elapsed('<=', x.days, within) : byMoment;
      const surely = couldBe === 1 || (kind !== 'latest' && x.first + reach >= Z);
      const sat = x.last + reach < A ? 'false' : surely ? 'true' : 'unknown';
      return { ...x, member: all([inWindow, sat]) };
    });
    const members = judged.filter((x) => x.member !== 'false');
    const sure = judged.filter((x) => x.member === 'true');
    const read = sure.filter((x) => Object.values(x.values).some((v) => v !== null));
    if (kind === 'count') return interval([read.length, members.length], [id]);
    if (sure.length < num(r.minReadings ?? 1)) return interval(bounds, [id]);
    const ends = (of: typeof sure, i: 0 | 1) => of.map((x) => num(own(x.values, name) ?? bounds[i]));
    const [lows, highs, n] = [ends(members, 0), ends(members, 1), members.length];
    if (kind === 'highest') return interval([Math.max(...ends(sure, 0)), Math.max(...highs)], [id]);
    if (sure.length < n) return interval(hull([...lows, ...highs]), [id]);
    return interval([sum(lows) / n, sum(highs) / n], [id]); // of `latest`, the only one
  };
  const points = (p: Obj): Interval => {
    const id = str(p.fact);
    if (p.bands !== undefined) {
      const bands = list(p.bands).map(obj);
      const begun = (v: number) => (b: Obj) => (b.from === undefined ? num(b.above) < v : num(b.from) <= v);
      const [low, high] = numeric(id).ends.map((v) => bands.slice(1).filter(begun(v)).length);
      const touched = bands.slice(low, num(high) + 1).map((b) => num(b.points));
      return interval(hull(touched), numeric(id).left);
    }
    const answers = obj(p.answers ?? { true: p.true, false: p.false });
    const known = p.answers === undefined ? bool(id) : valueOf(id, 'code');
    const key = typeof known === 'boolean' ? String(known) : known;
    const possible = key === undefined ? Object.values(answers) : [own(answers, str(key))];
    return interval(hull(possible.map(num)), leftBy(id));
  };
  const exact = (kind: string, x: unknown): Interval => {
    if (kind === 'points') return points(obj(x));
    if (kind !== 'sum' && kind !== 'product' && kind !== 'ratio') return aggregate(kind, obj(x));
    const parts = list(x).map((part) => expression(obj(part)));
    const f = (a: number, b: number): number => (kind === 'sum' ? a + b : kind === 'product' ? a * b : a / b);
    const combined = (x: Ends, y: Ends): Ends => hull(x.flatMap((a) => y.map((b) => f(a, b))));
    const [ends, left] = [parts.map((part) => part.ends), parts.flatMap((part) => part.left)];
    return interval(ends.reduce(combined), left);
  };
  const expression = (x: Obj): Interval => {
    if (x.fact !== undefined) return numeric(str(x.fact));
    if (x.number !== undefined) return interval([num(x.number), num(x.number)], []);
    const { ends, left } = exact(...(Object.entries(x)[0] ?? fail('no expression', x)));
    return interval([round6(ends[0]), round6(ends[1])], left);
  };
  const numeric = (id: string): Interval => {
    const { low, high, kind } = sent(id);
    if (defOf(id).type === 'derived') return expression(obj(defOf(id).derive));
    return interval(kind === 'number' ? [num(low), num(high)] : rangeOf(defOf(id)), leftBy(id));
  };
  // Section 3
  const test = (c: Obj): Node => {
    const [id, code, date] = [str(c.fact), valueOf(str(c.fact), 'code'), valueOf(str(c.fact), 'date')];
    const pass = (end: number): boolean => passes(c.compare, end, num(c.value));
    if (c.compare !== undefined) return node(each(numeric(id).ends.map(pass)), numeric(id).left);
    const has = (x: unknown): boolean => list(c.in ?? c.includesAny).includes(x);
    let truth: Truth = 'unknown';
    if (c.is !== undefined && bool(id) !== undefined) truth = each([bool(id) === c.is]);
    if (c.in !== undefined && code !== undefined) truth = each([has(code)]);
    if (date !== undefined) truth = elapsed(c.elapsed, daysOf(str(date)), c.duration);
    if (c.includesAny !== undefined && sent(id).kind === 'codeList')
      truth = list(sent(id).codes).some(has) ? 'true' : sent(id).complete === true ? 'false' : 'unknown';
    return node(truth, leftBy(id));
  };
  const evaluate = (criterion: unknown): Node => {
    const c = obj(criterion);
    if (c.fact !== undefined) return test(c);
    const children = list(c.all ?? c.any ?? c.of ?? [c.not]).map(evaluate);
    const ts = children.map((child) => child.truth);
    const counted = c.of === undefined ? all(ts.map(not)) : atLeast(num(c.atLeast), ts);
    const left = children.flatMap((child) => child.left);
    return node(c.all !== undefined ? all(ts) : c.any !== undefined ? atLeast(1, ts) : counted, left);
  };
  // Section 6
  const scope = { id: 'outside-scope', severity: 'relative', criterion: { not: ruleSet.scope.criterion } };
  const rules = [scope, ...ruleSet.rules].map(obj).map(({ id, severity, criterion }) => {
    const rank = ['precaution', 'relative', 'absolute'].indexOf(str(severity));
    return { id: str(id), rank, ...evaluate(criterion) };
  });
  const worst = (of: typeof rules): number => Math.max(0, ...of.map((r) => r.rank));
  const floor = worst(rules.filter((r) => r.truth === 'true'));
  const ceiling = worst(rules.filter((r) => r.truth !== 'false'));
  const items = (of: typeof rules): NaiveItem[] => {
    const found = defs.map(({ id }) => {
      const by = of.filter((r) => r.left.includes(str(id)));
      const last = Number(['asked-unknown', 'declined'].some((reason) => reason === sent(str(id)).reason));
      return { fact: str(id), rank: worst(by), rules: by.map((r) => r.id), last };
    });
    const couldMake = ['precaution', 'review', 'ineligible'];
    return found
      .filter((x) => x.rules.length > 0)
      .sort((a, b) => [b.rank - a.rank, b.rules.length - a.rules.length, a.last - b.last].find(Boolean) ?? 0)
      .map(({ fact, rank, rules }) => ({ fact, couldMake: couldMake[rank] ?? '', rules }));
  };
  const named = (rank: number): string => ['eligible', 'review', 'ineligible'][rank] ?? '';
  const missing = items(rules.filter((r) => r.rank > floor));
  const others = items(rules.filter((r) => r.rank <= floor));
  const alsoUseful = others.filter((x) => missing.every((m) => m.fact !== x.fact));
  const truths = Object.fromEntries(rules.map((r) => [r.id, r.truth]));
  const verdict = floor === ceiling ? named(floor) : 'incomplete';
  return { truths, floor: named(floor), ceiling: named(ceiling), verdict, missing, alsoUseful };
}
