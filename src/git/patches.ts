/**
 * What changed between many pairs of trees, with the text of the changed lines: one git for all of them.
 */
import type { LineHunk } from '../attribution';
import type { ChangeStatus } from '../attribution/types';
import { plainGit } from './plain';
import type { Repository } from './repository';

/** A run of changed lines with its text, byte by byte (latin1), without line breaks. */
export interface PatchHunk extends LineHunk {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export interface PatchFile {
  readonly path: string;
  readonly from: string | null;
  readonly status: ChangeStatus;
  readonly binary: boolean;
  readonly hunks: readonly PatchHunk[];
}

/** Two trees, by their ids. */
export interface TreePair {
  readonly from: string;
  readonly to: string;
}

// With context and renames as the other diffs have them, so that lines are the same ones.
const WORDS = ['diff-tree', '--stdin', '-r', '-M', '--raw', '-p', '-U1', '-z', '--no-abbrev', '--no-color', '--no-ext-diff', '--no-textconv', '--submodule=short'];

const TIMEOUT_MS = 600_000;

/** The changes of each pair, in the order of the pairs; each is handed over when it is its turn, so that not all are held at a time. Throws a GitError. */
export async function* patchesOf(repository: Repository, pairs: readonly TreePair[]): AsyncGenerator<readonly PatchFile[]> {
  if (pairs.length === 0) return;
  const { stdout } = await plainGit(repository, WORDS, { input: `${pairs.map(({ from, to }) => `${from} ${to}`).join('\n')}\n`, timeout: TIMEOUT_MS });
  const reader = new PatchReader(stdout, pairs[0]?.from.length ?? 0);
  for (const pair of pairs) yield reader.next(pair);
}

class PatchReader {
  private at = 0;
  constructor(
    private readonly output: Buffer,
    private readonly idLength: number,
  ) {}

  next({ from, to }: TreePair): readonly PatchFile[] {
    if (this.line() !== `${from} ${to}`) throw new Error('git diff-tree answered out of order');
    const entries: Omit<PatchFile, 'binary' | 'hunks'>[] = [];
    while (this.output[this.at] === 0x3a) {
      const status = (this.field().split(' ')[4] ?? '').charAt(0) as ChangeStatus;
      const first = this.field();
      const renamed = status === 'R' || status === 'C';
      entries.push({ path: renamed ? this.field() : first, from: renamed ? first : null, status });
    }
    if (entries.length > 0 && this.output[this.at] === 0) this.at++;
    const patches = this.patches();
    let next = 0;
    return entries.map((entry) => {
      // A change of kind is written as a removal and an addition.
      const mine = patches.slice(next, next + (entry.status === 'T' ? 2 : 1));
      next += mine.length;
      return { ...entry, binary: mine.some(({ binary }) => binary), hunks: mine.flatMap(({ hunks }) => hunks) };
    });
  }

  private field(): string {
    const end = this.output.indexOf(0, this.at);
    const text = this.output.toString('utf8', this.at, end < 0 ? this.output.length : end);
    this.at = end < 0 ? this.output.length : end + 1;
    return text;
  }

  private line(): string {
    const end = this.output.indexOf(0x0a, this.at);
    const text = this.output.toString('latin1', this.at, end < 0 ? this.output.length : end);
    this.at = end < 0 ? this.output.length : end + 1;
    return text;
  }

  /** Up to the next pair, which begins with an id and not with a word of git's. */
  private patches(): { readonly binary: boolean; readonly hunks: readonly PatchHunk[] }[] {
    const patches: { binary: boolean; hunks: PatchHunk[] }[] = [];
    while (this.at < this.output.length && !this.isPair()) {
      const line = this.line();
      if (line.startsWith('diff --git ')) patches.push({ binary: false, hunks: [] });
      const current = patches.at(-1);
      if (current === undefined) continue;
      if (line.startsWith('Binary files ') || line.startsWith('GIT binary patch')) current.binary = true;
      const header = line.startsWith('@@ ') ? /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) : null;
      if (header) this.hunks(current.hunks, Number(header[1]), Number(header[2] ?? 1), Number(header[3]), Number(header[4] ?? 1));
    }
    return patches;
  }

  private isPair(): boolean {
    const end = this.at + 2 * this.idLength + 1;
    return this.output[end] === 0x0a && /^[0-9a-f]+ [0-9a-f]+$/.test(this.output.toString('latin1', this.at, end));
  }

  private hunks(into: PatchHunk[], oldFrom: number, oldCount: number, newFrom: number, newCount: number): void {
    let [x, y] = [oldFrom - (oldCount === 0 ? 0 : 1), newFrom - (newCount === 0 ? 0 : 1)];
    const [oldEnd, newEnd] = [x + oldCount, y + newCount];
    let open: { oldStart: number; newStart: number; removed: string[]; added: string[] } | undefined;
    const close = (): void => {
      if (open) into.push({ ...open, oldEnd: x, newEnd: y });
      open = undefined;
    };
    while ((x < oldEnd || y < newEnd) && this.at < this.output.length) {
      const mark = this.output[this.at];
      const text = this.line();
      if (mark === 0x5c) continue;
      if (mark === 0x2d || mark === 0x2b) {
        open ??= { oldStart: x, newStart: y, removed: [], added: [] };
        (mark === 0x2d ? open.removed : open.added).push(text.slice(1));
        if (mark === 0x2d) x++;
        else y++;
      } else {
        close();
        x++;
        y++;
      }
    }
    close();
  }
}
