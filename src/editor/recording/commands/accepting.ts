/** Tracks in which document one of our commands is accepting an inline completion right now. Pure. */
export class Accepting {
  private readonly open = new Map<string, number>();

  /** Runs `accept` as the acceptance of a completion in a document. */
  async during<T>(document: string | undefined, accept: () => Promise<T>): Promise<T> {
    if (document === undefined) return accept();
    this.open.set(document, (this.open.get(document) ?? 0) + 1);
    try {
      return await accept();
    } finally {
      const left = (this.open.get(document) ?? 1) - 1;
      if (left > 0) this.open.set(document, left);
      else this.open.delete(document);
    }
  }

  covers(document: string): boolean {
    return this.open.has(document);
  }
}
