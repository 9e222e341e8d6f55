/**
 * What really happened, kept by the story itself, line by line, without a word from Linekeeper: what is shown is
 * compared with it.
 */
import assert from 'node:assert/strict';
import type { Author } from '../../src/provenance/authorship';
import { commonEnds } from '../support/common-ends';

/** Somebody or something that writes in the story. */
export interface Writer {
  readonly name: string;
  readonly author: Author;
  /** Null for a person. */
  readonly assistant: string | null;
  /** Null where nobody can know it. */
  readonly model: string | null;
}

/** What is done to a file, in whole lines. `old` is in the file once. */
export type Change =
  | { readonly create: { readonly path: string; readonly text: string } }
  | { readonly replace: { readonly path: string; readonly old: string; readonly new: string } };

/** A changed line. Lines count from 1: added ones in the new file, removed ones in the old. */
export interface Written {
  readonly line: number;
  readonly by: Writer;
}

interface Line {
  readonly text: string;
  /** Null: it was there before, as line `old`. */
  readonly by: Writer | null;
  readonly old: number;
}

interface Page {
  lines: readonly Line[];
  readonly removed: Written[];
}

export class Ledger {
  private readonly pages = new Map<string, Page>();

  /** `committed` gives a file's committed text. */
  constructor(private readonly committed: (path: string) => string) {}

  /** The files that were changed. */
  get paths(): readonly string[] {
    return [...this.pages.keys()].sort();
  }

  /** A writer does this. Lines at either end of `old` that are the same in `new` stay whose they are. */
  note(by: Writer, change: Change): void {
    if ('create' in change) {
      this.pages.set(change.create.path, {
        lines: linesOf(change.create.text).map((text) => ({ text, by, old: 0 })),
        removed: [],
      });
      return;
    }
    const { path } = change.replace;
    const page = this.page(path);
    const before = linesOf(change.replace.old);
    const after = linesOf(change.replace.new);
    const start = placeOf(
      before,
      page.lines.map((line) => line.text),
      path,
    );
    const { head, tail } = commonEnds(before, after);
    const [from, to] = [start + head, start + before.length - tail];
    // Text that nobody had committed leaves no removed line.
    for (const line of page.lines.slice(from, to)) if (line.by === null) page.removed.push({ line: line.old, by });
    page.removed.sort((a, b) => a.line - b.line);
    const written = after.slice(head, after.length - tail).map((text): Line => ({ text, by, old: 0 }));
    page.lines = [...page.lines.slice(0, from), ...written, ...page.lines.slice(to)];
  }

  /** The file as it must be now. */
  text(path: string): string {
    return this.page(path)
      .lines.map((line) => `${line.text}\n`)
      .join('');
  }

  added(path: string): readonly Written[] {
    return this.page(path).lines.flatMap((line, index) => (line.by ? [{ line: index + 1, by: line.by }] : []));
  }

  removed(path: string): readonly Written[] {
    return this.page(path).removed;
  }

  private page(path: string): Page {
    const known = this.pages.get(path);
    if (known) return known;
    const page: Page = {
      lines: linesOf(this.committed(path)).map((text, index) => ({ text, by: null, old: index + 1 })),
      removed: [],
    };
    this.pages.set(path, page);
    return page;
  }
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Where the lines begin. An empty `old` is the end of the file. */
function placeOf(wanted: readonly string[], lines: readonly string[], path: string): number {
  if (wanted.length === 0) return lines.length;
  const places = lines.flatMap((_, start) =>
    wanted.every((text, offset) => lines[start + offset] === text) ? [start] : [],
  );
  assert.equal(
    places.length,
    1,
    `the story wants to change one place in ${path}, and there are ${String(places.length)}`,
  );
  return places[0] ?? 0;
}
