/**
 * The trace: one line for each step, so that somebody who looks for a mistake sees what was asked of git, what was
 * believed, and why a line got its author. It goes to where `LINEKEEPER_TRACE` says, and in the editor to the output
 * channel *Linekeeper* at the level *Trace*. While nobody listens, a step costs one look at a variable.
 */
import { appendFileSync, writeSync } from 'node:fs';

/** What a step is about: git's answer, a record of the journal, a commit's origin, its note, a line's author. */
export type Step = 'git' | 'record' | 'commit' | 'note' | 'line';

/** Takes one line. */
export type Sink = (step: Step, text: string) => void;

/** A program is several bundles, and each has this file: what the editor listens with is kept where all of them look. */
const KEY = Symbol.for('linekeeper.trace');
const shared: typeof globalThis & { [KEY]?: Sink | undefined } = globalThis;

/** Longer lines are cut: a change of thousands of files is one step. */
const LONGEST_LINE = 2_000;

/** `null`: the environment names no sink; undefined: nobody has looked yet. */
let named: Sink | null | undefined;

/** Whether somebody listens, for what a step would have to measure before it is over. */
export function isTraced(): boolean {
  return shared[KEY] !== undefined || environmentSink() !== null;
}

/** Hands on one step. `say` is called only when somebody listens. Never throws. */
export function trace(step: Step, say: () => string): void {
  if (!isTraced()) return;
  try {
    const text = printable(say());
    shared[KEY]?.(step, text);
    environmentSink()?.(step, text);
  } catch {
    // a trace that can't be written must not disturb what it follows
  }
}

/** From now on steps of this thread are also given to `sink`; undefined ends that. */
export function traceTo(sink: Sink | undefined): void {
  shared[KEY] = sink;
}

function environmentSink(): Sink | null {
  named ??= sinkNamed(process.env['LINEKEEPER_TRACE']);
  return named;
}

/**
 * `1` is standard error, a name that ends in `.log` a file that lines are added to. Other names are refused, so that
 * the variable can make no program of ours write into a file of the repository.
 */
function sinkNamed(where = ''): Sink | null {
  if (where === '' || where === '0') return null;
  const write = where.endsWith('.log')
    ? (line: string) => {
        appendFileSync(where, line);
      }
    : (line: string) => {
        writeSync(process.stderr.fd, line);
      };
  const sink: Sink = (step, text) => {
    write(`${new Date().toISOString()} ${String(process.pid)} ${lineOf(step, text)}\n`);
  };
  if (where !== '1' && !where.endsWith('.log'))
    write(
      'linekeeper: LINEKEEPER_TRACE is 1 (standard error) or a file whose name ends in .log; using standard error.\n',
    );
  return sink;
}

/** A step as it is shown. */
export const lineOf = (step: Step, text: string): string => `${step.padEnd(6)} ${text}`;

/** On one line, not endless, and without what names a person or opens a door: addresses, and names in URLs. */
const printable = (text: string): string =>
  (text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text)
    .replace(/:\/\/[^/@\s]+@/g, '://…@')
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '…@…')
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
