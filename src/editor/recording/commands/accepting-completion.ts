/** Tracks in which document one of our commands is accepting an inline completion right now. Pure. */

/** What an assistant adds to an accepted completion, such as an import, comes within this time. */
const ADDS_WITHIN_MS = 1_000;

export class Accepting {
  private readonly open = new Map<string, number>();
  /** When the latest acceptance in a document ended. */
  private readonly ended = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  /** Runs `accept` as the acceptance of a completion in a document. */
  async during<T>(document: string | undefined, accept: () => Promise<T>): Promise<T> {
    if (document === undefined) return accept();
    this.open.set(document, (this.open.get(document) ?? 0) + 1);
    try {
      return await accept();
    } finally {
      const count = (this.open.get(document) ?? 1) - 1;
      if (count > 0) this.open.set(document, count);
      else this.open.delete(document);
      this.ended.set(document, this.now());
    }
  }

  covers(document: string): boolean {
    return this.open.has(document);
  }

  /** Whether a completion was accepted in the document a moment before a time, or is being accepted. */
  wasJust(document: string, at = this.now()): boolean {
    const ended = this.ended.get(document);
    return this.covers(document) || (ended !== undefined && at - ended < ADDS_WITHIN_MS);
  }

  forget(document: string): void {
    this.ended.delete(document);
  }
}
