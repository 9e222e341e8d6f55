/** What depends on a change, as far as the repository shows. */

/** How a dependency is known. `history`: changed together before. */
type EdgeKind = 'import' | 'terraform' | 'kubernetes' | 'sql' | 'history';

/** One file that depends on what changed. Paths are relative to the repository's root, with `/`. */
export interface Edge {
  readonly kind: EdgeKind;
  /** The changed file. */
  readonly path: string;
  /** The file that depends on it. */
  readonly dependent: string;
  /** Where the dependent names it, 1-based; null for one known from history. */
  readonly line: number | null;
  /** What proves it: the dependent's line, or how often both changed together. Short, on one line. */
  readonly evidence: string;
  /** Owners of the dependent by CODEOWNERS. */
  readonly owners: readonly string[];
}

export interface BlastRadius {
  /** How many files depend on the change. */
  readonly files: number;
  readonly edges: readonly Edge[];
  /** What is unknown, as sentences. */
  readonly cannotTell: readonly string[];
}

/** What others may refer to in a changed file. */
export interface Offered {
  readonly kind: Exclude<EdgeKind, 'history'>;
  readonly path: string;
  /** The text that a line must contain to be considered. */
  readonly needle: string;
  /** Whether a line of another file names it. */
  readonly isNamedBy: (line: string, file: string) => boolean;
}
