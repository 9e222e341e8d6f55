/** What points at each commit, how much each piece of evidence weighs, and how much all of it says. */

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

/** Takes a piece of evidence against a commit of the window. `weight`: how much it says; default: by its kind. */
export type Add = (commit: string, kind: ReasonKind, says: string, weight?: number) => void;

export interface Reason {
  readonly kind: ReasonKind;
  /** A sentence for people. */
  readonly says: string;
}

interface Weighed extends Reason {
  readonly weight: number;
}

/** That it changes a line of a file, a line next to it, and the file, are one kind of evidence. */
const SAME_KIND: Readonly<Partial<Record<ReasonKind, ReasonKind>>> = { near: 'line', file: 'line' };
/** A second piece of the same kind says less than the first. */
const MORE_OF_A_KIND = 0.2;

/** What says less than this is left out: it would only make the list longer. */
const LEAST = 0.4;

export class Evidence {
  private readonly byCommit = new Map<string, Weighed[]>();
  private readonly isInWindow: (commit: string) => boolean;

  constructor(isInWindow: (commit: string) => boolean) {
    this.isInWindow = isInWindow;
  }

  readonly add: Add = (commit, kind, says, weight = REASON_WEIGHTS[kind]) => {
    if (!this.isInWindow(commit) || weight < LEAST) return;
    const known = this.byCommit.get(commit) ?? [];
    if (!known.some((one) => one.says === says)) known.push({ kind, says, weight });
    this.byCommit.set(commit, known);
  };

  readonly hasKind = (commit: string, kind: ReasonKind): boolean =>
    this.byCommit.get(commit)?.some((one) => one.kind === kind) === true;

  get commits(): readonly string[] {
    return [...this.byCommit.keys()];
  }

  /** The strongest first. */
  reasonsOf(commit: string): readonly Reason[] {
    return [...(this.byCommit.get(commit) ?? [])]
      .sort((a, b) => b.weight - a.weight)
      .map(({ kind, says }) => ({ kind, says }));
  }

  /** The strongest piece of each kind, and a part of what else there is of it. */
  scoreOf(commit: string): number {
    const byKind = new Map<ReasonKind, number[]>();
    for (const { kind, weight } of this.byCommit.get(commit) ?? []) {
      const group = SAME_KIND[kind] ?? kind;
      byKind.set(group, [...(byKind.get(group) ?? []), weight]);
    }
    let score = 0;
    for (const weights of byKind.values()) {
      const best = Math.max(...weights);
      const rest = weights.reduce((sum, weight) => sum + weight, 0) - best;
      score += best + Math.min(best, rest * MORE_OF_A_KIND);
    }
    return score;
  }
}
