/**
 * A bound on parsing one command, counted in steps and not in time, so that the same text gives the same answer
 * everywhere. Parsing a word, a program or a text inside a command takes one step. Anything past the bound is not
 * parsed, and the command counts as unread.
 */
export class Work {
  private static all = 0;
  private over = false;

  constructor(private left: number) {}

  /** Spends steps; returns false, and keeps doing so, when fewer are left. */
  take(count = 1): boolean {
    if (this.over || count > this.left) {
      this.over = true;
      return false;
    }
    this.left -= count;
    Work.all += count;
    return true;
  }

  /** Whether something was left unread. */
  get spent(): boolean {
    return this.over;
  }

  /** Steps spent so far by the whole process, for tests to count. */
  static get taken(): number {
    return Work.all;
  }
}

/** For a command that is about to run. Typical ones take a few dozen. */
export const COMMAND_STEPS = 5_000;
/** For a script of some thousand lines. */
export const FILE_STEPS = 100_000;
