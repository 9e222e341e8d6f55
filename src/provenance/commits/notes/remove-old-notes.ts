/** Removes notes of old commits: who wrote which lines, prompts that were kept, what agents ran. */
import { GitError, type Repository } from '../../../git';
import { NOTES_REF } from './format';
import { PROMPTS_REF, RUNS_REF } from './refs-of-line-notes';
import { noteIds } from './notes-store';
import { importNotes, WRITTEN_REF } from './write-notes';

/** What has people's data in it. Sign-offs, debts and deployments are what a gate or an audit asks for. */
const AGING = [NOTES_REF, PROMPTS_REF, RUNS_REF] as const;

export interface OldNotes {
  readonly ref: string;
  /** Full ids of the commits that they are of. */
  readonly commits: readonly string[];
}

/** Notes of commits that were made before `before` (milliseconds since the epoch), or that are gone. Throws a GitError. */
export async function notesBefore(
  repository: Repository,
  before: number,
  refs: readonly string[] = AGING,
): Promise<readonly OldNotes[]> {
  const found: OldNotes[] = [];
  for (const ref of refs) {
    const ids = [...(await noteIds(repository, ref)).keys()];
    if (ids.length === 0) continue;
    const checked = await repository.text(['cat-file', '--batch-check=%(objecttype) %(objectname)'], {
      input: ids.map((id) => `${id}\n`).join(''),
    });
    const here = checked.split('\n').flatMap((line) => (line.startsWith('commit ') ? [line.slice(7)] : []));
    const times = await repository.text(['log', '--no-walk=unsorted', '--stdin', '--format=%H %ct'], {
      input: here.map((id) => `${id}\n`).join(''),
    });
    const young = new Set(
      here.length === 0
        ? []
        : times.split('\n').flatMap((line) => {
            const [id = '', seconds = ''] = line.split(' ');
            return Number(seconds) * 1000 >= before ? [id] : [];
          }),
    );
    const commits = ids.filter((id) => !young.has(id));
    if (commits.length > 0) found.push({ ref, commits });
  }
  return found;
}

/**
 * Removes them, by compare and swap, in a notes commit of their own: nobody takes that for a ref that was set back. Git
 * keeps what was removed in the history of the ref. Throws a GitError.
 */
export async function removeNotes(repository: Repository, { ref, commits }: OldNotes, now: number): Promise<void> {
  const failure = await importNotes(repository, {
    ref,
    committer: `Linekeeper <linekeeper@localhost> ${String(Math.max(0, Math.floor(now / 1000)))} +0000`,
    notes: new Map(commits.map((commit) => [commit, null])),
    on: await repository.commitId(ref),
    ...(ref === NOTES_REF ? { also: WRITTEN_REF } : {}),
  });
  if (failure !== undefined) throw new GitError('failed', `${ref} could not be written: ${failure}. Try again.`);
}
