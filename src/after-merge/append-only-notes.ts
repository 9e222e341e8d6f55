/**
 * Notes that are only ever added to, a line at a time, on a ref of their own: deployments and kept prompts. Two histories of such
 * a ref become one that has the lines of both, each once (git-notes(1), `cat_sort_uniq`).
 */
import { readBlobs, type Repository } from '../git';

export interface LineNote {
  /** Whole id of the commit that the line is about. */
  readonly commit: string;
  readonly text: string;
}

/** Why such notes could not be written or exchanged. The message is for people. */
export class LineNotesError extends Error {
  override readonly name = 'LineNotesError';
}

/** Notes larger than this are not read (bytes): nothing of ours is. */
const NOTE_AT_MOST = 4 * 1024 * 1024;
const TRIES = 20;

/** All lines of a ref, in no order. Throws a GitError. */
export async function readLineNotes(repository: Repository, ref: string): Promise<readonly LineNote[]> {
  const listed = await repository.git(['notes', `--ref=${ref}`, 'list'], { codes: [0, 1, 128] });
  if (listed.code !== 0) return [];
  const pairs = listed.stdout.toString('latin1').split('\n').flatMap((row) => {
    const [, blob, commit] = /^([0-9a-f]+) ([0-9a-f]+)$/.exec(row) ?? [];
    return blob === undefined || commit === undefined ? [] : [{ blob, commit }];
  });
  const blobs = await readBlobs(repository, pairs.map(({ blob }) => blob));
  return pairs.flatMap(({ blob, commit }) => {
    const bytes = blobs.get(blob);
    return bytes === undefined || bytes.length > NOTE_AT_MOST ? [] : bytes.toString('utf8').split('\n').filter((text) => text.trim() !== '').map((text) => ({ commit, text }));
  });
}

/**
 * Adds lines, by compare and swap: of processes that write at once none loses a line. Lines that are there already are left out.
 * Gives how many are new. Throws a {@link LineNotesError} or a GitError.
 */
export async function addLineNotes(repository: Repository, ref: string, lines: readonly LineNote[], now: number): Promise<number> {
  let failure = '';
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const tip = await repository.commitId(ref);
    const known = new Map<string, string[]>();
    for (const { commit, text } of await readLineNotes(repository, ref)) known.set(commit, [...(known.get(commit) ?? []), text]);
    const fresh = lines.filter(({ commit, text }) => !(known.get(commit) ?? []).includes(text));
    if (fresh.length === 0) return 0;
    const texts = new Map<string, string>();
    for (const commit of new Set(fresh.map((line) => line.commit))) {
      const all = new Set([...(known.get(commit) ?? []), ...fresh.filter((line) => line.commit === commit).map(({ text }) => text)]);
      texts.set(commit, `${[...all].sort().join('\n')}\n`);
    }
    const answer = await write(repository, ref, tip, texts, now);
    if (answer === undefined) return fresh.length;
    failure = answer;
    await pause(attempt);
  }
  throw new LineNotesError(`${ref} could not be written: ${failure}. Try again.`);
}

/** Takes a ref of such notes away. Gives whether it was there. Throws a GitError. */
export async function removeLineNotes(repository: Repository, ref: string): Promise<boolean> {
  if ((await repository.commitId(ref)) === undefined) return false;
  await repository.git(['update-ref', '-d', ref]);
  return true;
}

/** Gives why nothing was written; undefined when it was. */
async function write(repository: Repository, ref: string, on: string | undefined, notes: ReadonlyMap<string, string>, now: number): Promise<string | undefined> {
  const parts: Buffer[] = [];
  const line = (text: string): unknown => parts.push(Buffer.from(`${text}\n`));
  const data = (text: string): void => {
    const bytes = Buffer.from(text);
    line(`data ${String(bytes.length)}`);
    parts.push(bytes, Buffer.from('\n'));
  };
  line(`commit ${ref}`);
  line(`committer Linekeeper <linekeeper@localhost> ${String(Math.max(0, Math.floor(now / 1000)))} +0000`);
  data('Notes added by Linekeeper\n');
  if (on !== undefined) line(`from ${on}`);
  for (const [commit, text] of notes) {
    line(`N inline ${commit}`);
    data(text);
  }
  line('done');
  const answer = await repository.git(['fast-import', '--quiet', '--done', '--date-format=raw'], { input: Buffer.concat(parts), codes: [0, 1, 128] });
  return answer.code === 0 ? undefined : (answer.stderr.trim().split('\n').at(-1) ?? 'git fast-import failed');
}

