/**
 * A bound on reading one command, counted in steps and not in time, so that the same text has the same answer
 * everywhere. Reading a word, a program or a text inside of a command takes one step. What lies past the bound is not
 * read, and the command counts as unread.
 */
export class Work {
  private static all = 0;
  private over = false;

  constructor(private left: number) {}

  /** Takes steps; false, from then on too, where there are not so many left. */
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

  /** How many have been taken so far, by everybody: what tests count. */
  static get taken(): number {
    return Work.all;
  }
}

/** For a command that is about to run. People's and agents' take a few dozen. */
export const COMMAND_STEPS = 5_000;
/** For a script of some thousand lines. */
export const FILE_STEPS = 100_000;
