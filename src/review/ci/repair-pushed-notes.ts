/**
 * After a merge: the forge rewrote the pull request's commits, without their notes. Finds the originals, writes notes
 * for the new commits, and pushes these to the remote.
 */
import { noteIds } from '../../provenance/commits';
import { outputLines, readCommits, type Repository } from '../../git';
import { pushNotes, repairNotes } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { fetchHeads, fetchNotedHeads, fetchNotesQuietly, fetchRest } from './fetch-missing-history-and-notes';
import type { ForgeJobs, PushEvent } from '../forges';

/** A push is usually one pull request. */
const COMMITS_AT_MOST = 100;
const REQUESTS_AT_MOST = 20;

/** Returns what was done, as sentences. Throws a CiError, GitError or NotesError. */
export async function repairPushed(
  checkout: Repository,
  remote: string,
  { branch, before, after }: PushEvent,
  jobs: ForgeJobs,
  now: () => number,
): Promise<readonly string[]> {
  await fetchRest(checkout, remote, branch);
  const trouble = await fetchNotesQuietly(checkout, remote);
  const repository = checkout.beside();
  const since = before !== null && (await repository.commitId(before)) !== undefined ? [`^${before}`] : [];
  const listed = outputLines(
    await repository.text(['rev-list', `--max-count=${String(COMMITS_AT_MOST)}`, after, ...since]),
  );
  const commits = [...(await readCommits(repository, listed)).values()];
  const messages = commits.map(({ message }) => message);
  await fetchHeads(repository, remote, jobs, numbersIn(messages, jobs));
  const repair = (): ReturnType<typeof repairNotes> =>
    repairNotes(repository.beside(), [since.length === 0 ? after : `${before ?? ''}..${after}`], now);
  const first = await repair();
  const noted = await noteIds(repository);
  const search = first.absent > 0 && commits.some(({ id, parents }) => parents.length < 2 && !noted.has(id));
  const second = search && (await fetchNotedHeads(repository, remote, jobs)) > 0 ? await repair() : undefined;
  const written = [...first.written, ...(second?.written ?? [])];
  const { absent } = second ?? first;
  const sent = written.length > 0 ? (await pushNotes(repository.beside(), remote)).sent : 0;
  return [
    ...trouble,
    written.length === 0
      ? 'No commit of this push lacks a note that Linekeeper could restore.'
      : `Notes written for ${String(written.length)} of ${String(listed.length)} commits, and ${String(sent)} sent to ${remote}.`,
    ...(absent > 0 ? [`${String(absent)} commits with a note are not here, so what became of them isn't known.`] : []),
  ];
}

/** Numbers of pull requests as the merge buttons write them. They only determine what to fetch. */
export const numbersIn = (messages: readonly string[], { numbersIn: read }: ForgeJobs): readonly number[] =>
  [...new Set(messages.flatMap((message) => read(message)))].slice(0, REQUESTS_AT_MOST);