const IDENTITY = ['-c', 'user.name=Linekeeper', '-c', 'user.email=linekeeper@localhost'];
const NETWORK_MS = 10 * 60_000;
const PUSHES = 5;

/** What a fetch or push did: lines that are new here, and whether something was sent. */
export interface LineNotesSynced {
  readonly received: number;
  readonly sent: number;
}

/** Brings the remote's lines here. Throws a {@link LineNotesError} or a GitError. */
export async function fetchLineNotes(repository: Repository, ref: string, remote: string): Promise<LineNotesSynced> {
  const before = (await readLineNotes(repository, ref)).length;
  await download(repository, ref, remote);
  return { received: (await readLineNotes(repository, ref)).length - before, sent: 0 };
}

/** Merges the remote's lines with ours and brings them there. Throws a {@link LineNotesError} or a GitError. */
export async function pushLineNotes(repository: Repository, ref: string, remote: string): Promise<LineNotesSynced> {
  if ((await repository.commitId(ref)) === undefined) return fetchLineNotes(repository, ref, remote);
  const before = (await readLineNotes(repository, ref)).length;
  let failure = '';
  for (let attempt = 0; attempt < PUSHES; attempt++) {
    const there = await download(repository, ref, remote);
    const here = await repository.commitId(ref);
    const after = (await readLineNotes(repository, ref)).length;
    if (here === there) return { received: after - before, sent: 0 };
    const push = await repository.git(['push', '--porcelain', '--no-verify', `--force-with-lease=${ref}:${there ?? ''}`, '--', remote, `${here ?? ''}:${ref}`], { codes: [0, 1, 128], timeout: NETWORK_MS });
    if (push.code === 0) {
      const known = there === undefined ? 0 : (await linesAt(repository, there)).length;
      return { received: after - before, sent: after - known };
    }
    failure = reasonIn(push.stderr);
    await pause(attempt);
  }
  throw new LineNotesError(`${remote} did not take ${ref} (${failure}). May you push there?`);
}

/** Fetches and merges; gives the commit that the remote has. */
async function download(repository: Repository, ref: string, remote: string): Promise<string | undefined> {
  const listed = await repository.git(['ls-remote', '--', remote, ref], { codes: [0, 1, 2, 128], timeout: NETWORK_MS });
  if (listed.code !== 0) throw new LineNotesError(`${ref} of ${remote} could not be fetched (${reasonIn(listed.stderr)}).`);
  const there = listed.stdout.toString('utf8').split('\n').map((row) => row.split('\t')).find(([, name]) => name === ref)?.[0];
  if (there === undefined) return undefined;
  const fetched = await repository.git(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance', '--', remote, `+${ref}:refs/linekeeper/fetched/${ref.replace(/^refs\/notes\//, '')}`], { codes: [0, 1, 128], timeout: NETWORK_MS });
  if (fetched.code !== 0) throw new LineNotesError(`${ref} of ${remote} could not be fetched (${reasonIn(fetched.stderr)}).`);
  const came = await repository.commitId(`refs/linekeeper/fetched/${ref.replace(/^refs\/notes\//, '')}`);
  if (came === undefined) throw new LineNotesError(`What ${remote} has as ${ref} is no notes, so nothing was taken from there.`);
  const here = await repository.commitId(ref);
  if (here === undefined) await repository.git(['update-ref', ref, came, '0'.repeat(came.length)]);
  else if (here !== came) await repository.git([...IDENTITY, 'notes', `--ref=${ref}`, 'merge', '--quiet', '--strategy=cat_sort_uniq', came]);
  return came;
}

async function linesAt(repository: Repository, commit: string): Promise<readonly string[]> {
  const tree = await repository.git(['ls-tree', '-r', '-z', commit]);
  const ids = tree.stdout.toString('latin1').split('\0').flatMap((row) => /^\d+ blob ([0-9a-f]+)\t/.exec(row)?.[1] ?? []);
  return [...(await readBlobs(repository, ids)).values()].flatMap((bytes) => bytes.toString('utf8').split('\n').filter((text) => text !== ''));
}

/** The first thing that went wrong; what follows is mostly advice. */
const reasonIn = (stderr: string): string => (stderr.trim().split('\n').find((row) => !row.startsWith('warning:')) ?? '').replace(/^(?:fatal|error): /, '').replace(/\.$/, '');

/** Longer each time, and not the same for everybody who waits. */
const pause = (attempt: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.min(200, 5 * 1.4 ** attempt) * (0.5 + Math.random())));
