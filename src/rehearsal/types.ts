/** What a rehearsal says: merged history under a policy. Levels only, never people. */
import type { Level, Policy } from '../policy';

/** A policy to rehearse. */
export interface RehearsedPolicy {
  /** What people call it: `origin/main:.linekeeper.yml`. */
  readonly name: string;
  readonly policy: Policy;
  /** Id of the blob of the base's `.mailmap`; null when there is none. */
  readonly mailmap: string | null;
}

/** Sign-offs by the level that they are asked from: one of a senior is not counted as one of mid level again. */
export type SignOffsByLevel = Readonly<Record<Level, number>>;

/** One merged change under one policy. */
export interface RehearsedChange {
  /** The commit on the base's own line. */
  readonly commit: string;
  readonly subject: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Tiers that ask for something. */
  readonly tiers: readonly string[];
  readonly signOffs: SignOffsByLevel;
  /** Lines, added plus removed, in these tiers: what whoever signs would read. */
  readonly lines: number;
  /** Why, as sentences. */
  readonly why: readonly string[];
  /** The change that took it back later, by the id of its commit; null when none did. */
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
  /** Hours of reading a week, all sign-offs together, at the pace that was given. */
  readonly readingHoursAWeek: number;
  readonly weeks: readonly RehearsedWeek[];
  /** Changes that were taken back later, with what was asked of them. */
  readonly reverted: readonly RehearsedChange[];
  /** Those that ask for most, first. */
  readonly largest: readonly RehearsedChange[];
}

export interface Rehearsal {
  /** What was looked at: a branch, its commit, from when to when (milliseconds). */
  readonly branch: string;
  readonly head: string;
  readonly since: number;
  readonly until: number;
  /** Merged changes that were looked at. */
  readonly changes: number;
  /**
   * How long a branch waits today from its last commit to its merge: hours at the median; null where history does not
   * say.
   */
  readonly waitsHours: number | null;
  /** Merges that this is known of. */
  readonly waitsKnown: number;
  /** Lines that are read in an hour. */
  readonly pace: number;
  /** The one to decide about first, then the present one. */
  readonly policies: readonly PolicyRehearsal[];
  /** What a reader should know beside it, as sentences. */
  readonly notices: readonly string[];
}
