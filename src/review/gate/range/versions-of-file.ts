/** The versions of a file in a range, and which of them came from which others. Pure. */

/** A version of a file, by the version or versions that it was made from. */
class Made {
  readonly from: readonly Made[];
  /** More than that of any version that it was made from. */
  readonly age: number;

  /** Undefined: versions that the range has not touched. */
  constructor(from: readonly (Made | undefined)[]) {
    this.from = [...new Set(from.filter((version) => version !== undefined))];
    this.age = this.from.reduce((most, { age }) => Math.max(most, age), 0) + 1;
  }
}

/** A version that the range has made. */
export class Version extends Made {
  constructor(
    from: readonly (Made | undefined)[],
    readonly id: string,
    readonly mode: string,
  ) {
    super(from);
  }
}

/** The file was removed, or renamed. */
export class Removed extends Made {
  readonly isGone = true;
}

export type Known = Version | Removed;

/**
 * Whether a version says nothing about lines that some other versions do not: the range has not touched it, or one of
 * them was made from it.
 */
export function addsNothing(version: Known | undefined, others: readonly (Known | undefined)[]): boolean {
  if (!(version instanceof Version)) return true;
  const seen = new Set<Made>();
  const open: Made[] = others.filter((other) => other !== undefined);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === version) return true;
    if (next.age <= version.age || seen.has(next)) continue;
    seen.add(next);
    open.push(...next.from);
  }
  return false;
}
