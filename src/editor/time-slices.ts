/**
 * Work in slices on the thread that all extensions share, so that a key press never waits for all of it. All such work
 * in one turn of the event loop shares a time budget: each alone would be short, but several in a row are not.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Much shorter than a frame: work that can't be interrupted may be added to it. */
const LONGEST_MS = 4;
/** Work that starts with less than this elapsed may take the turn's whole budget. */
const HARDLY_BEGUN_MS = 1;

/** After this many places of a change, work in slices yields. */
export const PLACES_IN_A_SLICE = 250;

/** Work that can be interrupted wherever it yields. Its result only becomes visible at the end. */
export type TimeSliced<T> = Generator<undefined, T>;

/** The whole of it at once. */
export function atOnce<T>(work: TimeSliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** All of the work, yielding to others whenever it is their turn. Rethrows the work's errors. */
export async function runSliced<T>(work: TimeSliced<T>): Promise<T> {
  begin();
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    if (hasLasted(LONGEST_MS)) await rest();
  }
}

/** Await this now and then: yields to others when it is their turn. */
export async function yieldIfDue(): Promise<void> {
  if (hasLasted(LONGEST_MS)) await rest();
}

/** Await this before something long that can't be interrupted. */
export async function yieldNow(): Promise<void> {
  if (hasLasted(HARDLY_BEGUN_MS)) await rest();
}

/** Whether the work of this turn has taken this many milliseconds. */
const hasLasted = (ms: number): boolean => performance.now() - begin() >= ms;

async function rest(): Promise<void> {
  await nextTurn();
  begin();
}

/** When such work began in the current turn of the event loop; undefined when it has not. */
let since: number | undefined;

function begin(): number {
  if (since === undefined) {
    since = performance.now();
    // Scheduled before any other work's next turn, and so done before it.
    setImmediate(() => (since = undefined));
  }
  return since;
}
