import type { Issue, IssueCode } from '../../values/issue.js';

/** Makes an issue. */
export const issue = (pointer: string, code: IssueCode, detail: string): Issue => ({ pointer, code, detail });

/** A value that was read, or the issues that stand in its way. */
export type Read<T> = { readonly value: T | null; readonly issues: readonly Issue[] };

/** A value that was read without an issue. */
export const read = <T>(value: T): Read<T> => ({ value, issues: [] });

/** A value that could not be read. */
export const refuse = (...issues: readonly Issue[]): Read<never> => ({ value: null, issues });
