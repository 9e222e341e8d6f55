/**
 * Warnings that somebody looked into and settled, with a reason. They stay in this work tree's git directory: the
 * editor and the command line use them, the gate never does.
 */
import { createHash } from 'node:crypto';
import { RecordFolder } from '../../base/files';
import { hasShape, isNumber, isText, optional, orNull } from '../../base/shapes';

/** Characters of a reason, and of an address. */
const TEXT_AT_MOST = 500;

export interface Acknowledged {
  readonly path: string;
  readonly reason: string;
  /** E-mail address of the person, from git's configuration; null when that has none. */
  readonly by: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

interface Acknowledgements {
  /** The acknowledgement of a warning; `lines` is the text that it is about. Undefined when there is none. */
  of(path: string, lines: string): Acknowledged | undefined;
  /** Whether nothing has been acknowledged here; cheap. */
  readonly isEmpty: boolean;
  /** `by`: the person's e-mail address. Throws a file system error. */
  add(path: string, lines: string, reason: string, by: string | null): void;
  /** Undoes an acknowledgement. Throws a file system error. */
  remove(path: string, lines: string): void;
}

/** As in the file: `by` was left out where there was none. */
type Stored = Omit<Acknowledged, 'by'> & { readonly by?: string | null | undefined };

const records = new RecordFolder<Stored>({
  folder: 'acknowledged',
  isRecord: hasShape({ path: isText, reason: isText, by: optional(orNull(isText)), at: isNumber }),
  timeOf: ({ at }) => at,
});

const idOf = (path: string, lines: string): string => createHash('sha256').update(`${path}\0${lines}`).digest('hex');
const shortened = (text: string): string => Array.from(text).slice(0, TEXT_AT_MOST).join('');

/** The acknowledgements of a work tree, by its git directory. */
export const acknowledgements = (gitDir: string, now: () => number): Acknowledgements => ({
  get isEmpty() {
    return records.isAbsent(gitDir);
  },
  of(path, lines) {
    const found = records.get(gitDir, idOf(path, lines));
    return found && { path, reason: found.reason, by: found.by ?? null, at: found.at };
  },
  add: (path, lines, reason, by) =>
    records.put(
      gitDir,
      { path, reason: shortened(reason), by: by === null ? null : shortened(by), at: now() },
      idOf(path, lines),
    ),
  remove: (path, lines) => records.remove(gitDir, idOf(path, lines)),
});
