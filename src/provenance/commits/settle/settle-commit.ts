/** Writes the note that one commit is owed, and keeps what later ones may need from it. */
import path from 'node:path';
import type { Journal, StoredRecord } from '../../journal';
import type { Outcome } from '../authors/note-rebased-commits';
import { attributeCommit } from '../authors/attribute-commit';
import { trace } from '../../../base/debug-trace';
import type { HookSnapshot, HookedCommits } from './hook-snapshots-of-commits';
import {
  readCommit,
  type Commit,
  diffTrees,
  hasLines,
  isZero,
  readStateFile,
  wereInstalled,
  type DiffFile,
  emptyTree,
  readBlobs,
  type Repository,
} from '../../../git';
import { remarksOn } from '../notes/policy-overrides-in-notes';
import { mergeNotes, writeNote, besideForeign, foreignPart, type Note } from '../notes/format';
import { changeNote, seeNote } from '../notes';
import { rememberMissingModels } from './commits-awaiting-model';
import { rememberMissingTrailers } from './commits-missing-trailers';
import { isByOthers, isFiltered, type ReflogEntry } from '../origins/head-moves-in-reflog';
import { reflogPositionOf } from '../origins/journal-position-of-reflog';
import { contentsLeft, lastContents, pathsIn } from '../origins/record-stashes-and-resets';
import { revertedBy } from '../origins/revert-in-progress';
import { isWithoutAssistant } from '../origins/is-assistant-involved';
import { isNewWork, madeContext, type CommitContext } from '../origins/origin-of-commit';
import { isKnown, type NotedCommits, rememberedJoined, rememberedSources } from '../origins/source-commits';
import { resetCommits } from '../origins/commits-undone-by-reset';
import { stashedBeside } from '../stashes-of-other-worktrees/stashed-work-in-next-commit';
import type { ChangeAttribution } from '../../authorship/types';
import { notesOf } from '../notes/notes-store';

/** A commit date this much earlier than the latest record comes from no clock. */
const IMPOSSIBLE_MS = 60_000;

export interface Context {
  readonly repository: Repository;
  readonly journal: Journal;
  /** What is remembered of each step is inserted among them. */
  readonly records: StoredRecord[];
  /** How many of them precede the last step examined. */
  place: number;
  /** Size of HEAD's log (bytes); -1 when it is not the log that the records know. */
  readonly size: number;
  readonly now: number;
  readonly hooked: HookedCommits;
  /** What git, in its own words, made each commit of. */
  readonly rewritten: ReadonlyMap<string, readonly string[]>;
  readonly work: NotedCommits;
  /**
   * Commits of a run that was processed as a whole, with the outcome; undefined for one that must be processed
   * individually.
   */
  readonly again: Map<string, Outcome | undefined>;
  /** HEAD's log shows that the work tree was reset to HEAD since the last commit in it, as `git stash` does. */
  clearedByReset: boolean;
}

export interface Found {
  /** How many records precede it. */
  readonly place: number;
  /** What the hook knew, if one saw it. */
  readonly hooked?: HookSnapshot;
}

export const isRecorded = (file: DiffFile, paths: ReadonlySet<string>): boolean =>
  hasLines(file) && (paths.has(file.path) || (file.from !== null && paths.has(file.from)));

/**
 * Where the making of a commit belongs among the records: its own record if there is one, else where the hook saw it,
 * else by HEAD's log.
 */
export async function whereIn({ records, hooked, size }: Context, step: ReflogEntry, commit: Commit): Promise<Found> {
  const known = records.findIndex(({ record }) => record.kind === 'committed' && record.commit === commit.id);
  const seen = await hooked.of(commit);
  const place =
    known >= 0
      ? known
      : seen
        ? records.findLastIndex(({ name }) => name <= seen.last) + 1
        : reflogPositionOf(records, step, size);
  return { place, ...(seen ? { hooked: seen } : {}) };
}

