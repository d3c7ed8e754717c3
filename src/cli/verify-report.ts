import type { AuditFault } from '../log/audit-fault.js';
import type { JsonObject } from '../values/json.js';
import { printable } from './output.js';

/** What came of the verification of one thing. It holds where `faultCount` is 0. */
export type Verified = {
  readonly what: 'database' | 'export' | 'inclusion' | 'consistency' | 'unreadable';
  /** The thing in words, for a line that says whether it holds. */
  readonly name: string;
  /** What it amounts to, a line each. */
  readonly about: readonly string[];
  /** The same for programs. */
  readonly figures: JsonObject;
  /** How many kept checkpoints were compared. */
  readonly compared: number;
  readonly faults: readonly AuditFault[];
  readonly faultCount: number;
};

const NOT_COMPARED =
  'No checkpoint that you kept was compared: a log that was cut or rewritten whole would look just as well.';

const placeOf = ({ position, upTo }: AuditFault): string => {
  if (position === null) return 'as a whole';
  return upTo === undefined
    ? `entry ${String(position)}`
    : `an entry from ${String(position)} to ${String(upTo)}`;
};

const counted = (count: number, what: string): string =>
  `${String(count)} ${count === 1 ? what : `${what}s`}`;

const faultLine = (fault: AuditFault): string =>
  printable(`  ${placeOf(fault)} [${fault.code}] ${fault.detail}`);

/** The first entry that does not fit; null where the fault is of none. */
const firstOf = (faults: readonly AuditFault[]): AuditFault | null =>
  faults.find(({ position }) => position !== null) ?? null;

const linesOf = ({ name, about, compared, faults, faultCount }: Verified): readonly string[] => {
  const kept =
    compared === 0 ? NOT_COMPARED : `Compared with ${counted(compared, 'checkpoint')} that you kept.`;
  if (faultCount === 0) return [`${name} holds.`, ...about, kept];
  const more = faultCount - faults.length;
  return [
    `${name} DOES NOT HOLD (${counted(faultCount, 'fault')}).`,
    ...faults.map(faultLine),
    ...(more > 0 ? [`  and ${String(more)} more`] : []),
    ...about,
  ];
};

const faultJson = ({ position, upTo, code, detail }: AuditFault): JsonObject => ({
  position,
  ...(upTo === undefined ? {} : { upTo }),
  code,
  detail,
});

const jsonOf = ({ what, name, figures, compared, faults, faultCount }: Verified): JsonObject => {
  const first = firstOf(faults);
  return {
    what,
    name,
    holds: faultCount === 0,
    ...figures,
    checkpointsCompared: compared,
    firstBad: first === null ? null : faultJson(first),
    faults: faults.map(faultJson),
    faultCount,
  };
};

/** What came of the verification of some things, for people and for programs. */
export const reportOf = (
  verified: readonly Verified[],
): { readonly lines: readonly string[]; readonly json: JsonObject } => ({
  lines: verified.flatMap((one, index) => (index === 0 ? linesOf(one) : ['', ...linesOf(one)])),
  json: { holds: verified.every(({ faultCount }) => faultCount === 0), verified: verified.map(jsonOf) },
});
