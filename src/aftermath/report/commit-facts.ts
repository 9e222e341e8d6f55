/** What is kept about a commit, from its attribution. */
import type { LineRange } from '../../provenance/authorship/types';
import { revertedBy, type CommitAttribution } from '../../provenance/commits';
import type { CommitFacts, FileFacts, Who } from './types';

/** A list of authors, each once. */
export class WhoList {
  readonly list: Who[];
  private readonly known: Map<string, number>;

  constructor(list: readonly Who[] = []) {
    this.list = [...list];
    this.known = new Map(list.map((who, at) => [JSON.stringify(who), at]));
  }

  indexOf({ author, assistant, model }: Pick<LineRange, 'author' | 'assistant' | 'model'>): number {
    const who: Who = author === 'ai' ? [author, assistant ?? 'unknown-assistant', model] : [author, null, null];
    const key = `${who[0]}\0${who[1] ?? ''}\0${who[2] ?? ''}`;
    const found = this.keys.get(key);
    if (found !== undefined) return found;
    const at = this.known.get(JSON.stringify(who)) ?? this.list.push(who) - 1;
    this.known.set(JSON.stringify(who), at);
    this.keys.set(key, at);
    return at;
  }

  private readonly keys = new Map<string, number>();
}

const REVIEWED = /^(?:Reviewed|Approved|Acked)-by:[ \t]*\S/gim;

export function factsOf(
  { commit, files, provenance, overruled }: CommitAttribution,
  note: string,
  who: WhoList,
): CommitFacts {
  const reverts = revertedBy(commit.message);
  const reviewedBy = commit.message.match(REVIEWED)?.length ?? 0;
  return {
    id: commit.id,
    parents: commit.parents,
    time: commit.committer.time,
    author: commit.author.email.toLowerCase(),
    provenance,
    note,
    ...(reverts === undefined ? {} : { reverts }),
    ...(reviewedBy === 0 ? {} : { reviewedBy }),
    ...(overruled.length === 0 ? {} : { overruled: overruled.length }),
    files: files.map(({ path, from, ranges, removed, change }): FileFacts => {
      const counts = new Map<number, [number, number]>();
      const count = (range: LineRange, side: 0 | 1): void => {
        const at = who.indexOf(range);
        const known = counts.get(at) ?? [0, 0];
        known[side] += range.end - range.start + 1;
        counts.set(at, known);
      };
      for (const range of ranges) count(range, 0);
      for (const range of removed) count(range, 1);
      return {
        path,
        ...(from === null ? {} : { from }),
        lines: [...counts].map(([at, [added, removed]]) => [at, added, removed]),
        ...(change === null ? {} : { change: who.indexOf({ ...change }) }),
      };
    }),
  };
}
