/**
 * Warnings that somebody looked into and settled, with a reason. They stay in this work tree's git directory: the
 * editor and the command line use them, the gate never does.
 *
 * One small file each below `<git dir>/linekeeper/acknowledged`, written under a temporary name and renamed into place,
 * so that nothing is ever locked.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { writeOwnFile } from '../../base/files';
import { hasShape, isAnything, isNumber, isText, parsedAs, textOrNull } from '../../base/shapes';

/** The oldest are dropped first. */
const MOST = 500;
const REASON_AT_MOST = 500;

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

/** The acknowledgements of a work tree, by its git directory. */
export function acknowledgements(gitDir: string, now: () => number): Acknowledgements {
  const folder = path.join(gitDir, 'linekeeper', 'acknowledged');
  const fileOf = (name: string, lines: string): string =>
    path.join(folder, `${createHash('sha256').update(`${name}\0${lines}`).digest('hex')}.json`);
  return {
    get isEmpty() {
      return !existsSync(folder);
    },
    of: (name, lines) => read(fileOf(name, lines), name),
    add(name, lines, reason, by) {
      writeOwnFile(
        fileOf(name, lines),
        `${JSON.stringify({ version: 1, path: name, reason: Array.from(reason).slice(0, REASON_AT_MOST).join(''), ...(by === null ? {} : { by: by.slice(0, REASON_AT_MOST) }), at: now() })}\n`,
      );
      prune(folder);
    },
    remove: (name, lines) => rmSync(fileOf(name, lines), { force: true }),
  };
}

const isStored = hasShape({ reason: isText, by: isAnything, at: isNumber });

function read(file: string, name: string): Acknowledged | undefined {
  try {
    const value = parsedAs(readFileSync(file, 'utf8'), isStored);
    return value && { path: name, reason: value.reason, by: textOrNull(value.by), at: value.at };
  } catch {
    return undefined; // none, or an unreadable one: the warning stays
  }
}

function prune(folder: string): void {
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  if (files.length <= MOST) return;
  const aged = files
    .map((file) => ({ file, at: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at);
  for (const { file } of aged.slice(MOST)) rmSync(file, { force: true });
}
