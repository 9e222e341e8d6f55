/**
 * Which commits a commit is made from: amended, picked, rebased, squashed. Authors of lines follow from the sources'
 * own attribution (rule 6 of docs/dev/attribution.md).
 */
import path from 'node:path';
import { OBJECT_ID } from '../../../base/patterns';
import { existsSync } from 'node:fs';
import { dataPlace } from '../../../base/files';
import {
  outputLines,
  readCommits,
  type Commit,
  type DiffFile,
  emptyTree,
  readStateFile,
  type Repository,
} from '../../../git';
import { NOTES_REF } from '../notes/format';
import { Changes } from '../compare-commit-changes';
import { showCommits, type CommitAttribution } from '../authors/attribution-from-commit-notes';
import { putAwayWork } from '../stashes-of-other-worktrees/known-stashes';
import { appendLine, readLines } from './read-and-append-state-lines';
import { pickedByRebase, combinedCommits } from './commits-of-rebase';

/** What git is doing right now, for a commit that is about to be made. `amended` is the commit that it replaces. */
export function sourcesInProgress(repository: Repository, amended: string | undefined): readonly string[] {
  const single = (name: string): string[] =>
    readLines(path.join(repository.gitDir, name))
      .slice(0, 1)
      .filter((id) => OBJECT_ID.test(id));
  const squashed = squashedCommits(readStateFile(path.join(repository.gitDir, 'SQUASH_MSG')));
  if (squashed.length > 0) return squashed;
  const gathered = combinedCommits(repository);
  // A picked commit may have been amended since, by a command of the rebase or where it stopped.
  if (gathered.length > 0)
    return [...new Set([...gathered.slice(0, 1), ...(amended === undefined ? [] : [amended]), ...gathered])];
  const picked = single('CHERRY_PICK_HEAD');
  const sources =
    picked.length > 0
      ? picked
      : existsSync(path.join(repository.gitDir, 'rebase-merge'))
        ? [...pickedByRebase(repository), ...single('REBASE_HEAD')].slice(0, 1)
        : [];
  return [...new Set([...(amended === undefined ? [] : [amended]), ...sources])];
}

const madeOfFile = (repository: Repository): string => dataPlace(repository.gitDir, 'made-of');

/**
 * Remembers what git was combining while it is visible; the state that git leaves behind does not always show it
 * (`merge --squash`, then `commit -m`). `joined`: what an assistant's shell brought in without any state.
 */
export function rememberSources(
  repository: Repository,
  parent: string,
  tree: string,
  sources: readonly string[],
  joined: readonly string[] = [],
): void {
  if (sources.length + joined.length === 0) return;
  appendLine(
    madeOfFile(repository),
    `${parent} ${tree} ${[...sources, ...joined.map((id) => `${JOINED}${id}`)].join(' ')}`,
  );
}

/** Marks a commit whose content git brought in without a trace in its state. */
const JOINED = '+';

/** The remembered sources of a commit; undefined when there are none. */
export function rememberedSources(repository: Repository, commit: Commit): string[] | undefined {
  return rememberedOf(repository, commit)?.filter((id) => OBJECT_ID.test(id));
}

/** The remembered commits that an assistant's shell joined to a commit. */
export function rememberedJoined(repository: Repository, commit: Commit): readonly string[] {
  const words = rememberedOf(repository, commit) ?? [];
  return words.flatMap((word) => (word.startsWith(JOINED) && OBJECT_ID.test(word.slice(1)) ? [word.slice(1)] : []));
}

function rememberedOf(repository: Repository, commit: Commit): string[] | undefined {
  const start = `${commit.parents[0] ?? emptyTree(repository)} ${commit.tree} `;
  return readLines(madeOfFile(repository))
    .findLast((line) => line.startsWith(start))
    ?.slice(start.length)
    .split(' ');
}

/** Up to this many commits that one author made in one second are compared with another. */
const COMPARED_AT_MOST = 16;

/** Commits with notes, by author and author date: picking and rebasing keep both. */
export class NotedCommits {
  private byAuthor: Promise<Map<string, Commit[]>> | undefined;
  private readonly changes: Changes;
  constructor(private readonly repository: Repository) {
    this.changes = new Changes(repository);
  }

