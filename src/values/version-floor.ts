const numbersOf = (version: string): readonly number[] =>
  version.split('.').map((part) => parseInt(part, 10));

/** Whether a version comes before another, number by number. What cannot be read as a version does: nobody knows what it has. */
export const isBelow = (version: string, floor: string): boolean => {
  const [parts, least] = [numbersOf(version), numbersOf(floor)];
  if (parts.some(Number.isNaN)) return true;
  const difference = least.map((part, index) => (parts[index] ?? 0) - part).find((part) => part !== 0);
  return difference !== undefined && difference < 0;
};
