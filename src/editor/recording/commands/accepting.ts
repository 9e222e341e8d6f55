/**
 * Who gets credit for what an editor command did (a name from the list, a rename, a formatter, a quick fix): the person
 * who called it, if that was seen, or if no assistant can have made it (DESIGN 1.11). Pure.
 */
export class Accepting {
  private readonly open = new Map<string, number>();

  /**
   * What assistants could have been doing in the window at that time. `none`: there was none; `idle`: there is one
   * whose turns are reported, and it had none in progress; `able`: there is one that may not report; `working`: one was
   * at work.
   */
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
