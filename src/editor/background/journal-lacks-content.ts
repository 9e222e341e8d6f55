/** Whether the journal must be told that a file had a content of unknown author. Pure. */
import type { StoredRecord } from '../../provenance/journal';

/** A content that a file had, by its git object name. */
export interface HadContent {
  readonly content: string;
  /** What was saved over it; missing when it was only read from disk. */
  readonly next?: string;
}

/**
 * Otherwise the next change would be computed from the last content in the record. Content that was only read and is
 * new to the record is not recorded: the tool that wrote it may be about to report it.
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