  /** Commits that are the same work as this one, judged by author and author date; newest last. */
  async sameWork(commit: Commit): Promise<string[]> {
    const same = await this.byAuthorOf(commit);
    const subject = subjectOf(commit);
    const alike = same.filter((other) => subjectOf(other) === subject);
    const found = alike.length > 0 ? alike : same;
    // Copies of one commit have the same note; the newest is enough. Of several made in one second, it is the one with
    // this change.
    const last = found.length > 1 ? ((await this.withChangeOf(commit, found)) ?? found.at(-1)) : found[0];
    return last ? [last.id] : [];
  }

  /**
   * The commit that another program than git has made this one of by plumbing, as it seems: with the same author, author
   * date, and subject or change.
   */
  async rewrittenFrom(commit: Commit): Promise<string[]> {
    const same = await this.byAuthorOf(commit);
    const subject = subjectOf(commit);
    const alike = same.filter((other) => subjectOf(other) === subject);
    const source =
      alike.length === 1
        ? alike[0]
        : ((await this.withChangeOf(commit, alike.length > 0 ? alike : same)) ?? alike.at(-1));
    return source ? [source.id] : [];
  }

  /** Counts a commit that has got its note meanwhile. */
  async add(commit: Commit): Promise<void> {
    const map = await this.byAuthor;
    map?.set(keyOf(commit), [...(map.get(keyOf(commit)) ?? []), commit]);
  }

  private async byAuthorOf(commit: Commit): Promise<Commit[]> {
    this.byAuthor ??= this.read();
    return ((await this.byAuthor).get(keyOf(commit)) ?? []).filter((other) => other.id !== commit.id);
  }

  /** The newest of these with exactly the same change as a commit. */
  private async withChangeOf(commit: Commit, others: readonly Commit[]): Promise<Commit | undefined> {
    const keyOfChange = async ({ parents, id }: Commit): Promise<string> =>
      this.changes.key(await this.changes.of(parents[0], id));
    const key = await keyOfChange(commit);
    for (const source of others.slice(-COMPARED_AT_MOST).reverse())
      if ((await keyOfChange(source)) === key) return source;
    return undefined;
  }

  private async read(): Promise<Map<string, Commit[]>> {
    const list = await this.repository.git(['notes', `--ref=${NOTES_REF}`, 'list'], { codes: [0, 1, 128] });
    const ids = outputLines(list.stdout).flatMap((line) => line.split(' ')[1] ?? []);
    const map = new Map<string, Commit[]>();
    const commits = [...(await readCommits(this.repository, ids)).values()].sort(
      (a, b) => a.committer.time - b.committer.time,
    );
    for (const commit of commits) map.set(keyOf(commit), [...(map.get(keyOf(commit)) ?? []), commit]);
    return map;
  }
}

/** A commit that another one is made from. */
export type Source = (CommitAttribution | { readonly commit: Commit; readonly provenance: 'nobody' }) & {
  /** What it changed, as git says. */
  readonly own: readonly DiffFile[];
};

/** True for a source with a record of its own: the authors of the others are unknown. */
export const isKnown = (source: Source): source is Source & CommitAttribution => source.provenance !== 'nobody';

/** The sources that exist here, in order. Throws a GitError. */
export async function attributionOfSources(repository: Repository, ids: readonly string[]): Promise<Source[]> {
  const changes = new Map<string, readonly DiffFile[]>();
  const shown = await showCommits(repository, ids, (id, own) => changes.set(id, own));
  return ids.flatMap((id): Source[] => {
    const source = shown.get(id);
    if (source === undefined) return [];
    const changed = { own: changes.get(id) ?? [] };
    const stashed = putAwayWork(repository, id);
    if (stashed) return [{ ...source, ...stashed.change, provenance: 'note', ...changed }];
    if (source.provenance === 'note') return [{ ...source, ...changed }];
    return [{ commit: source.commit, provenance: 'nobody', ...changed }];
  });
}

const keyOf = (commit: Commit): string => `${String(commit.author.time)} ${commit.author.zone} ${commit.author.email}`;
const subjectOf = (commit: Commit): string =>
  (commit.message.split('\n')[0] ?? '').replace(/^(?:(?:fixup|squash|amend)! )+/, '');

/** The commits that `git merge --squash` lists in its message, oldest first. */
export function squashedCommits(message: string): string[] {
  if (!message.startsWith('Squashed commit of the following:')) return [];
  return [...message.matchAll(/^commit ([0-9a-f]{40,64})$/gm)].flatMap((match) => match[1] ?? []).reverse();
}
