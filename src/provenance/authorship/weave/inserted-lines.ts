/** The whole lines that a change inserts, grouped by where they are. Pure. */
import type { NewLine } from './match-lines';
import type { Insertion } from './snapshot';

/**
 * A change may be of very many files: each asks for its own lines only, so the cost of all of them grows with the
 * number of lines.
 */
export class InsertedLines {
  private readonly edges = new Map<string, Set<number>>();
  private readonly traced = new Map<Insertion, Set<number>>();

  constructor(lines: readonly NewLine[]) {
    for (const { version, start, end, put, from, source, unclear } of lines) {
      groupOf(this.edges, version.text).add(start).add(end);
      if (source || unclear) groupOf(this.traced, put).add(from);
    }
  }

  /** Where they start and end in a version. */
  edgesIn(text: string): ReadonlySet<number> {
    return this.edges.get(text) ?? NONE;
  }

  /** Where those of an insertion begin whose source is known, or unclear. */
  tracedIn(put: Insertion): ReadonlySet<number> {
    return this.traced.get(put) ?? NONE;
  }
}

const NONE: ReadonlySet<number> = new Set();

function groupOf<Key>(groups: Map<Key, Set<number>>, key: Key): Set<number> {
  const known = groups.get(key);
  if (known) return known;
  const group = new Set<number>();
  groups.set(key, group);
  return group;
}