export async function settleCommit(
  context: Context,
  step: ReflogEntry,
  commit: Commit,
  found: Found,
): Promise<boolean> {
  const outcome = context.again.get(commit.id);
  if (outcome !== undefined) return outcome === 'noted';
  const { repository, journal } = context;
  const seen = await seeNote(repository, commit.id);
  // Another tool may have been faster: ours is added to its note.
  if (seen.note?.record) {
    trace('note', () => `${commit.id.slice(0, 10)}: has one`);
    return false;
  }
  const records = context.records.slice(0, context.place);
  const dated = step.time * 1000 + 999;
  const latest = records.at(-1)?.record.at ?? 0;
  const time = found.hooked?.at ?? (dated + IMPOSSIBLE_MS < latest ? context.now : Math.max(dated, latest));
  const origin = await originOf(context, step, commit, found.hooked);
  const { change, sources } = await attributeCommit(repository, origin, {
    to: commit.id,
    journal,
    records,
    now: Math.min(context.now, time),
    joined: isMailed(step, commit, origin) ? [commit.id] : rememberedJoined(repository, commit),
    isAlone: (sources) => certainlyByPerson(context, origin, found, sources.length),
  });
  const certain =
    change.added.ai + change.added.human + change.removed.ai + change.removed.human > 0 ||
    change.files.some((file) => file.change !== null && file.change.author !== 'unknown');
  // A message may carry claims over without the lines: where its sources are known, it proves no more than they do.
  trace(
    'note',
    () =>
      `${commit.id.slice(0, 10)}: ${found.hooked ? 'the hook saw it' : 'no hook saw it'}, ${String(context.place)} records come before it, ` +
      `HEAD's log says "${step.what.split(':')[0] ?? ''}"; ${certain ? 'authors are known' : sources.some(isKnown) ? 'its sources are known' : 'no author is known: no note'}`,
  );
  if (!certain && !sources.some(isKnown) && !isMadeBesideRecorder(repository, step, commit)) return false;
  const { change: ours, foreign } = await withForeign(
    repository,
    commit,
    sources.map((source) => source.commit),
    change,
  );
  if (
    !(await changeNote(
      repository,
      commit,
      (existing) => {
        if (existing?.record) return undefined;
        const others = existing && foreign ? mergeNotes(existing, foreign) : (existing ?? foreign);
        return writeNote(commit.id, nameOf(commit), ours, others, remarksOn(repository.gitDir, context.now));
      },
      seen,
    ))
  )
    return false;
  rememberMissingModels(repository, commit.id, change, context.now);
  rememberMissingTrailers(repository, commit, change);
  await context.work.add(commit);
  return true;
}

/** Whether `git am` made it of somebody else's patch, of which nothing is known: whoever ran git did not write it. */
const isMailed = ({ what: action }: ReflogEntry, { author, committer }: Commit, origin: CommitContext): boolean =>
  /^am\b/.test(action) && isNewWork(origin) && author.email !== committer.email;

/**
 * Whether a commit for which nobody is known is noted all the same: where our hooks are, and the policy tells commits
 * without a recorder from others (`no-recorder`). Then one without any note is one of a machine without a recorder. A
 * commit with a trailer keeps what that claims, which a note would hide.
 */
const isMadeBesideRecorder = (repository: Repository, { what: action }: ReflogEntry, { message }: Commit): boolean =>
  /^commit(?: \((?:initial|amend)\))?(?::|$)/.test(action) &&
  wereInstalled(repository) &&
  !/^[^a-z\n]*(?:[a-z]+-[a-z-]+:|generated)/im.test(message) &&
  readStateFile(path.join(repository.root, '.linekeeper.yml')).includes('no-recorder');

/**
 * Whether git reverted a commit and no assistant was at work. The hook's decision holds: the trailers agree with it.
 */
function certainlyByPerson(
  { records, size }: Context,
  { parent, reverts }: CommitContext,
  { place, hooked }: Found,
  sources: number,
): boolean {
  if (hooked) return hooked.byPerson === true;
  return sources === 0 && size >= 0 && reverts?.run === true && isWithoutAssistant(records, place, parent);
}

/** How a commit came about, from what HEAD's log, the hook and the commit itself show. Throws a GitError. */
export async function originOf(
  { repository, rewritten, work }: Context,
  step: ReflogEntry,
  commit: Commit,
  hooked: HookSnapshot | undefined,
): Promise<CommitContext> {
  const [first, ...others] = commit.parents;
  const parent = first ?? emptyTree(repository);
  const reset =
    step.line && step.what.startsWith('commit')
      ? await resetCommits(repository, { parent, head: step.before, to: commit.id, until: step.line.start })
      : [];
  const reverted =
    first === undefined || others.length > 0 ? undefined : (revertedBy(commit.message) ?? hooked?.reverts);
  return madeContext({
    parent,
    others,
    message: commit.message,
    remembered: [...(rememberedSources(repository, commit) ?? []), ...(rewritten.get(commit.id) ?? [])],
    replaced: step.what.startsWith('commit (amend)') ? step.before : undefined,
    reset,
    reverts: reverted === undefined ? undefined : { commit: reverted, run: /^revert\b/.test(step.what) },
    alike: async () =>
      /^(?:cherry-pick|rebase|pull|am)\b/.test(step.what)
        ? work.sameWork(commit)
        : isByOthers(step) || isFiltered(step)
          ? work.rewrittenFrom(commit)
          : reverted === undefined && others.length === 0
            ? stashedBeside(repository, { parent, to: commit.id })
            : [],
  });
}

