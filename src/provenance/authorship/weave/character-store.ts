/**
 * Every character that was ever written, stored once. A character keeps its place here however often it is moved or
 * copied, so its first writer stays known.
 */
import { BASELINE, type Operation } from './operation';

interface StoredText {
  readonly start: number;
  readonly text: string;
  readonly operation: Operation;
}

/** V8 keeps a whole text in memory for a slice of it; this copy is independent. */
export const detachSlice = (slice: string): string => ` ${slice}`.slice(1);

export class CharacterStore {
  private readonly writings: StoredText[] = [];
  private end = 0;

  /** Stores a text and returns the place of its first character; the others follow. */
  add(text: string, operation: Operation): number {
    const start = this.end;
    this.writings.push({ start, text: detachSlice(text), operation });
    this.end += text.length;
    return start;
  }

  /** The characters from a place on; they must have been written together. */
  text(start: number, length: number): string {
    const writing = this.at(start);
    return writing ? writing.text.slice(start - writing.start, start - writing.start + length) : '';
  }

  /** The operation that wrote the character at a place. */
  insertedBy(place: number): Operation {
    return this.at(place)?.operation ?? BASELINE;
  }

  private at(place: number): StoredText | undefined {
    let low = 0;
    let high = this.writings.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.writings[middle]?.start ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return this.writings[low];
  }
}
