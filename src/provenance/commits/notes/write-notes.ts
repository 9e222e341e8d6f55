/**
 * Writes notes by compare and swap. `git notes add` puts its tree on whatever the ref is at its end, so of two
 * concurrent runs one is lost. `git fast-import` (git-fast-import(1), "notemodify") moves the ref only to a commit that
 * has the current one among its ancestors, keeps the folders that notes are in, and accepts any number of notes in one
 * process.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { mayHaveRefs, readCommit, type Commit, type Repository } from '../../../git';
import { NOTES_REF } from './format';

/**
 * The notes commit that was last written here. A concurrent `git notes add` of another tool may have overwritten it;
 * then this ref still has what was lost.
 */
export const WRITTEN_REF = 'refs/linekeeper/notes';

/** Of every notes commit of ours. */
const MESSAGE = 'Notes added by Linekeeper\n';

/** Notes to be written in one commit on a ref. */
interface NotesToImport {
  readonly ref: string;
  /** In fast-import's format: name, address, time and zone. */
  readonly committer: string;
  /** By commit id; null: there is to be none. */
  readonly notes: ReadonlyMap<string, string | null>;
  /** The notes commit to build on; undefined: there are none yet. */
  readonly on: string | undefined;
  /** Another ref to set to the new commit, wherever it was. */
  readonly also?: string;
}

/**
 * Returns why nothing was written, usually because others were faster; undefined when it was. Throws a GitError when
 * git can't be run.
 */
export async function importNotes(repository: Repository, request: NotesToImport): Promise<string | undefined> {
  const answer = await runImport(repository, request);
  return 'failure' in answer ? answer.failure : undefined;
}

/** `asks`: what else git is asked about the new commit, whose mark is `:1`. */
async function runImport(
  repository: Repository,
  { ref, committer, notes, on, also }: NotesToImport,
  asks: readonly string[] = [],
): Promise<{ readonly failure: string } | { readonly answers: string }> {
  const parts: Buffer[] = [];
  const line = (text: string): unknown => parts.push(Buffer.from(`${text}\n`));
  const data = (text: string): void => {
    const bytes = Buffer.from(text);
    line(`data ${String(bytes.length)}`);
    parts.push(bytes, Buffer.from('\n'));
  };
  line(`commit ${ref}`);
  line('mark :1');
  line(`committer ${committer}`);
  data(MESSAGE);
  if (on !== undefined) line(`from ${on}`);
  for (const [commit, text] of notes) {
    if (text === null) line(`N ${'0'.repeat(commit.length)} ${commit}`);
    else {
      line(`N inline ${commit}`);
      data(text);
    }
  }
  if (also !== undefined) {
    line(`reset ${also}`);
    line('from :1\n');
  }
  for (const ask of asks) line(ask);
  line('done');
  const answer = await repository.git(['fast-import', '--quiet', '--done', '--date-format=raw'], {
    input: Buffer.concat(parts),
    codes: [0, 1, 128],
  });
  return answer.code === 0
    ? { answers: answer.stdout.toString('latin1') }
    : { failure: answer.stderr.trim().split('\n').at(-1) ?? 'git fast-import failed' };
}

interface NotesState {
  /** The notes commit to write on; undefined: there are no notes yet. */
  readonly at: string | undefined;
  /** The notes commit that was last written here, if any. */
  readonly written?: string | undefined;
}

/**
 * Writes notes by commit id on the current ones. The new commit has the time of `by`, nothing more precise. One of ours
 * that no remote knows is amended: `git log --all` shows one notes commit for all that was not pushed yet. Returns the
 * same as {@link importNotes}.
 */
export async function writeNotes(
  repository: Repository,
  by: Pick<Commit, 'committer'>,
  notes: ReadonlyMap<string, string>,
  { at, written }: NotesState,
): Promise<string | undefined> {
  const committer = identityOf(by);
  const parents = at === undefined || at !== written ? undefined : await parentsToKeep(repository, at);
  return at === undefined || parents === undefined
    ? importNotes(repository, { ref: NOTES_REF, committer, notes, on: at, also: WRITTEN_REF })
    : amendNotes(repository, { committer, notes, at, parents });
}

/** Where the notes of remotes are kept. */
const REMOTES = 'refs/linekeeper/remotes/';

