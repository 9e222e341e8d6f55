/** Work on the thread that all extensions share, in pieces, so that a key press never waits for the end of it. */
import { setImmediate } from 'node:timers/promises';

/** Shorter than a frame of the screen. */
const LONGEST_MS = 6;

/** Work that can be interrupted wherever it yields. Until its end nothing of it is seen. */
export type InSlices<T> = Generator<undefined, T>;

/** The whole of it at once. */
export function atOnce<T>(work: InSlices<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** A turn at work. Made anew for each list that is gone through. */
export class Slices {
  private since = performance.now();

  /** To be awaited now and then: lets others go first when it is their turn. */
  async breathe(): Promise<void> {
    if (this.mayGoOn) return;
    await setImmediate();
    this.since = performance.now();
  }

  /** All of the work, others first whenever it is their turn. Throws what the work throws. */
  async through<T>(work: InSlices<T>): Promise<T> {
    for (;;) {
      const { done, value } = work.next();
      if (done === true) return value;
      if (!this.mayGoOn) await this.breathe();
    }
  }

  private get mayGoOn(): boolean {
    return performance.now() - this.since < LONGEST_MS;
  }
}
