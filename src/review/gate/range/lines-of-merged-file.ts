/** A file of a merge, computed from its parents' versions. */
import type { PatchFile } from '../../../git';
import { changedLines, FileLines, lineOf, type Entry, type Line } from './lines-during-replay';
import { worse } from './inherited-line-authorship';

/** One parent's version of a file, and how the merge differs from it. */
export interface ParentFile {
  readonly file: PatchFile | undefined;
  readonly lines: FileLines;
}

/** Makes lines that no parent has, in place of `replaced`; `start`: the index of the first in the merged file. */
export type Make = (replaced: readonly Line[], texts: readonly string[], start: number) => Line[];

/**
 * A line that a parent has is that line, with the most severe authorship that the parents know; all other lines are the
 * merge's own.
 */
export function joinFiles(versions: readonly ParentFile[], make: Make): FileLines {
  const length = versions.reduce(
    (most, { file, lines }) => Math.max(most, file ? lengthAfter(file, lines) : lines.entries.length),
    0,
  );
  const mapped = versions.map((version) => after(version, length));
  const result: Entry[] = [];
  const isOwn = (index: number): boolean => mapped.every(({ kept }) => kept[index] === undefined);
  for (let index = 0; index < length; index++) {
    let entry: Entry | undefined;
    for (const { kept: sideEntries } of mapped) {
      const candidate = sideEntries[index];
      if (candidate !== undefined) entry = entry === undefined ? candidate : together(entry, candidate);
    }
    if (entry !== undefined) {
      result.push(entry);
      continue;
    }
    const start = index;
    const texts: string[] = [];
    for (; index < length && isOwn(index); index++)
      texts.push(mapped.map(({ texts: own }) => own.get(index)).find((text) => text !== undefined) ?? '');
    index--;
    const replaced = mapped.flatMap(({ goneAt }) =>
      goneAt.filter(({ from, to }) => from <= index && start < to).flatMap((one) => one.lines()),
    );
    for (const line of make(replaced, texts, start)) result.push(line);
  }
  const base = versions.find(({ lines }) => lines.base !== null)?.lines.base ?? null;
  const tail = mapped.find((one) => one.tail > 0)?.tail ?? 0;
  return new FileLines(base, result, tail);
}

function together(first: Entry, second: Entry): Entry {
  if (first === second) return first;
  if (typeof first === 'number' && typeof second === 'number') return first > 0 ? first : second;
  const [firstLine, secondLine] = [lineOf(first), lineOf(second)];
  const taint = firstLine.taint === null ? secondLine.taint : worse(firstLine.taint, secondLine.taint);
  // A line that the base has is that one, even if somebody wrote the same text again.
  const known = firstLine.base > 0 ? firstLine : secondLine;
  if (known.base > 0) return { ...known, taint };
  return {
    ...firstLine,
    taint,
    commit: firstLine.commit ?? secondLine.commit,
    was:
      firstLine.was === secondLine.was ? firstLine.was : () => [...new Set([...firstLine.was(), ...secondLine.was()])],
  };
}

function lengthAfter(file: PatchFile, lines: FileLines): number {
  const reached = Math.max(lines.entries.length, changedLines(file));
  return file.hunks.reduce((sum, hunk) => sum + hunk.added.length - (hunk.oldEnd - hunk.oldStart), reached);
}

interface After {
  /** By index in the merged file; undefined where this parent does not have the line. */
  readonly kept: readonly (Entry | undefined)[];
  readonly texts: ReadonlyMap<number, string>;
  readonly goneAt: readonly { readonly from: number; readonly to: number; readonly lines: () => readonly Line[] }[];
  readonly tail: number;
}

function after({ file, lines }: ParentFile, length: number): After {
  const entries: (Entry | undefined)[] = [];
  const texts = new Map<number, string>();
  const goneAt: { from: number; to: number; lines: () => readonly Line[] }[] = [];
  let next = 0;
  for (const hunk of file?.hunks ?? []) {
    for (; next < hunk.oldStart; next++) entries.push(lines.entryAt(next));
    next = hunk.oldEnd;
    goneAt.push({
      from: entries.length,
      to: entries.length + Math.max(1, hunk.added.length),
      lines: () => hunk.removed.map((text, index): Line => ({ ...lines.at(hunk.oldStart + index), text })),
    });
    for (const text of hunk.added) {
      texts.set(entries.length, text);
      entries.push(undefined);
    }
  }
  while (entries.length < length) entries.push(lines.entryAt(next++));
  const beyond = lines.entryAt(next);
  return {
    kept: entries,
    texts,
    goneAt,
    tail: next >= lines.entries.length && typeof beyond === 'number' ? beyond : 0,
  };
}
