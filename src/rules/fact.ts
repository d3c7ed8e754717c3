import type { Criterion } from './criterion.js';
import type { Derivation } from './derivation.js';

/** Entry of a fact dictionary: one thing that can be known of a patient or of the planned treatment. */
export type Fact = SentFact | DerivedFact;

/** A fact that an intake may hold. */
export type SentFact = BooleanFact | NumberFact | CodeFact | CodeListFact | DateFact | SeriesFact;

/** What all facts say of themselves. `domain` groups them for readers; it has no effect on evaluation. */
type Described = {
  readonly id: string;
  readonly domain: string;
  readonly about: 'patient' | 'treatment';
};

/** What all facts that are sent say: the question in plain words, and the codes under which an EHR may hold the answer. */
type Asked = Described & {
  readonly question: string;
  readonly help?: string;
  /** The boolean fact, declared earlier, that this one is a particular of. */
  readonly detailOf?: string;
  readonly codes?: readonly FactCode[];
  /**
   * What a record of something that is over says to the question: that the answer is yes (`ever`), or nothing, because the question is about now (`now`).
   * Where the dictionary does not say, such a record leaves the fact unknown.
   */
  readonly tense?: 'ever' | 'now';
  /** For how long what was recorded answers the question, as a duration that is elapsed time; 30 days where the dictionary does not say. */
  readonly currentFor?: string;
};

/** The terminologies that codes of the dictionary are of. `ips` is the code system of HL7 for what is said to be absent or unknown. */
export const TERMINOLOGY_NAMES = ['snomed', 'icd10cm', 'loinc', 'rxnorm', 'ips'] as const;

/**
 * A code of a terminology. `status` tells whether it was seen in published data or is still to be checked. `answer` is the answer that the code stands for: an
 * option, or `no` to a yes-or-no question. `component` is the component of a series that the code measures, and `limit` the one that takes the
 * laboratory's own upper limit.
 */
export type FactCode = {
  readonly system: (typeof TERMINOLOGY_NAMES)[number];
  readonly code: string;
  readonly display: string;
  readonly status: 'seen' | 'to-check';
  readonly match?: 'exact' | 'prefix';
  readonly except?: readonly string[];
  readonly answer?: string;
  readonly component?: string;
  readonly limit?: string;
};

/**
 * An answer that cannot be true where something else is: "I can never be pregnant" beside a positive test. An intake that holds both is
 * refused, so that what is known and adverse is never settled by a general answer. While `when` is unknown there is no contradiction.
 */
export type Contradiction<Answer> = { readonly answer: Answer; readonly when: Criterion };

/**
 * Yes or no. `gate` lists the particulars that a `false` settles, where they were not sent. `neverGated` says that no gate may settle this
 * one: it must be asked for by itself.
 */
export type BooleanFact = Asked & {
  readonly type: 'boolean';
  readonly gate?: readonly string[];
  readonly neverGated?: true;
  readonly contradictedBy?: readonly Contradiction<boolean>[];
};

/** Physical limits, both included, in the unit beside them. Nothing outside them can be true of a person. */
export type Range = { readonly min: number; readonly max: number };

/**
 * A measured number: its UCUM unit, and the other units that are accepted with the factor that turns them into it.
 * The factors belong to the version, so that a conversion never changes under an old decision.
 */
export type Measured = {
  readonly unit: string;
  readonly range: Range;
  readonly integer?: boolean;
  readonly alsoAccepts?: Readonly<Record<string, number>>;
};

/** A number in a fixed unit. */
export type NumberFact = Asked & Measured & { readonly type: 'number' };

/** An answer option. */
export type Option = { readonly code: string; readonly label: string };

/** One of a closed list of codes. */
export type CodeFact = Asked & {
  readonly type: 'code';
  readonly options: readonly Option[];
  readonly contradictedBy?: readonly Contradiction<string>[];
};

/** A set of codes. An open list takes any code, and is incomplete where it holds one that is not among the options. */
export type CodeListFact = Asked & {
  readonly type: 'codeList';
  readonly open: boolean;
  readonly options: readonly Option[];
};

/** A day, which may be known only to its month or its year. */
export type DateFact = Asked & { readonly type: 'date' };

/** Readings over time. `ordered` says which component is always greater than which. */
export type SeriesFact = Asked & {
  readonly type: 'series';
  readonly components: Readonly<Record<string, Measured>>;
  readonly ordered?: readonly { readonly greater: string; readonly lesser: string }[];
};

/**
 * A number computed from other facts, never sent. `label` is a noun phrase for the evidence, `source` who says how it is
 * computed.
 */
export type DerivedFact = Described & {
  readonly type: 'derived';
  readonly label: string;
  readonly unit: string;
  readonly derive: Derivation;
  readonly source: string;
};

/** The type names of facts. */
export type FactType = Fact['type'];
