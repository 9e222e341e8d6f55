/** Work on the thread that all extensions share, in pieces, so that a key press never waits for the end of it. */
import { setImmediate } from 'node:timers/promises';

/** Shorter than a frame of the screen. */
const LONGEST_MS = 6;

/** A turn at work. Made anew for each list that is gone through. */
export class Slices {
  private since = performance.now();

  /** To be awaited now and then: lets others go first when it is their turn. */
  async breathe(): Promise<void> {
    if (performance.now() - this.since < LONGEST_MS) return;
    await setImmediate();
    this.since = performance.now();
  }
}
