/** Converts what happened in a document between two saves to the edit that the journal keeps. Pure. */
import type { By, FileEdit, KeptOperation } from '../../../provenance/journal';
import type { AuthoredChange } from '../buffer/text-change';
import { sameProvenance, type Provenance } from '../buffer/text-spans';

/** A file's content as bytes and, if valid UTF-8, as text without its byte order mark. */
export interface Content {
  readonly bytes: Buffer;
  readonly text: string | undefined;
  readonly mark: boolean;
}

const BYTE_ORDER_MARK = '\uFEFF';

export function contentOf(bytes: Buffer): Content {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const mark = text.startsWith(BYTE_ORDER_MARK);
    return { bytes, text: mark ? text.slice(1) : text, mark };
  } catch {
    return { bytes, text: undefined, mark: false };
  }
}

/** The content that a save of `text` wrote over the previous one. */
export function writtenOver(before: Content | null, text: string): Content {
  const mark = before?.mark ?? false;
  return { bytes: Buffer.from(mark ? BYTE_ORDER_MARK + text : text, 'utf8'), text, mark };
}

interface SavedEdit {
  readonly path: string;
  /** What was on disk before; null when there was no file. */
  readonly before: Content | null;
  /** What the editor saved. */
  readonly after: Content;
  /** The document's text before and after, in the operations' offsets. */
  readonly from: string;
  readonly to: string;
  readonly operations: readonly AuthoredChange[];
  /**
   * Who first changed lines (1-based) of the content on disk, where that is known and the operations do not show the
   * same.
   */
  readonly firsts?: ReadonlyMap<number, Provenance>;
  /** Who had it saved in its encoding. */
  readonly encoder: Provenance;
}

/** An edit without the names of its contents, which the writer of the record stores. */
export interface Edit {
  readonly by: By;
  readonly file: Pick<FileEdit, 'path' | 'operations' | 'hands' | 'firsts'>;
}

/**
 * The edit to record, or undefined when there is nothing to record: unattributed changes need no record. The operations
 * are included only where they lead from the old bytes to the new; otherwise the edit is recorded as a whole, and only
 * when a single author made all of it.
 */
export function editOf({ path, before, after, from, to, operations, firsts, encoder }: SavedEdit): Edit | undefined {
  const provenances: By[] = [];
  const indexOf = (by: By): number => {
    const known = provenances.findIndex((provenance) => sameProvenance(provenance, by));
    return known >= 0 ? known : provenances.push(by) - 1;
  };
  const wasMarked = before?.mark === true;
  const mark: AuthoredChange = {
    offset: 0,
    deleted: wasMarked ? 1 : 0,
    inserted: after.mark ? BYTE_ORDER_MARK : '',
    by: before ? encoder : null,
  };
  const shift = after.mark ? 1 : 0;
  const moved = operations.map((operation) => (shift > 0 ? { ...operation, offset: operation.offset + 1 } : operation));
  const stored = (wasMarked === after.mark ? moved : [mark, ...moved]).map(
    ({ offset, deleted, inserted, by, back }): KeptOperation => ({
      offset,
      deleted,
      inserted,
      by: by === null ? -1 : indexOf(by),
      ...(back ? { back: indexOf(back) } : {}),
    }),
  );
  const [first] = provenances;
  if (!first) return undefined;
  const alone = provenances.length === 1 && stored.every((operation) => operation.by === 0);
  const by: By = alone ? first : { author: 'unknown', reason: 'several' };
  const exact = (before?.text ?? '') === from && after.text === to;
  if (!exact) return alone && operations.length > 0 ? { by, file: { path } } : undefined;
  const firstAuthors = [...(firsts ?? [])].map(
    ([line, provenance]) => [line, provenance === null ? -1 : indexOf(provenance)] as const,
  );
  return {
    by,
    file: {
      path,
      operations: stored,
      hands: provenances,
      ...(firstAuthors.length > 0 ? { firsts: firstAuthors } : {}),
    },
  };
}
