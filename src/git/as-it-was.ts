/** Commits that are made anew just as they were, such as with another message: what is known of them holds. */
import type { ChangeAttribution, LineRange } from '../attribution/types';
import type { ChangeInput } from './attribute';
import { readCommits } from './commit';
import { emptyTree } from './plain';
import type { Repository } from './repository';
import { isKnown } from './sources';

/** More records could not tell more: everybody is known, and so is each assistant's model, which may have been told once in a session. */
export function isWhole({ files }: ChangeAttribution): boolean {
  const told = (by: Omit<LineRange, 'start' | 'end'>): boolean => by.author === 'human' || (by.author === 'ai' && by.model !== null);
  return files.every((file) => [...file.ranges, ...file.removed, ...(file.change ? [file.change] : [])].every(told));
}

/** The attribution of the one commit that a change is made of, where that led from the same content to the same and all of it is known; undefined for any other change. Throws a GitError. */
export async function asItWas(repository: Repository, { from, others = [], to, tree, sources = [] }: ChangeInput): Promise<ChangeAttribution | undefined> {
  const [source, ...more] = sources;
  if (!source || more.length > 0 || !isKnown(source) || source.commit.tree !== (tree ?? to) || !isWhole(source)) return undefined;
  const [parent = emptyTree(repository), ...rest] = source.commit.parents;
  if (others.length > 0 || rest.length > 0) return undefined;
  if (parent !== from) {
    const commits = await readCommits(repository, [parent, from]);
    const [was, is] = [commits.get(parent)?.tree, commits.get(from)?.tree];
    if (was === undefined || was !== is) return undefined;
  }
  const { files, added, removed } = source;
  return { files, added, removed };
}
