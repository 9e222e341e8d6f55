/** What is asked about an incident. */
import type { PatchFile, Repository } from '../../git';

/** What each commit of the window changes. */
export type Changes = ReadonlyMap<string, readonly PatchFile[]>;

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
  /** Stack trace, log lines or a plan; empty when there is none. */
  readonly text: string;
  readonly now: () => number;
}
