/** What a report knows about commits, and what it contains. */
import type { Counts } from '../../provenance/authorship/types';
import type { Severity } from '../../policy/types';

/** Who: an author, with assistant and model where AI. */
export type Who = readonly [author: 'ai' | 'human' | 'unknown', assistant: string | null, model: string | null];

/** Lines of one author: an index into the list of {@link Who}, lines added, lines removed. */
type Lines = readonly [who: number, added: number, removed: number];

export interface FileFacts {
  readonly path: string;
  /** Former name of a renamed file. */
  readonly from?: string;
  readonly lines: readonly Lines[];
  /** Who made a change without lines. */
  readonly change?: number;
}

/** What is kept about a commit: enough for every figure that does not need its text. */
export interface CommitFacts {
  readonly id: string;
  readonly parents: readonly string[];
  /** Seconds since the epoch, by the committer date. */
  readonly time: number;
  /** E-mail address of the author, in lower case. */
  readonly author: string;
  readonly provenance: 'note' | 'trailers' | 'markers' | 'none';
  /** The id of its note; empty without one. */
  readonly note: string;
  /** The beginning of the id of the commit that it says it reverts. */
  readonly reverts?: string;
  /** Number of people that trailers name as reviewers. */
  readonly reviewedBy?: number;
  /** How often agents did what the policy forbids. */
  readonly overruled?: number;
  readonly files: readonly FileFacts[];
}

/** Lines that one commit added, by one author, and what became of them on the branch. */
export interface Cohort {
  /** Index into the commits. */
  readonly commit: number;
  readonly who: number;
  added: number;
  /** Lines that got into the branch; those of a merged branch may have been removed before. */
  entered: number;
  /** Lines that were removed in the first 30 and 90 days after their commit. */
  left30: number;
  left90: number;
}

/** Everything that is known about a history. */
export interface History {
  readonly tip: string;
  readonly who: readonly Who[];
  /** Parents before children. */
  readonly commits: readonly CommitFacts[];
  /** The first one (0) has no author. */
  readonly cohorts: readonly Cohort[];
}

/** A count out of a total. */
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
  /** Unknown lines of commits without a note and without trailers, of all unknown lines. */
  readonly unrecorded: Part;
  /** Commits with a note, of all that changed lines. */
  readonly coverage: Part;
  readonly survival: { readonly ai: Survival; readonly human: Survival };
  readonly reverted: { readonly ai: Part; readonly human: Part };
  /** What danger rules found, by the author of the lines that caused it. Null: not looked for. */
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
  /** The one with the most AI lines; null when there are none. */
  readonly name: string | null;
  readonly share: Part;
  /**
   * 1 divided by the sum of the squared shares: this many equal ones would be as concentrated. Null when there are
   * none.
   */
  readonly effective: number | null;
}

export interface Reviews {
  /** Changes that got into the branch with AI lines for which today's policy requires a review. */
  readonly asked: number;
  /** How many of these have a sign-off that this repository knows. Null: the repository has no sign-offs. */
  readonly given: number | null;
  /** Days from the last commit of a branch to its merge: median of all such merges. Null without merges. */
  readonly days: number | null;
  readonly merges: number;
}

export interface Report {
  readonly version: 1;
  /** `host/owner/project` of the remote, or the folder's name. */
  readonly repository: string;
  /** The branch that is checked out, for `HEAD`; else as the revision was named. Null for a detached HEAD. */
  readonly branch: string | null;
  readonly ref: string;
  readonly head: string;
  /** Days, as `2026-11-23`; the first and the last day of the period. */
  readonly since: string;
  readonly until: string;
  readonly total: Figures;
  /** Every week, including those without commits, by its Monday. */
  readonly weeks: readonly Group[];
  readonly assistants: readonly Group[];
  readonly models: readonly Group[];
  readonly tiers: readonly Group[];
  readonly paths: readonly Group[];
  readonly teams: readonly Group[];
  /** Null: not requested, or `peopleWhy` says why not. */
  readonly people: readonly Group[] | null;
  readonly peopleWhy: string | null;
  readonly concentration: { readonly assistant: Concentration; readonly model: Concentration };
  readonly reviews: Reviews;
  /** Null: not looked for. */
  readonly findings: Findings | null;
  /** What agents ran with permission and were refused in this time; null where nothing is recorded at all. */
  readonly runs: ReportedRuns | null;
  /** What the policy would have required if it had been enforced; null unless it only observes. */
  readonly observed: Observed | null;
  readonly policy: string;
  /** What a reader should know about the limits of the figures, as sentences. */
  readonly notices: readonly string[];
}

/** Merged changes of this time under a policy that observes, as if it had been enforced. */
export interface Observed {
  /** The first-parent commits of the branch. */
  readonly changes: number;
  /** Those that would have needed a sign-off. */
  readonly asked: number;
  /** By the level that would have been asked, in words: `a senior's sign-off`. */
  readonly signOffs: readonly { readonly from: string; readonly count: number }[];
  readonly signOffsAWeek: number;
  /** Hours of reading a week for all who sign together. */
  readonly readingHoursAWeek: number;
  /** How long a branch waits today from its last commit to its merge: median, in hours; null when it is not known. */
  readonly waitsHours: number | null;
  /** By severity, on whoever's lines. */
  readonly findings: Readonly<Record<Severity, number>>;
  /** Commands that agents ran and that would have been refused or asked about. */
  readonly agents: number;
  /** The beginning of the time that was looked at: a day, as `2026-11-23`. */
  readonly since: string;
}

/** A command of an agent, or an exception for agents, as the caller words it. */
export interface ReportedRun {
  /** Seconds since the epoch. */
  readonly at: number;
  readonly outcome: 'refused' | 'asked' | 'observed' | 'requested' | 'approved' | 'ran' | 'exception';
  readonly says: string;
}

export interface ReportedRuns {
  readonly counts: Readonly<Record<ReportedRun['outcome'], number>>;
  /** The newest first; of refusals alone there may be too many, so what a person let happen comes before them. */
  readonly latest: readonly ReportedRun[];
}

export interface Findings {
  /** The most severe first, and of these those with most on AI's lines. */
  readonly rules: readonly FindingCount[];
  /** On AI's lines, by severity; every week, as {@link Report.weeks}. */
  readonly weeks: readonly ({ readonly name: string } & Readonly<Record<Severity, number>>)[];
}

/** How often a rule found something at one severity. */
export interface FindingCount {
  readonly rule: string;
  readonly severity: Severity;
  /** By the author of the lines that caused it. */
  readonly findings: Counts;
  readonly commits: number;
  /** Commits in which AI's lines caused it. */
  readonly aiCommits: number;
}
