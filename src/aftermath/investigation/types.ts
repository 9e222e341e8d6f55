/** What is asked about an incident, and how evidence is handed on. */
import type { PatchFile, Repository } from '../../git';

/** Takes a piece of evidence against a commit of the window. `weight`: how much it says; default: by its kind. */
export type Add = (commit: string, kind: ReasonKind, says: string, weight?: number) => void;

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
  /** Stack trace, log lines or a plan. */
  readonly text: string;
  readonly now: () => number;
}

/** Kinds of evidence with how much one piece of each says by itself, in the order that readers expect. */
export const REASON_WEIGHTS = {
  line: 8,
  permission: 8,
  setting: 7,
  library: 7,
  message: 6,
  reverted: 6,
  destructive: 3,
  resource: 4,
  near: 5,
  name: 3,
  file: 3,
  place: 2,
  about: 2,
  together: 1.5,
  words: 1,
} as const;

export type ReasonKind = keyof typeof REASON_WEIGHTS;
