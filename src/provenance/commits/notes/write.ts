/**
 * Writes notes by compare and swap. `git notes add` puts its tree on whatever the ref is at its end, so of two
 * concurrent runs one is lost. `git fast-import` (git-fast-import(1), "notemodify") moves the ref only to a commit that
 * has the current one among its ancestors, keeps the folders that notes are in, and accepts any number of notes in one
 * process.
 */
import type { Commit, Repository } from '../../../git';
import { NOTES_REF } from './format';

/**
 * The notes commit that was last written here. A concurrent `git notes add` of another tool may have overwritten it;
 * then this ref still has what was lost.
 */
export const WRITTEN_REF = 'refs/linekeeper/notes';

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
export async function importNotes(
  repository: Repository,
  { ref, committer, notes, on, also }: NotesToImport,
): Promise<string | undefined> {
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
  data('Notes added by Linekeeper\n');
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
  line('done');
  const answer = await repository.git(['fast-import', '--quiet', '--done', '--date-format=raw'], {
    input: Buffer.concat(parts),
    codes: [0, 1, 128],
  });
  return answer.code === 0 ? undefined : (answer.stderr.trim().split('\n').at(-1) ?? 'git fast-import failed');
}

/**
 * Writes notes by commit id on top of a notes commit; undefined: there are none yet. The new commit has the time of
 * `by`, nothing more precise. Returns the same as {@link importNotes}.
 */
export const writeNotes = (
  repository: Repository,
  by: Pick<Commit, 'committer'>,
  notes: ReadonlyMap<string, string>,
  on: string | undefined,
): Promise<string | undefined> =>
  importNotes(repository, { ref: NOTES_REF, committer: identityOf(by), notes, on, also: WRITTEN_REF });

/** In fast-import's format: an unusual name or time of a commit must not keep its note from being written. */
function identityOf({ committer: { name, email, time, zone } }: Pick<Commit, 'committer'>): string {
  const plain = (text: string, otherwise: string): string => text.replace(/[<>\n\r\0]/g, ' ').trim() || otherwise;
  const seconds = Number.isSafeInteger(time) && time >= 0 && time < LATEST ? time : 0;
  return `${plain(name, 'Linekeeper')} <${plain(email, 'linekeeper@localhost').replace(/ /g, '')}> ${String(seconds)} ${/^[+-](?:0\d|1[0-3])[0-5]\d$/.test(zone) ? zone : '+0000'}`;
}

/** Later times (seconds) are no commit times: the year 9999. */
const LATEST = 253_402_300_800;
