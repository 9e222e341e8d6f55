/** What texts were read as, for the texts that were asked about last. */
import type { Lines } from './cut-yaml-entries';

/** UTF-16 code units of the texts that are remembered: what they are read as takes some twenty times as much. */
const CHARACTERS_AT_MOST = 300_000;

interface Known<Value> {
  readonly value: Value;
  /** The lines above the text where it was read. */
  readonly above: number;
}

/** Values by their text, wherever in a file that stands. `move`: the same value so many lines further down. */
export class Remembered<Value> {
  private readonly known = new Map<string, Known<Value>>();
  private characters = 0;

  constructor(private readonly move: (value: Value, by: number) => Value) {}

  /** `how`: in which way it is read; the same text may be read in several. */
  read({ text, above }: Lines, how: string, make: () => Value): Value {
    const key = `${how} ${text}`;
    const found = this.known.get(key);
    if (found === undefined) {
      const value = make();
      this.keep({ text, above }, how, value);
      return value;
    }
    this.known.delete(key); // asked about last: it is the last to go
    this.known.set(key, found);
    return this.move(found.value, above - found.above);
  }

  keep({ text, above }: Lines, how: string, value: Value): void {
    const key = `${how} ${text}`;
    if (this.known.has(key) || key.length > CHARACTERS_AT_MOST) return;
    this.known.set(key, { value, above });
    this.characters += key.length;
    for (const oldest of this.known.keys()) {
      if (this.characters <= CHARACTERS_AT_MOST) break;
      this.known.delete(oldest);
      this.characters -= oldest.length;
    }
  }
}
