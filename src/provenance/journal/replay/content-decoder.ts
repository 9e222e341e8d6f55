/** The contents of one file as comparable texts. */
import { MAX_CACHED_CHARACTERS, LruCache } from '../store/lru-cache';
import type { Contents, FileQuery } from './replay-input';
import type { Observation } from './observations-from-records';
import type { FileEdit, KeptOperation } from '../store/record-format';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * UTF-8, or Latin-1 when one of the contents is not valid UTF-8: then each byte is one character. Where git converts
 * line endings in the work tree, they are read as the repository has them.
 */
export class Decoder {
  private readonly encoding: 'utf8' | 'latin1';
  private readonly converted: boolean;
  private readonly texts = new LruCache<string, { readonly text: string | undefined }>(
    MAX_CACHED_CHARACTERS,
    ({ text }) => text?.length ?? 0,
  );

  constructor(
    observations: readonly Observation[],
    private readonly contents: Contents,
    want: FileQuery | undefined,
  ) {
    const snapshots = observations
      .flatMap(({ seen, edit }) => [seen, edit?.from ?? null])
      .map((id) => (id === null ? null : (contents(id) ?? null)));
    const committed = [
      want?.base ?? null,
      want?.target ?? null,
      ...(want?.seeds ?? []).flatMap((seed) => [seed.before, seed.after]),
    ];
    const all = [...new Set([...snapshots, ...committed])];
    this.encoding = all.every(isUtf8) ? 'utf8' : 'latin1';
    this.converted = want !== undefined && !committed.some(hasCrlf) && snapshots.some(hasCrlf);
  }

  /** Decodes a content from git. */
  text(content: Buffer | null): string {
    return content === null ? '' : content.toString(this.encoding);
  }

  /**
   * Decodes a content from the journal; undefined when the journal no longer keeps it. A missing file has an empty
   * text.
   */
  content(id: string | null): string | undefined {
    if (id === null) return '';
    const known = this.texts.get(id);
    if (known) return known.text;
    const bytes = this.contents(id)?.toString(this.encoding);
    const text = bytes !== undefined && this.converted ? unified(bytes) : bytes;
    this.texts.set(id, { text });
    return text;
  }

  /** The operations of an edit, with offsets into the decoded texts. */
  operations(edit: FileEdit): readonly KeptOperation[] | undefined {
    if (!edit.operations || !this.converted) return edit.operations;
    const from = edit.from === null ? '' : this.contents(edit.from)?.toString(this.encoding);
    if (from === undefined) return undefined;
    let text = from;
    return edit.operations.map(({ offset, deleted, inserted, ...provenances }) => {
      const start = place(text, offset);
      const end = place(text, offset + deleted);
      text = text.slice(0, offset) + inserted + text.slice(offset + deleted);
      return { ...provenances, offset: start, deleted: end - start, inserted: unified(inserted) };
    });
  }
}

const unified = (text: string): string => text.replaceAll('\r\n', '\n');

/** Maps an offset to where it is when each line ending is one character. */
function place(text: string, offset: number): number {
  const before = unified(text.slice(0, offset)).length;
  return text[offset - 1] === '\r' && text[offset] === '\n' ? before - 1 : before;
}

function isUtf8(content: Buffer | null): boolean {
  try {
    if (content) utf8.decode(content);
    return true;
  } catch {
    return false;
  }
}

const hasCrlf = (content: Buffer | null): boolean => content?.includes('\r\n') ?? false;
