/** What is asked about an incident, and how evidence is handed on. */
import type { Repository } from '../../git';

/** Takes a piece of evidence against a commit of the window. */
export type Add = (commit: string, kind: ReasonKind, says: string) => void;

export interface Search {
  readonly repository: Repository;
  /** Ids of commits. */
  readonly deployed: string;
  readonly lastGood: string | null;
  /** Where nothing is known to have worked: commits since this time (milliseconds). */
  readonly since: number;
  /** When it began (milliseconds). */
  readonly began: number;
  /** What is deployed is only guessed: commits after it began had no part. */
  readonly guessed: boolean;
  readonly services: readonly string[];
  readonly paths: readonly string[];
  /** Stack trace, log lines or a plan. */
  readonly text: string;
  readonly now: () => number;
}

/** Kinds of evidence, the strongest first. */
export const REASONS = ['line', 'reverted', 'destructive', 'resource', 'name', 'file', 'place', 'together'] as const;

export type ReasonKind = (typeof REASONS)[number];
