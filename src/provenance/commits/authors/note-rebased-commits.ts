/**
 * Notes for commits that git replayed unchanged, many at a time: those of a rebase or of a picked range. What is known
 * of a commit holds for one with the same patch, so the notes follow from the old ones. The number of git processes
 * does not depend on the number of commits.
 */
import type { ChangeAttribution } from '../../authorship/types';
import type { StoredRecord } from '../../journal';
import {
  readCommits,
  type Commit,
  rememberDiff,
  patchesOf,
  tellsTooLittle,
  type PatchFile,
  type Repository,
} from '../../../git';
import { isFullyKnown, reuseByPatch, saysWhoWrote } from './reuse-source-attribution';
import { writeNote, type Note } from '../notes/format';
import { changeNotes, seeNotes } from '../notes';
import { revertedBy } from '../origins/revert-in-progress';
import { attributed } from './attribution-from-commit-notes';

/** A commit and the one that it was apparently made from. Neither has more than one parent. */
export interface ReappliedCommit {
  readonly commit: Commit;
  /** Id of the commit it was made from. */
  readonly source: string;
}

/** What became of a commit: its note was written, or there is nothing to note. */
export type Outcome = 'noted' | 'nothing';

/** This many commits are processed together: their patches are in memory at the same time. */
const TOGETHER = 500;

/** What the notes of many commits need beside the commits. */
interface NoteSources {
  /** The journal's records. */
  readonly records: readonly StoredRecord[];
  /** Called with each attribution that was noted. */
  readonly remember: (commit: string, change: ChangeAttribution) => void;
  /** Remarks on sessions, for the notes. */
  readonly remarks: Parameters<typeof writeNote>[4];
}

/**
 * Writes the notes of those commits that are the same change as their source; returns the outcome for each. The ones
 * left out must be examined individually. Throws a GitError; then no note was written.
 */
export async function noteReapplied(
  repository: Repository,
  made: readonly ReappliedCommit[],
  sources: NoteSources,
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (let start = 0; start < made.length; start += TOGETHER)
    for (const [id, outcome] of await noteTogether(repository, made.slice(start, start + TOGETHER), sources))
      outcomes.set(id, outcome);
  return outcomes;
}

async function noteTogether(
  repository: Repository,
  made: readonly ReappliedCommit[],
  { records, remember, remarks }: NoteSources,
): Promise<ReadonlyMap<string, Outcome>> {
  const sources = await readCommits(
    repository,
    made.map(({ source }) => source),
  );
  const pairs = made.flatMap(({ commit, source: id }) => {
    const source = sources.get(id);
    return source && commit.parents.length <= 1 && source.parents.length <= 1 ? [{ commit, source }] : [];
  });
  const patches = await patchesOfCommits(
    repository,
    pairs.flatMap(({ commit, source }) => [commit, source]),
  );
  const { notes } = await seeNotes(
    repository,
    pairs.flatMap(({ commit, source }) => [commit.id, source.id]),
  );
  const isTelling = records.some(saysWhoWrote);
  const outcomes = new Map<string, Outcome>();
  const owed = new Map<string, { readonly commit: Commit; readonly change: ChangeAttribution }>();
  for (const { commit, source } of pairs) {
    const [patch, sourcePatch] = [patches.get(commit.id), patches.get(source.id)];
    // Who made a revert does not follow from lines alone.
    if (!patch || !sourcePatch || notes.get(commit.id)?.record || revertedBy(commit.message) !== undefined) continue;
    const change = changeOf(source, sourcePatch, patch, notes.get(source.id), isTelling);
    if (change) owed.set(commit.id, { commit, change });
    else if (
      !notes.has(source.id) &&
      !notes.has(commit.id) &&
      isSamePatch(patch, sourcePatch) &&
      !isRecorded(sourcePatch, source, records)
    )
      outcomes.set(commit.id, 'nothing');
  }
  const texts = new Map(
    [...owed].map(([id, { commit, change }]) => [
      id,
      (existing: Note | undefined) =>
        existing?.record
          ? undefined
          : writeNote(id, `${commit.author.name} <${commit.author.email}>`, change, existing, remarks),
    ]),
  );
  const last = [...owed.values()].at(-1)?.commit;
  if (last) await changeNotes(repository, last, texts);
  for (const [id, { change }] of owed) {
    remember(id, change);
    outcomes.set(id, 'noted');
  }
  return outcomes;
}

/** The source's attribution, if it has a note and more records could not add to it; else undefined. */
function changeOf(
  source: Commit,
  sourceFiles: readonly PatchFile[],
  files: readonly PatchFile[],
  note: Note | undefined,
  isTelling: boolean,
): ChangeAttribution | undefined {
  if (!note) return undefined;
  const known = attributed(source, sourceFiles, note);
  return isFullyKnown(known) || !isTelling ? reuseByPatch(files, known, sourceFiles) : undefined;
}

/**
 * Whether a record can show who made a commit: one of a file in it, from the time between its parent and itself. The
 * record may have arrived after the commit was settled.
 */
function isRecorded(
  files: readonly PatchFile[],
  { id, parents, committer }: Commit,
  records: readonly StoredRecord[],
): boolean {
  const placeOf = (commit: string | undefined): number =>
    records.findIndex(({ record }) => record.kind === 'committed' && record.commit === commit);
  const [start, end] = [placeOf(parents[0]), placeOf(id)];
  const between =
    end >= 0 ? records.slice(start + 1, end) : records.filter(({ record }) => record.at <= committer.time * 1000 + 999);
  const paths = new Set(files.flatMap(({ path, from }) => (from === null ? [path] : [path, from])));
  return between.some(
    (named) =>
      saysWhoWrote(named) && named.record.kind !== 'session' && named.record.files.some(({ path }) => paths.has(path)),
  );
}

const isSamePatch = (files: readonly PatchFile[], sourceFiles: readonly PatchFile[]): boolean =>
  reuseByPatch(
    files,
    {
      files: sourceFiles.map((file) => ({
        path: file.path,
        from: file.from,
        status: file.status,
        binary: file.binary,
        ranges: [],
        removed: [],
        change: null,
      })),
      added: NONE,
      removed: NONE,
    },
    sourceFiles,
  ) !== undefined;

const NONE = { ai: 0, human: 0, unknown: 0 };

/** The patch of each commit against its parent, in one git call; leaves out those whose patch is not sufficient. */
async function patchesOfCommits(
  repository: Repository,
  commits: readonly Commit[],
): Promise<ReadonlyMap<string, readonly PatchFile[]>> {
  const distinct = [...new Map(commits.map((commit) => [commit.id, commit])).values()];
  const patches = new Map<string, readonly PatchFile[]>();
  let next = 0;
  for await (const files of patchesOf(
    repository,
    distinct.map(({ id, parents: [first] }) => ({ from: first ?? null, to: id })),
  )) {
    const commit = distinct[next++];
    if (!commit || files.length === 0 || files.some(tellsTooLittle)) continue;
    patches.set(commit.id, files);
    if (commit.parents[0] !== undefined) rememberDiff(repository, commit.parents[0], commit.id, files);
  }
  return patches;
}
