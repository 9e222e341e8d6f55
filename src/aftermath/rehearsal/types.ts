/** The result of a rehearsal: merged history under a policy. Levels only, never people. */
import type { Level, Policy } from '../../policy';
import type { Severity } from '../../policy/types';

export interface RehearsedPolicy {
  /** Its name for people: `origin/main:.linekeeper.yml`. */
  readonly name: string;
  readonly policy: Policy;
  /** Id of the blob of the base's `.mailmap`; null when there is none. */
  readonly mailmap: string | null;
}

/** Sign-offs by the required level: a senior's is not counted again at mid level. */
export type SignOffsByLevel = Readonly<Record<Level, number>>;

/** One merged change under one policy. */
export interface RehearsedChange {
  /** The first-parent commit on the base. */
  readonly commit: string;
  readonly subject: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Tiers that require something. */
  readonly tiers: readonly string[];
  readonly signOffs: SignOffsByLevel;
  /** Lines, added plus removed, in these tiers: what the signer would read. */
  readonly lines: number;
  /** Why, as sentences. */
  readonly why: readonly string[];
  /** The change that reverted it later, by the id of its commit; null when none did. */
  readonly revertedBy: string | null;
}

export interface RehearsedWeek {
  /** Its Monday, `2026-01-05`. */
  readonly week: string;
  readonly changes: number;
  readonly asked: number;
  readonly signOffs: SignOffsByLevel;
}

export interface PolicyRehearsal {
  readonly policy: string;
  readonly changes: number;
  /** Changes that would have needed a sign-off. */
  readonly asked: number;
  readonly signOffs: SignOffsByLevel;
  readonly signOffsAWeek: number;
  /** What danger rules found in these changes, by severity. */
  readonly findings: Readonly<Record<Severity, number>>;
  /** Hours of reading a week, all sign-offs together, at the given pace. */
  readonly readingHoursAWeek: number;
  readonly weeks: readonly RehearsedWeek[];
  /** Changes that were reverted later, with what was required of them. */
  readonly reverted: readonly RehearsedChange[];
  /** Those that require most, first. */
  readonly largest: readonly RehearsedChange[];
}

export interface Rehearsal {
  /** What was examined: a branch, its commit, from when to when (milliseconds). */
  readonly branch: string;
  readonly head: string;
  readonly since: number;
  readonly until: number;
  /** Merged changes that were examined. */
  readonly changes: number;
  /**
   * How long a branch currently waits from its last commit to its merge: median, in hours; null when history does not
   * show it.
   */
  readonly waitsHours: number | null;
  /** The number of merges for which this is known. */
  readonly waitsKnown: number;
  /** Lines that a person reads in an hour. */
  readonly pace: number;
  /** The proposed one first, then the present one. */
  readonly policies: readonly PolicyRehearsal[];
  /** What else a reader should know, as sentences. */
  readonly notices: readonly string[];
}
