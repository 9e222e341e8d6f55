/** What a report knows of commits, and what it says. */
import type { Counts } from '../attribution/types';
import type { Severity } from '../policy/types';

/** Who: an author, with assistant and model where AI. */
export type Who = readonly [author: 'ai' | 'human' | 'unknown', assistant: string | null, model: string | null];

/** Lines of one author: an index into the list of {@link Who}, lines added, lines removed. */
export type Lines = readonly [who: number, added: number, removed: number];

export interface FileFacts {
  readonly path: string;
  /** Former name of a renamed file. */
  readonly from?: string;
  readonly lines: readonly Lines[];
  /** Who made a change without lines. */
  readonly change?: number;
}

/** What is kept of a commit: enough for every figure that does not need its text. */
export interface CommitFacts {
  readonly id: string;
  readonly parents: readonly string[];
  /** Seconds since the epoch, as the committer's clock had it. */
  readonly time: number;
  /** E-mail address of the author, in small letters. */
  readonly author: string;
  readonly provenance: 'note' | 'trailers' | 'markers' | 'none';
  /** The id of its note; empty without one. */
  readonly note: string;
  /** The beginning of the id of a commit that it says it reverts. */
  readonly reverts?: string;
  /** People that trailers name as having reviewed it. */
  readonly reviewedBy?: number;
  /** Agents did what the policy keeps from them. */
  readonly overruled?: number;
  readonly files: readonly FileFacts[];
}

/** Lines that one commit added, by one author, and what became of them on the branch. */
export interface Cohort {
  /** Index into the commits. */
  readonly commit: number;
  readonly who: number;
  added: number;
  /** Lines that got into the branch; those of a branch that was merged may be gone before. */
  entered: number;
  /** Lines that left it in the first 30 and 90 days after their commit. */
  left30: number;
  left90: number;
}

/** Everything that is known of a history. */
export interface History {
  readonly tip: string;
  readonly who: readonly Who[];
  /** Parents before children. */
  readonly commits: readonly CommitFacts[];
  /** The first one (0) is nobody's. */
  readonly cohorts: readonly Cohort[];
}

/** So many of so many. */
export interface Part {
  readonly count: number;
  readonly of: number;
}

/** The figures of a group of commits or lines. Shares are parts, so that nothing is rounded; `of: 0` is "not known". */
export interface Figures {
  readonly commits: number;
  readonly aiCommits: number;
  readonly added: Counts;
  readonly removed: Counts;
  /** AI's part of all changed lines. */
  readonly ai: Part;
  readonly unknown: Part;
  /** Commits with a note, of all that changed lines. */
  readonly coverage: Part;
  readonly survival: { readonly ai: Survival; readonly human: Survival };
  readonly reverted: { readonly ai: Part; readonly human: Part };
  /** What danger rules found, by who wrote the lines that it comes from. Null: not looked for. */
  readonly findings: Counts | null;
}

export interface Survival {
  readonly after30: Part;
  readonly after90: Part;
}

export interface Group extends Figures {
  readonly name: string;
}

export interface Concentration {
  /** The one with most of AI's lines; null where there are none. */
  readonly name: string | null;
  readonly share: Part;
  /**
   * 1 divided by the sum of the squared shares: as many equal ones would be as concentrated. Null where there are none.
   */
  readonly effective: number | null;
}

export interface Reviews {
  /** Changes that got into the branch with AI's lines where today's policy asks for a review. */
  readonly asked: number;
  /** Of these, with a sign-off that this repository knows of. Null: nothing here tells of sign-offs. */
  readonly given: number | null;
  /** Days from the last commit of a branch to its merge: the middle one of all such merges. Null without merges. */
  readonly days: number | null;
  readonly merges: number;
}

export interface Report {
  readonly version: 1;
  readonly ref: string;
  readonly head: string;
  /** Days, as `2026-11-23`; the first and the last one that are looked at. */
  readonly since: string;
  readonly until: string;
  readonly total: Figures;
  /** Every week, also those without commits, by its Monday. */
  readonly weeks: readonly Group[];
  readonly assistants: readonly Group[];
  readonly models: readonly Group[];
  readonly tiers: readonly Group[];
  readonly paths: readonly Group[];
  readonly teams: readonly Group[];
  /** Null: not asked for, or `peopleWhy` says why not. */
  readonly people: readonly Group[] | null;
  readonly peopleWhy: string | null;
  readonly concentration: { readonly assistant: Concentration; readonly model: Concentration };
  readonly reviews: Reviews;
  /** Null: not looked for. */
  readonly findings: Findings | null;
  readonly policy: string;
  /** What a reader should know of how far the figures go, as sentences. */
  readonly notices: readonly string[];
}

export interface Findings {
  /** The gravest first, and of these those with most on AI's lines. */
  readonly rules: readonly FindingCount[];
  /** On AI's lines, by severity; every week, as {@link Report.weeks}. */
  readonly weeks: readonly ({ readonly name: string } & Readonly<Record<Severity, number>>)[];
}

/** How often a rule found something at one severity. */
export interface FindingCount {
  readonly rule: string;
  readonly severity: Severity;
  /** By who wrote the lines that it comes from. */
  readonly findings: Counts;
  readonly commits: number;
  /** Commits where it comes from AI's lines. */
  readonly aiCommits: number;
}
