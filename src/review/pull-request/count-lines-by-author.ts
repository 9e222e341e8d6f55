/**
 * Lines of a change by author, per file.
 */
import type { Author, FileAttribution, LineRange } from '../../provenance/authorship/types';

export interface Lines {
  readonly added: number;
  readonly removed: number;
}

export interface FileCounts {
  readonly path: string;
  readonly from: string | null;
  readonly ai: Lines;
  readonly human: Lines;
  readonly unknown: Lines;
  /** Author of a change that has no lines (binary, mode, symlink, pure rename). */
  readonly change: Author | null;
}

export function countFile(file: FileAttribution): FileCounts {
  const of = (author: Author): Lines => ({
    added: linesBy(file.ranges, author),
    removed: linesBy(file.removed, author),
  });
  return {
    path: file.path,
    from: file.from,
    ai: of('ai'),
    human: of('human'),
    unknown: of('unknown'),
    change: file.change?.author ?? null,
  };
}

export const sum = (all: readonly Lines[]): Lines => ({
  added: all.reduce((total, lines) => total + lines.added, 0),
  removed: all.reduce((total, lines) => total + lines.removed, 0),
});

export const total = ({ added, removed }: Lines): number => added + removed;

/** A file that an assistant or an unknown author changed. */
export const isOfInterest = (file: FileCounts): boolean =>
  total(file.ai) + total(file.unknown) > 0 || file.change === 'ai' || file.change === 'unknown';

/** Assistants with their models, the one with the most lines first: `claude-code (claude-opus-4-8)`. */
export function assistantsOf(files: readonly FileAttribution[]): readonly string[] {
  const lines = new Map<string, number>();
  for (const range of files.flatMap((file) => [
    ...file.ranges,
    ...file.removed,
    ...(file.change ? [{ start: 1, end: 1, ...file.change }] : []),
  ])) {
    if (range.author !== 'ai') continue;
    const name =
      range.model === null
        ? (range.assistant ?? 'unknown-assistant')
        : `${range.assistant ?? 'unknown-assistant'} (${range.model})`;
    lines.set(name, (lines.get(name) ?? 0) + range.end - range.start + 1);
  }
  return [...lines].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name);
}

const linesBy = (ranges: readonly LineRange[], author: Author): number =>
  ranges.reduce((count, range) => (range.author === author ? count + range.end - range.start + 1 : count), 0);
