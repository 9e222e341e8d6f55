/** A file of a merge, computed from its parents' versions. */
import type { PatchFile } from '../../git';
import { changedLines, FileLines, type Line } from './file-lines';
import { worse } from './taint';

/** One parent's version of a file, and how the merge differs from it. */
export interface ParentFile {
  readonly file: PatchFile | undefined;
  readonly lines: FileLines;
}

/** Makes lines that no parent has, in place of `gone`; `start`: the index of the first in the merged file. */
export type Make = (gone: readonly Line[], texts: readonly string[], start: number) => Line[];

/**
 * A line that a parent has is that line, with the most severe authorship that the parents know; all other lines are the
 * merge's own.
 */
export function joinFiles(versions: readonly ParentFile[], make: Make): FileLines {
  const length = versions.reduce(
    (most, { file, lines }) => Math.max(most, file ? lengthAfter(file, lines) : lines.lines.length),
    0,
  );
  const mapped = versions.map((version) => after(version, length));
  const result: Line[] = [];
  for (let index = 0; index < length; index++) {
    const lines = mapped.flatMap(({ kept }) => kept[index] ?? []);
    const [first] = lines;
    if (first !== undefined) {
      result.push(lines.reduce(together));
      continue;
    }
    const start = index;
    const texts: string[] = [];
    for (; index < length && mapped.every(({ kept }) => kept[index] === undefined); index++)
      texts.push(mapped.map(({ texts: own }) => own.get(index)).find((text) => text !== undefined) ?? '');
    index--;
    const gone = mapped.flatMap(({ goneAt }) =>
      goneAt.filter(({ from, to }) => from <= index && start < to).flatMap((one) => one.lines),
    );
    result.push(...make(gone, texts, start));
  }
  const base = versions.find(({ lines }) => lines.base !== null)?.lines.base ?? null;
  const tail = mapped.find((one) => one.tail > 0)?.tail ?? 0;
  return new FileLines(base, result, tail);
}

function together(one: Line, other: Line): Line {
  if (one === other) return one;
  const taint = one.taint === null ? other.taint : worse(one.taint, other.taint);
  const known = one.base > 0 ? one : other.base > 0 ? other : one;
  // A line that the base has is that one, even if somebody wrote the same text again.
  return known.base > 0 && (one.base > 0 || other.base > 0)
    ? { ...known, taint }
    : {
        ...one,
        taint,
        commit: one.commit ?? other.commit,
        was: one.was === other.was ? one.was : () => [...new Set([...one.was(), ...other.was()])],
      };
}

function lengthAfter(file: PatchFile, lines: FileLines): number {
  const reached = Math.max(lines.lines.length, changedLines(file));
  return file.hunks.reduce((sum, hunk) => sum + hunk.added.length - (hunk.oldEnd - hunk.oldStart), reached);
}

interface After {
  /** By index in the merged file; undefined where this parent does not have the line. */
  readonly kept: readonly (Line | undefined)[];
  readonly texts: ReadonlyMap<number, string>;
  readonly goneAt: readonly { readonly from: number; readonly to: number; readonly lines: readonly Line[] }[];
  readonly tail: number;
}

function after({ file, lines }: ParentFile, length: number): After {
  const kept: (Line | undefined)[] = [];
  const texts = new Map<number, string>();
  const goneAt: { from: number; to: number; lines: readonly Line[] }[] = [];
  let next = 0;
  for (const hunk of file?.hunks ?? []) {
    for (; next < hunk.oldStart; next++) kept.push(lines.at(next));
    const gone: Line[] = hunk.removed.map((text, index) => ({ ...lines.at(hunk.oldStart + index), text }));
    next = hunk.oldEnd;
    goneAt.push({ from: kept.length, to: kept.length + Math.max(1, hunk.added.length), lines: gone });
    for (const text of hunk.added) {
      texts.set(kept.length, text);
      kept.push(undefined);
    }
  }
  while (kept.length < length) kept.push(lines.at(next++));
  const beyond = lines.at(next);
  return { kept, texts, goneAt, tail: next >= lines.lines.length ? beyond.base : 0 };
}
