/** Whether the record has to be told that a file had a content of which nobody is known. Pure. */
import type { StoredRecord } from '../../journal';

/** A content that a file had, by the name that git gives it. */
export interface HadContent {
  readonly content: string;
  /** What was saved over it; missing where it was only read from disk. */
  readonly next?: string;
}

/**
 * Without a word of it what comes next would be made from what the record knew last. What was only read and is new to
 * the record needs none: whoever wrote it may be about to say so.
 */
export function isLacking(records: readonly StoredRecord[], path: string, { content, next }: HadContent): boolean {
  const known = records.flatMap(({ record }) => {
    const files = record.kind === 'session' ? [] : record.files.filter((file) => file.path === path);
    return files.flatMap((file) => ('to' in file ? [file.from, file.to] : [file.content]));
  });
  const last = known.at(-1);
  if (last === undefined || last === content || last === next) return false;
  return next !== undefined || known.includes(content);
}
