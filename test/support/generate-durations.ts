/** How old a reading may be. */
export const WINDOWS = ['P30D', 'P1D', 'P7D', 'P2W', 'PT24H', 'PT30M'] as const;

/** How long a sitting lasts. */
export const SITTINGS = ['PT1H', 'PT30M', 'PT24H', 'PT72H'] as const;

/** How long ago a date may be. */
export const ELAPSED = ['P1M', 'P1D', 'P7D', 'P6W', 'P6M', 'P12M', 'P1Y', 'P18Y'] as const;

const UNIT_MS: Readonly<Record<string, number>> = {
  PTM: 60_000,
  PTH: 3_600_000,
  PD: 86_400_000,
  PW: 604_800_000,
};

/** The number of a duration, `30` of `P30D`. */
export const countOf = (duration: string): number => Number(duration.replace(/\D/g, ''));

/** The length of a duration of minutes, hours, days or weeks in milliseconds. */
export const lengthMs = (duration: string): number => {
  const unit = UNIT_MS[duration.replace(/\d/g, '')];
  if (unit === undefined) throw new Error(`${duration} has no length`);
  return countOf(duration) * unit;
};
