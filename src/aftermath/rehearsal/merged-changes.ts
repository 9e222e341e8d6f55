/** The changes that were merged to a branch: one for each first-parent commit. */
import type { Repository } from '../../git';

export interface MergedChange {
  readonly commit: string;
  /** The branch before it; null for the root commit. */
  readonly before: string | null;
  /** The merged side of a merge; null for what was pushed or squashed onto the branch. */
  readonly merged: string | null;
  readonly subject: string;
  /** Milliseconds since the epoch, by the committer date. */
  readonly at: number;
}

export interface MergedHistory {
  /** Oldest first. */
  readonly changes: readonly MergedChange[];
  /** For each reverted commit, by its id as the message gives it, the commit that reverts it. */
  readonly reverts: readonly { readonly reverted: string; readonly by: string }[];
  /** When commits were made (milliseconds), by their ids: all commits since then. */
  readonly times: ReadonlyMap<string, number>;
  /** There are more than were examined. */
  readonly more: boolean;
}

/** More are not replayed. */
const CHANGES_AT_MOST = 2_000;
/** git does not read smaller numbers as seconds (milliseconds): 1973. */
const EARLIEST = 100_000_000_000;
const REVERTS = /\bThis reverts commit ([0-9a-f]{7,64})\b/gi;

/** Reads them with two git processes. `since`: milliseconds since the epoch. Throws a GitError. */
export async function mergedHistory(repository: Repository, tip: string, since: number): Promise<MergedHistory> {
  const from = since < EARLIEST ? [] : [`--since=${String(Math.floor(since / 1000))}`];
  const [line, all] = await Promise.all([
    repository.git(
      [
        'log',
        '--first-parent',
        `--max-count=${String(CHANGES_AT_MOST + 1)}`,
        ...from,
        '--format=%H%x09%P%x09%ct%x09%s',
        '-z',
        tip,
        '--',
      ],
      { timeout: 120_000 },
    ),
    repository.git(['log', ...from, '--format=%H%x09%ct%x09%B', '-z', tip, '--'], { timeout: 120_000 }),
  ]);
  const records = (output: Buffer): readonly string[] =>
    output
      .toString('utf8')
      .split('\0')
      .filter((one) => one !== '');
  const listed = records(line.stdout).map((record): MergedChange => {
    const [commit = '', parents = '', time = '0', ...subject] = record.split('\t');
    const [before = null, merged = null] = parents === '' ? [] : parents.split(' ');
    return { commit, before, merged, subject: subject.join('\t'), at: Number(time) * 1000 };
  });
  const times = new Map<string, number>();
  const reverts: { reverted: string; by: string }[] = [];
  for (const record of records(all.stdout)) {
    const [commit = '', time = '0', ...message] = record.split('\t');
    times.set(commit, Number(time) * 1000);
    for (const [, reverted = ''] of message.join('\t').matchAll(REVERTS))
      reverts.push({ reverted: reverted.toLowerCase(), by: commit });
  }
  return { changes: listed.slice(0, CHANGES_AT_MOST).reverse(), reverts, times, more: listed.length > CHANGES_AT_MOST };
}