/** The parents of a notes commit that may be amended; undefined where it is another's, or known at a remote. */
async function parentsToKeep(repository: Repository, tip: string): Promise<readonly string[] | undefined> {
  const commit = await readCommit(repository, tip);
  if (commit?.message !== MESSAGE || commit.parents.length > 1) return undefined;
  const places = [...(mayHaveRefs(repository, REMOTES) ? [REMOTES] : []), ...(await fetchedNotes(repository))];
  if (places.length === 0) return commit.parents;
  const known = await repository.text([
    ...['for-each-ref', '--count=1', '--format=%(refname)', `--contains=${tip}`],
    ...places,
  ]);
  return known === '' ? commit.parents : undefined;
}

/**
 * The refs, or what they begin with, in which a user's own configuration keeps the notes of remotes (git-fetch(1),
 * "CONFIGURED REMOTE-TRACKING BRANCHES"). Branches hold none: to ask them walks each to its root, which takes a second of
 * processor in a large clone.
 */
async function fetchedNotes(repository: Repository): Promise<string[]> {
  const { stdout } = await repository.git(['config', '--null', '--get-regexp', String.raw`^remote\..*\.fetch$`], {
    codes: [0, 1],
  });
  return stdout
    .toString()
    .split('\0')
    .flatMap((entry) => {
      const [, source = '', all, target = ''] = /\n\+?(refs\/[^:*]*)(\*?[^:]*):(refs\/[^*]*)/.exec(entry) ?? [];
      const holdsNotes = source.startsWith(NOTES) || (all !== '' && NOTES.startsWith(source));
      return holdsNotes && target !== '' && !NOTES_REF.startsWith(target) ? [target] : [];
    });
}

/** What the names of all refs for notes begin with (git-notes(1)). */
const NOTES = 'refs/notes/';

/**
 * Our own ref has the new commit first, on top of the current one: whoever is killed or outrun after that leaves notes
 * that are found there and merged, as those that another tool overwrote.
 */
async function amendNotes(
  repository: Repository,
  {
    committer,
    notes,
    at,
    parents,
  }: Pick<NotesToImport, 'committer' | 'notes'> & { readonly at: string; readonly parents: readonly string[] },
): Promise<string | undefined> {
  const imported = await runImport(repository, { ref: WRITTEN_REF, committer, notes, on: at }, [
    'get-mark :1',
    'ls :1 ""',
  ]);
  if ('failure' in imported) return imported.failure;
  const [, added = '', tree = ''] = /^([0-9a-f]+)\n040000 tree ([0-9a-f]+)\t/.exec(imported.answers) ?? [];
  const text = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${committer}`,
    `committer ${committer}`,
    `\n${MESSAGE}`,
  ].join('\n');
  const hashed = await repository.git(['hash-object', '-t', 'commit', '-w', '--stdin'], { input: text });
  const amended = hashed.stdout.toString('latin1').trim();
  const moved = await repository.git(['update-ref', '-m', 'linekeeper: notes', '--stdin'], {
    input: `update ${NOTES_REF} ${amended} ${at}\nupdate ${WRITTEN_REF} ${amended} ${added}\n`,
    codes: [0, 1, 128],
  });
  if (moved.code !== 0) return moved.stderr.trim().split('\n').at(-1) ?? 'git update-ref failed';
  await boundReflog(repository);
  return undefined;
}

/** The notes' own log is kept below this size (bytes): some hundred states that were amended since. */
const LOG_AT_MOST = 64 * 1024;

/** Forgets the amended states in the log of the notes, once there are many; those that are in its history stay. */
async function boundReflog(repository: Repository): Promise<void> {
  try {
    if (statSync(path.join(repository.commonDir, 'logs', NOTES_REF)).size <= LOG_AT_MOST) return;
  } catch {
    return; // no log is written here
  }
  await repository.git(['reflog', 'expire', '--expire=never', '--expire-unreachable=now', NOTES_REF], {
    codes: [0, 1, 128],
  });
}

/** In fast-import's format: an unusual name or time of a commit must not keep its note from being written. */
function identityOf({ committer: { name, email, time, zone } }: Pick<Commit, 'committer'>): string {
  const plain = (text: string, otherwise: string): string => text.replace(/[<>\n\r\0]/g, ' ').trim() || otherwise;
  const seconds = Number.isSafeInteger(time) && time >= 0 && time < LATEST ? time : 0;
  return `${plain(name, 'Linekeeper')} <${plain(email, 'linekeeper@localhost').replace(/ /g, '')}> ${String(seconds)} ${/^[+-](?:0\d|1[0-3])[0-5]\d$/.test(zone) ? zone : '+0000'}`;
}

/** Later times (seconds) are no commit times: the year 9999. */
const LATEST = 253_402_300_800;
