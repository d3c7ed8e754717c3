/** How much a version differs from the one before it, in the words of Semantic Versioning. */
export type Step = 'major' | 'minor' | 'patch';

/** A version number without a pre-release. */
export type VersionNumber = { readonly major: number; readonly minor: number; readonly patch: number };

const NUMBER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/** Reads a version number; null where it is none, or a pre-release. */
export const parseVersion = (text: string): VersionNumber | null => {
  const [, major, minor, patch] = NUMBER.exec(text) ?? [];
  return major === undefined ? null : { major: Number(major), minor: Number(minor), patch: Number(patch) };
};

const next = ({ major, minor, patch }: VersionNumber): Readonly<Record<Step, string>> => ({
  major: `${String(major + 1)}.0.0`,
  minor: `${String(major)}.${String(minor + 1)}.0`,
  patch: `${String(major)}.${String(minor)}.${String(patch + 1)}`,
});

const STEPS: readonly Step[] = ['major', 'minor', 'patch'];

/** The step from one version to another; null where that is not just one step further: 1.2.3 is followed by 1.2.4, 1.3.0 and 2.0.0. */
export const stepBetween = (from: VersionNumber, to: string): Step | null =>
  STEPS.find((step) => next(from)[step] === to) ?? null;

/** The version that is a step further. */
export const versionAfter = (from: VersionNumber, step: Step): string => next(from)[step];

const SIZES: Readonly<Record<Step, number>> = { patch: 0, minor: 1, major: 2 };

/** Whether a step says at least as much as is needed: a larger number hides nothing, a smaller one would. */
export const saysEnough = (step: Step, needed: Step): boolean => SIZES[step] >= SIZES[needed];

const partsOf = (version: string): readonly number[] =>
  version.split('-', 1)[0]?.split('.').map(Number) ?? [];

/** Which of two versions comes first: below 0 where it is the first of them. The draft of a version comes before the version itself. */
export const byAge = (a: string, b: string): number => {
  const others = partsOf(b);
  const difference = partsOf(a)
    .map((part, index) => part - (others[index] ?? 0))
    .find((part) => part !== 0);
  return difference ?? Number(b.includes('-')) - Number(a.includes('-'));
};
