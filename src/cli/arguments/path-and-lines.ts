/** Files as people name them on the command line. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { resolveIn } from '../../base/platform';
import { safePath } from '../../provenance/assistants/record';
import { CannotSay, type Call } from '../verb';

/** Lines, 1-based, both ends included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The folder that relative names are relative to. */
const startOf = (call: Call): string =>
  resolveIn(call.terminal.cwd, typeof call.values['repo'] === 'string' ? call.values['repo'] : '.');

/** A file's path in the repository, with `/`. It need not exist. Throws a {@link CannotSay} for one outside. */
export function pathInRepository(call: Call, file: string): string {
  const safe = safePath(file, startOf(call), call.repository().root);
  if ('path' in safe) return safe.path;
  throw new CannotSay(`${safe.refused.charAt(0).toUpperCase()}${safe.refused.slice(1)}.`);
}

/**
 * `PATH` or `PATH:LINES`, with lines such as `3`, `3-9` or `3,7-9`. A file whose own name ends like that is taken
 * literally.
 */
export function pathAndLines(
  call: Call,
  word: string,
): { readonly path: string; readonly lines: readonly Span[] | null } {
  const match = existsSync(path.resolve(startOf(call), word)) ? null : /^(.+):([\d,\s-]*)$/s.exec(word);
  if (!match) return { path: pathInRepository(call, word), lines: null };
  const lines = (match[2] ?? '').split(',').map((item): Span => {
    const [, from, to] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(item.trim()) ?? [];
    const span = { start: Number(from), end: Number(to ?? from) };
    if (from === undefined || span.start < 1 || span.end < span.start)
      throw new CannotSay(`"${match[2] ?? ''}" does not name lines. Write 3, 3-9 or 3,7-9; lines count from 1.`);
    return span;
  });
  return { path: pathInRepository(call, match[1] ?? ''), lines };
}
