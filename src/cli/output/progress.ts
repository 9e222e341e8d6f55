/** Progress of a long command, on standard error. */
import type { Terminal } from '../verb';

const TELL_MS = 2_000;

/**
 * Returns a listener for each kind of work: `what` ends the sentence "10 of 200 …", as `commits read`. Together they
 * print at most every two seconds.
 */
export function progressTo(terminal: Pick<Terminal, 'err'>): (what: string) => (done: number, all: number) => void {
  let lastShown = Date.now();
  return (task) => (done, all) => {
    if (Date.now() - lastShown < TELL_MS) return;
    lastShown = Date.now();
    terminal.err(`linekeeper: ${String(done)} of ${String(all)} ${task}…`);
  };
}
