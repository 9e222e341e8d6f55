/** Addresses, places and documents, as far as those who listen to edits look at them. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Extent } from './reports';

export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Stretch {
  readonly start: Place;
  readonly end: Place;
}

/** An address, written as the editor wrote it: people compare what `toString` gives. */
export class Address {
  readonly scheme: string;
  readonly path: string;

  constructor(private readonly text: string) {
    this.scheme = text.slice(0, text.indexOf(':'));
    this.path = decodeURIComponent(text.replace(/^[^:]*:(?:\/\/[^/]*)?/, '').replace(/[?#].*$/, ''));
  }

  get fsPath(): string {
    return this.scheme === 'file' ? fileURLToPath(this.text) : this.path;
  }

  toString(): string {
    return this.text;
  }
}

export const stretchOf = ([line, character, endLine, endCharacter]: Extent): Stretch => ({
  start: { line, character },
  end: { line: endLine, character: endCharacter },
});

export class ReplayedDocument {
  readonly uri: Address;
  version = 1;
  isClosed = false;

  constructor(
    uri: string,
    readonly languageId: string,
    private text: string,
    public isDirty: boolean,
  ) {
    this.uri = new Address(uri);
  }

  get isUntitled(): boolean {
    return this.uri.scheme === 'untitled';
  }

  get fileName(): string {
    return this.uri.fsPath;
  }

  get lineCount(): number {
    return this.text.split('\n').length;
  }

  getText(range?: Stretch): string {
    return range ? this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text;
  }

  offsetAt({ line, character }: Place): number {
    let start = 0;
    for (let i = 0; i < line; i++) {
      const end = this.text.indexOf('\n', start);
      if (end < 0) return this.text.length;
      start = end + 1;
    }
    const end = this.text.indexOf('\n', start);
    return Math.min(start + character, end < 0 ? this.text.length : end);
  }

  /** Applies what the editor reports: all places are those before the first change. Gives it as the API has it. */
  apply(changes: readonly (readonly [Extent, string])[]): readonly ContentChange[] {
    const made = changes.map(([extent, text]) => {
      const range = stretchOf(extent);
      const rangeOffset = this.offsetAt(range.start);
      return { range, rangeOffset, rangeLength: this.offsetAt(range.end) - rangeOffset, text };
    });
    for (const { rangeOffset, rangeLength, text } of [...made].sort((a, b) => b.rangeOffset - a.rangeOffset))
      this.text = this.text.slice(0, rangeOffset) + text + this.text.slice(rangeOffset + rangeLength);
    if (made.length > 0) this.version++;
    return made;
  }

  /** Whether it has a file. */
  get isThere(): boolean {
    return this.uri.scheme === 'file' && existsSync(this.uri.fsPath);
  }
}

export interface ContentChange {
  readonly range: Stretch;
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}
