/**
 * The patch text of `apply_patch` tools: what it does to which file.
 *
 *     *** Begin Patch
 *     *** Update File: a.txt
 *     *** Move to: b.txt
 *     @@ where, in words
 *      context
 *     -old
 *     +new
 *     *** End Patch
 */
import { exactly, NO_CLAIMS, someChange, together, type Claims } from './claimed-change-builders';
import type { ClaimedEdit } from '../types';

/** One file of a patch while it is being parsed. */
interface FilePatch {
  readonly kind: 'Add' | 'Update' | 'Delete';
  readonly path: string;
  movedTo?: string;
  /** The lines of each hunk, with their first character. */
  readonly hunks: string[][];
}

/** What the patch claims. Paths are as written in it. Text that is not a patch claims nothing. */
export function patchClaims(patch: string): Claims {
  const files = filesOf(patch);
  return files.length === 0 ? NO_CLAIMS : together(files.map(claimsOf));
}

/**
 * Every path in anything that may be parsed as a header: implementations differ in how they treat white space before
 * one.
 */
export function patchNames(patch: string): string[] {
  return [...patch.matchAll(/^[^\S\n]*\*\*\*[^\S\n]*(?:(?:Add|Update|Delete) File|Move to):(.*)$/gm)]
    .map(([, name = '']) => name.trim())
    .filter((name) => name !== '' && !name.includes('\0'));
}

function filesOf(patch: string): FilePatch[] {
  const files: FilePatch[] = [];
  for (const raw of patch.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const file = files.at(-1);
    const header = /^\*\*\* (Add|Update|Delete) File: (.+)$/.exec(line);
    if (header) {
      const [, kind, path = ''] = header;
      if (kind === 'Add' || kind === 'Update' || kind === 'Delete') files.push({ kind, path: path.trim(), hunks: [] });
    } else if (file === undefined) continue;
    else if (line.startsWith('*** Move to: ')) file.movedTo = line.slice('*** Move to: '.length).trim();
    else if (line.startsWith('***')) continue;
    else if (line.startsWith('@@')) file.hunks.push([]);
    else {
      if (file.hunks.length === 0) file.hunks.push([]);
      file.hunks.at(-1)?.push(line === '' ? ' ' : line); // an empty context line is often written without its space
    }
  }
  return files.filter((file) => file.path !== '' && !file.path.includes('\0'));
}

function claimsOf(file: FilePatch): Claims {
  const { path } = file;
  if (file.kind === 'Delete') return exactly([], [{ path, after: null }]);
  if (file.kind === 'Add') {
    const text = side(file.hunks.flat(), '+');
    return exactly([{ path, old: '', new: text }], [{ path, before: null, after: text }]);
  }
  const target = file.movedTo ?? path;
  const moved =
    file.movedTo === undefined
      ? []
      : [
          { path, after: null },
          { path: file.movedTo, from: path },
        ];
  const hunks = file.hunks.map(trimmed).filter((hunk) => hunk.some((line) => !line.startsWith(' ')));
  const edits: ClaimedEdit[] = hunks.map((hunk) => ({ path: target, old: side(hunk, ' -'), new: side(hunk, ' +') }));
  // a hunk of additions alone gives its place in words, and `old: ''` would mean a new file
  const placed = edits.filter((edit) => edit.old !== '');
  const claims = exactly(placed, moved);
  return placed.length === edits.length ? claims : { ...together([claims, someChange(target)]), exact: false };
}

/** Without the empty lines that the end of the text leaves after a hunk. */
function trimmed(hunk: readonly string[]): string[] {
  const lines = [...hunk];
  while (lines.at(-1) === ' ') lines.pop();
  return lines;
}

/** The lines of a hunk whose first character is one of `marks`, each with its line break. */
function side(hunk: readonly string[], marks: string): string {
  return hunk.map((line) => (marks.includes(line.charAt(0)) ? `${line.slice(1)}\n` : '')).join('');
}
