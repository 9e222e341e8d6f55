/** What commits changed, compared by content: the same lines in the same files, at any position in the file. */
import { createHash } from 'node:crypto';
import { countLettersIn, splitLines, MIN_IDENTIFYING_LETTERS } from '../authorship';
import { diffTrees, isZero, type DiffFile, readBlobs, emptyTree, type Repository } from '../../git';

interface Change {
  readonly files: readonly DiffFile[];
}

/** Answers about changes between commits, each computed once. */
export class Changes {
  private readonly known = new Map<string, Promise<Change>>();
  private readonly texts = new Map<Change, Promise<readonly FileText[]>>();

  /** `objects`: a folder with additional git objects. */
  constructor(
    private readonly repository: Repository,
    private readonly objects?: string,
  ) {}

  /** The change from a commit (none: from nothing) to another. Throws a GitError. */
  of(from: string | undefined, to: string): Promise<Change> {
    const key = `${from ?? ''} ${to}`;
    const found =
      this.known.get(key) ??
      diffTrees(this.repository, from ?? emptyTree(this.repository), to).then((files) => ({ files }));
    this.known.set(key, found);
    return found;
  }

  /** Whether two changes can be equal, as far as can be decided without their texts. */
  mayEqual(a: Change, b: Change): boolean {
    return a.files.length === b.files.length && a.files.every((file, index) => sizeOf(file) === sizeOf(b.files[index]));
  }

  /** A key that is equal for changes of the same lines. */
  async key(change: Change): Promise<string> {
    const hash = createHash('sha256');
    for (const { file, removed, added } of await this.textOf(change)) {
      const whole = file.binary || file.hunks.length === 0 ? `${file.oldId} ${file.newId}` : '';
      hash.update(JSON.stringify([file.path, file.from, file.status, file.newMode, whole, removed, added]));
    }
    return hash.digest('hex');
  }

  /** The share of the lines added by the first change that the second one adds too, in the same files: 0 to 1. */
  async likeness(change: Change, secondChange: Change): Promise<number> {
    const paths = new Set(secondChange.files.map((file) => file.path));
    if (!change.files.some((file) => paths.has(file.path))) return 0;
    const lines = new Map(
      (await this.textOf(secondChange)).map(({ file, added }) => [
        file.path,
        new Set(added.map((line) => line.trim())),
      ]),
    );
    let all = 0;
    let found = 0;
    for (const { file, added } of await this.textOf(change)) {
      for (const line of added) {
        if (line.trim() === '') continue;
        all++;
        if (lines.get(file.path)?.has(line.trim()) === true) found++;
      }
    }
    return all === 0 ? 0 : found / all;
  }

  /** The lines that a change adds and removes, by file. */
  async linesOf(change: Change): Promise<ReadonlySet<string>> {
    return new Set(
      (await this.textOf(change)).flatMap((text) => wordsOf(text).map((line) => `${text.file.path}\0${line}`)),
    );
  }

  /**
   * Whether a change has all lines of another one, each file's in one file: the one of this name, or, if that is
   * unchanged, the one that git followed it to.
   */
  async hasLinesOf(change: Change, part: Change): Promise<boolean> {
    const there = (await this.textOf(change)).map((text) => ({ path: text.file.path, lines: new Set(wordsOf(text)) }));
    const named = new Set(change.files.flatMap(({ path, from }) => [path, from]));
    const parts = (await this.textOf(part)).map((text) => ({
      path: text.file.path,
      isElsewhere: text.file.status === 'M' && !named.has(text.file.path),
      lines: wordsOf(text),
    }));
    const isThere = ({ path, isElsewhere, lines }: (typeof parts)[number]): boolean =>
      lines.length === 0 ||
      there.some(
        (file) => (isElsewhere ? isTelling(lines) : file.path === path) && lines.every((line) => file.lines.has(line)),
      );
    return parts.some(({ lines }) => lines.length > 0) && parts.every(isThere);
  }

  async sharesLines(change: Change, lines: ReadonlySet<string>): Promise<boolean> {
    for (const line of await this.linesOf(change)) if (lines.has(line)) return true;
    return false;
  }

  private textOf(change: Change): Promise<readonly FileText[]> {
    const found = this.texts.get(change) ?? this.readTexts(change);
    this.texts.set(change, found);
    return found;
  }

  private async readTexts({ files }: Change): Promise<readonly FileText[]> {
    const blobs = await readBlobs(
      this.repository,
      files
        .filter((file) => file.hunks.length > 0)
        .flatMap((file) => [file.oldId, file.newId])
        .filter((id) => !isZero(id)),
      this.objects === undefined ? {} : { objects: this.objects },
    );
    const linesOf = (id: string): readonly string[] => splitLines(blobs.get(id)?.toString('latin1') ?? '');
    return files.map((file) => {
      const [before, newLines] = [linesOf(file.oldId), linesOf(file.newId)];
      return {
        file,
        removed: file.hunks.flatMap((h) => before.slice(h.oldStart, h.oldEnd)),
        added: file.hunks.flatMap((h) => newLines.slice(h.newStart, h.newEnd)),
      };
    });
  }
}

/** The lines of a file with their signs. Blank lines occur everywhere and prove nothing. */
const wordsOf = ({ removed, added }: FileText): string[] => {
  const signed = (sign: '+' | '-', lines: readonly string[]): string[] =>
    lines.flatMap((line) => (line.trim() === '' ? [] : [`${sign}${line.trim()}`]));
  return [...signed('+', added), ...signed('-', removed)];
};

/** Lines that two files do not share by chance. */
const isTelling = (lines: readonly string[]): boolean => countLettersIn(lines) >= MIN_IDENTIFYING_LETTERS;

interface FileText {
  readonly file: DiffFile;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

function sizeOf(file: DiffFile | undefined): string {
  if (!file) return '';
  const count = (side: 'old' | 'new'): number =>
    file.hunks.reduce((sum, h) => sum + (side === 'old' ? h.oldEnd - h.oldStart : h.newEnd - h.newStart), 0);
  return `${file.path} ${String(count('old'))} ${String(count('new'))} ${String(file.binary)}`;
}
