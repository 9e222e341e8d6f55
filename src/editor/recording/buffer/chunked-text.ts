/**
 * A frequently changed text, in parts: a change costs as much as the parts that it touches, not as the whole text.
 *
 * Offsets are UTF-16 code units. Pure.
 */

import { partAt, startsOf } from './binary-search';

/** A replacement of text. */
interface Replaced {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
}

/** Characters per part; a part has at most twice as many. */
const PART = 4_096;

/** Immutable. */
export class LongText {
  private whole: string | undefined;
  /** The start of each part. */
  private starts: readonly number[] | undefined;

  private constructor(
    private readonly parts: readonly string[],
    readonly length: number,
    private readonly part: number,
  ) {}

  /** `part`: characters per part. */
  static of(text: string, part = PART): LongText {
    const writer = new PartWriter(part);
    writer.put(text);
    const made = new LongText(writer.end(), text.length, part);
    made.whole = text;
    return made;
  }

  toString(): string {
    return (this.whole ??= this.parts.join(''));
  }

  slice(start: number, end: number): string {
    this.starts ??= startsOf(this.parts, ({ length }) => length);
    let result = '';
    for (let i = partAt(this.starts, start); i < this.parts.length; i++) {
      const at = this.starts[i] ?? 0;
      if (at >= end) break;
      result += (this.parts[i] ?? '').slice(Math.max(0, start - at), end - at);
    }
    return result;
  }

  /**
   * Applies changes in ascending order, all with offsets in this text. Insertions at one offset are put one after
   * another.
   */
  with(changes: readonly Replaced[]): LongText {
    const writer = new PartWriter(this.part);
    let index = 0;
    /** The start of the part at `index`. */
    let start = 0;
    /** How much has been copied or skipped. */
    let at = 0;
    const next = (): string | undefined => {
      for (let part = this.parts[index]; part !== undefined; part = this.parts[++index]) {
        if (at < start + part.length) return part;
        start += part.length;
      }
      return undefined;
    };
    const takeOver = (to: number): void => {
      for (let part = next(); part !== undefined && at < to; part = next()) {
        const end = Math.min(to, start + part.length);
        if (at === start && end === start + part.length) writer.take(part);
        else writer.put(part.slice(at - start, end - start));
        at = end;
      }
    };
    let { length } = this;
    for (const { offset, deleted, inserted } of changes) {
      takeOver(offset);
      writer.put(inserted);
      length += inserted.length - deleted;
      at = Math.max(at, offset + deleted);
    }
    takeOver(this.length);
    return new LongText(writer.end(), length, this.part);
  }

  equals(other: LongText): boolean {
    if (this.length !== other.length) return false;
    const [a, b] = [this.parts, other.parts];
    const most = Math.min(a.length, b.length);
    let first = 0;
    while (first < most && a[first] === b[first]) first++;
    let last = 0;
    while (last < most - first && a[a.length - 1 - last] === b[b.length - 1 - last]) last++;
    return a.slice(first, a.length - last).join('') === b.slice(first, b.length - last).join('');
  }
}

class PartWriter {
  private readonly parts: string[] = [];
  private open = '';

  constructor(private readonly size: number) {}

  /** Adds new text. */
  put(text: string): void {
    this.open += text;
    if (this.open.length >= 2 * this.size) this.close();
  }

  /** Adds an unchanged part. */
  take(part: string): void {
    // Otherwise the text would fragment into ever smaller parts.
    if (this.open !== '' && this.open.length < this.size / 2) {
      this.put(part);
      return;
    }
    this.close();
    this.parts.push(part);
  }

  end(): readonly string[] {
    this.close();
    return this.parts;
  }

  private close(): void {
    const { open, size } = this;
    this.open = '';
    let at = 0;
    for (; open.length - at >= 2 * size; at += size) this.parts.push(open.slice(at, at + size));
    if (at < open.length) this.parts.push(open.slice(at));
  }
}
