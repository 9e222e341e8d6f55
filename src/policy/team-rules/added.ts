/** The lines that a change adds. */
import type { Change } from '../../danger/types';

interface AddedLine {
  /** 1-based, of the new text. */
  readonly line: number;
  readonly text: string;
}

/**
 * Lines of the new text that the old one does not have, or has fewer times. A line that was moved or only re-indented
 * is not new. Between the common beginning and end, the first of several alike count.
 */
export function addedLines({ before, after }: Pick<Change, 'before' | 'after'>): readonly AddedLine[] {
  if (after === null) return [];
  const now = after.split(/\r\n|\n|\r/);
  const was = before === null ? [] : before.split(/\r\n|\n|\r/);
  let begin = 0;
  while (begin < now.length && begin < was.length && now[begin] === was[begin]) begin++;
  let end = 0;
  while (
    end < now.length - begin &&
    end < was.length - begin &&
    now[now.length - 1 - end] === was[was.length - 1 - end]
  )
    end++;
  const left = new Map<string, number>();
  for (const text of was.slice(begin, was.length - end)) left.set(text.trim(), (left.get(text.trim()) ?? 0) + 1);
  return now.slice(begin, now.length - end).flatMap((text, index): AddedLine[] => {
    const key = text.trim();
    const known = left.get(key) ?? 0;
    if (known > 0) left.set(key, known - 1);
    return known > 0 || key === '' ? [] : [{ line: begin + index + 1, text }];
  });
}