/** Length of the ids under which the journal keeps contents; those of a SHA-256 repository are longer. */
export const KEPT_ID_LENGTH = 40;

/** Keeps HEAD's version of recorded files at that time, as the starting point for what follows. */
export async function remember(context: Context, step: ReflogEntry, commit: Commit, made: boolean): Promise<void> {
  const { repository, journal, records } = context;
  const from = made ? commit.parents[0] : (await readCommit(repository, step.before))?.id;
  const paths = pathsIn(records);
  const changed = (await diffTrees(repository, from ?? emptyTree(repository), commit.id)).filter((file) =>
    isRecorded(file, paths),
  );
  const contents = new Map(
    changed.flatMap(({ newId }) => {
      const content = isZero(newId) ? undefined : journal.content(newId);
      return content === undefined ? [] : [[newId, content] as const];
    }),
  );
  const blobs = new Map([
    ...contents,
    ...(await readBlobs(
      repository,
      changed.map((file) => file.newId).filter((blob) => !isZero(blob) && !contents.has(blob)),
    )),
  ]);
  const files = changed.flatMap((file) => {
    const content = isZero(file.newId) ? null : blobs.get(file.newId);
    return content === undefined
      ? []
      : [
          {
            path: file.path,
            content: content === null ? null : journal.keep(content, file.newId),
            stored: true as const,
            ...(made && !isZero(file.oldId) && file.oldId.length === KEPT_ID_LENGTH ? { was: file.oldId } : {}),
            ...(made && file.status === 'R' && file.from !== null ? { from: file.from } : {}),
          },
        ];
  });
  if (mayHaveCleared(context, step, made)) {
    const cleared = await contentsLeft(repository, journal, changed, lastContents(records.slice(0, context.place)));
    if (cleared.length > 0) put(context, step.time, step.line?.end, { kind: 'seen', files: cleared, cleared: true });
  }
  put(context, step.time, step.line?.end, { kind: 'committed', commit: commit.id, parents: commit.parents, files });
  // A checkout, or what git commits by itself, leaves exactly this in the work tree; a commit may hold only a part of
  // it.
  if (files.length === 0 || /^(?:commit|reset)\b/.test(step.what)) return;
  // A file that git follows to another name is gone under its old name.
  const renamedAway = changed.flatMap((file) =>
    file.status === 'R' && file.from !== null && !files.some(({ path: there }) => there === file.from)
      ? [{ path: file.from, content: null, stored: true as const }]
      : [],
  );
  put(context, step.time, step.line?.end, {
    kind: 'seen',
    files: [...files.map(({ path, content, stored }) => ({ path, content, stored })), ...renamedAway],
  });
}

/** Moves before which git, or `git stash`, takes changes of the same files out of the way: else it refuses to move. */
function mayHaveCleared({ clearedByReset }: Context, { what: action }: ReflogEntry, made: boolean): boolean {
  return clearedByReset || (!made && !/^(?:commit|reset)\b/.test(action)) || /^(?:merge|pull)\b/.test(action);
}

/**
 * Inserts a record among the others: what is done next comes after it. `time`: in seconds; `log`: the length of HEAD's
 * log.
 */
export function put(
  context: Context,
  time: number,
  log: number | undefined,
  record: Parameters<Journal['addAfter']>[2],
): void {
  const added = context.journal.addAfter(
    context.records[context.place - 1]?.name ?? null,
    { at: time * 1000, ...(log === undefined ? {} : { log }) },
    record,
  );
  context.records.splice(context.place, 0, added);
  context.place++;
}

const nameOf = (commit: Commit): string => `${commit.author.name} <${commit.author.email}>`;

/**
 * Adds what other tools wrote about the replaced commits to what is known of this one: their sessions as they are, with
 * their lines of files that are still the same. `change` covers what changed since. Throws a GitError.
 */
async function withForeign(
  repository: Repository,
  commit: Commit,
  sources: readonly Commit[],
  change: ChangeAttribution,
): Promise<{ readonly change: ChangeAttribution; readonly foreign?: Note }> {
  // Lines have the same numbers, relative to the same parent.
  const amended = sources.filter(({ parents }) => parents.join() === commit.parents.join());
  const notes = await notesOf(
    repository,
    amended.map(({ id }) => id),
  );
  let all: Note | undefined;
  for (const [id, note] of notes) {
    const changed = new Set(
      (await diffTrees(repository, id, commit.id)).flatMap(({ path, from }) =>
        [path, from ?? path].map((name) => name.normalize('NFC')),
      ),
    );
    const part = foreignPart(note, (path) => !changed.has(path));
    if (part) all = all ? mergeNotes(all, part) : part;
  }
  return all ? besideForeign(change, all) : { change };
}
