/**
 * Work on the thread that all extensions share, in pieces, so that a key press never waits for the end of it. All such
 * work of one turn of the thread shares its time: each alone would be short, and several of them one after another are
 * not.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Much shorter than a frame of the screen: what can't be interrupted may come on top of it. */
const LONGEST_MS = 4;
/** What is begun with less than this behind it may as well take a turn's whole time. */
const HARDLY_BEGUN_MS = 1;

/** After this many places of a change, work in slices yields. */
export const PLACES_IN_A_SLICE = 250;

/** Work that can be interrupted wherever it yields. Until its end nothing of it is seen. */
export type TimeSliced<T> = Generator<undefined, T>;

/** The whole of it at once. */
export function atOnce<T>(work: TimeSliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** All of the work, others first whenever it is their turn. Throws what the work throws. */
export async function runSliced<T>(work: TimeSliced<T>): Promise<T> {
  begin();
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    if (hasLasted(LONGEST_MS)) await rest();
  }
}

/** To be awaited now and then: lets others go first when it is their turn. */
export async function yieldIfDue(): Promise<void> {
  if (hasLasted(LONGEST_MS)) await rest();
}

/** To be awaited before something that takes its time and can't be interrupted. */
export async function yieldNow(): Promise<void> {
  if (hasLasted(HARDLY_BEGUN_MS)) await rest();
}

/** Whether the work of this turn took so many milliseconds. */
const hasLasted = (ms: number): boolean => performance.now() - begin() >= ms;

async function rest(): Promise<void> {
  await nextTurn();
  begin();
}

/** When work like this began in the present turn of the thread; undefined while it did not. */
let since: number | undefined;

function begin(): number {
  if (since === undefined) {
    since = performance.now();
    // Asked for before anybody's next turn, and so done before it.
    setImmediate(() => (since = undefined));
  }
  return since;
}
