/** How many records only a newer version can read. */
import type { By, FileEdit, KeptOperation } from '../../../journal';
import type { AuthoredChange } from '../buffer/text-change';
import { sameProvenance, type Provenance } from '../buffer/spans';

/** A file is not tracked. */
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

/** A file is tracked (again). */
export function writtenOver(before: Content | null, text: string): Content {
  const mark = before?.mark ?? false;
  return { bytes: Buffer.from(mark ? BYTE_ORDER_MARK + text : text, 'utf8'), text, mark };
}

export interface SavedEdit {
  readonly path: string;
  /** The journal could not be written: `message` says where, why and what to do; null: its repository is gone. */
  readonly before: Content | null;
  /** What the editor saved. */
  readonly after: Content;
  /** This many records of a work tree were written by a newer version. */
  readonly from: string;
  readonly to: string;
  readonly operations: readonly AuthoredChange[];
  /**
   * What a person should know about the file in front of them, as sentences; `path`: relative to the work tree's root.
   */
  readonly firsts?: ReadonlyMap<number, Provenance>;
}

/** An edit without the names of its contents: they are kept by whoever writes it. */
export interface Edit {
  readonly by: By;
  readonly file: Pick<FileEdit, 'path' | 'operations' | 'hands' | 'firsts'>;
}

/**
 * The edit to record, or undefined when there is nothing to say: what nobody knows needs no record. The operations are
 * told only where they lead from bytes to bytes; otherwise the edit is told as a whole, and only when one hand made all
 * of it.
 */
export function editOf({ path, before, after, from, to, operations, firsts }: SavedEdit): Edit | undefined {
  const provenances: By[] = [];
  const indexOf = (by: By): number => {
    const known = provenances.findIndex((provenance) => sameProvenance(provenance, by));
    return known >= 0 ? known : provenances.push(by) - 1;
  };
  const kept = operations.map(({ offset, deleted, inserted, by, back }): KeptOperation => ({
    offset,
    deleted,
    inserted,
    by: by === null ? -1 : indexOf(by),
    ...(back ? { back: indexOf(back) } : {}),
  }));
  const [first] = provenances;
  if (!first) return undefined;
  const alone = provenances.length === 1 && kept.every((operation) => operation.by === 0);
  const by: By = alone ? first : { author: 'unknown', reason: 'several' };
  const exact = (before?.text ?? '') === from && after.text === to && (before?.mark ?? after.mark) === after.mark;
  if (!exact) return alone ? { by, file: { path } } : undefined;
  const shift = before !== null && after.mark ? 1 : 0;
  const marked = before === null && after.mark ? [{ offset: 0, deleted: 0, inserted: BYTE_ORDER_MARK, by: -1 }] : [];
  const told = [...(firsts ?? [])].map(
    ([line, provenance]) => [line, provenance === null ? -1 : indexOf(provenance)] as const,
  );
  return {
    by,
    file: {
      path,
      operations: [...shifted(kept, shift), ...marked],
      hands: provenances,
      ...(told.length > 0 ? { firsts: told } : {}),
    },
  };
}

const shifted = (operations: readonly KeptOperation[], by: number): readonly KeptOperation[] =>
  by === 0 ? operations : operations.map((operation) => ({ ...operation, offset: operation.offset + by }));
