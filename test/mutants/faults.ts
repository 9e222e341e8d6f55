/** One-line faults as data: where each is, and how it is put into a file. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const TOP = path.resolve(import.meta.dirname, '../..');

/** What the fault does: turns a condition round, moves a bound by one, leaves a call out, swaps a text. */
export type FaultKind = 'condition' | 'bound' | 'call' | 'text';

export const KINDS: readonly FaultKind[] = ['condition', 'bound', 'call', 'text'];

export interface Fault {
  readonly id: string;
  readonly kind: FaultKind;
  /** Relative to the top, with slashes. */
  readonly file: string;
  /** The line, without the white space around it: it may move, and may be indented anew. */
  readonly before: string;
  readonly after: string;
  /** Which of the equal lines of the file, from 0; missing where the line is there only once. */
  readonly nth?: number;
  /** Why nobody can feel the fault, so that no test has to see it. */
  readonly equivalent?: string;
}

/** What was refused when the faults were drawn, because it changes nothing that anybody could notice. */
export interface Refusal extends Omit<Fault, 'id'> {
  readonly why: string;
}

export interface Drawn {
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly refused: readonly Refusal[];
}

export const FAULTS_FILE = path.join(import.meta.dirname, 'mutants.json');

export const readFaults = (file = FAULTS_FILE): Drawn => JSON.parse(readFileSync(file, 'utf8')) as Drawn; // ours

/**
 * The index of the fault's line in the text, from 0. Undefined when the fault is stale: its line is gone, or is there
 * another number of times than when it was drawn.
 */
export function lineOf({ before, nth }: Pick<Fault, 'before' | 'nth'>, text: string): number | undefined {
  const found = text.split('\n').flatMap((line, index) => (line.trim() === before ? [index] : []));
  return nth === undefined ? (found.length === 1 ? found[0] : undefined) : found[nth];
}

/** The text with the fault in it; undefined when the fault is stale. */
export function withFault(fault: Pick<Fault, 'before' | 'after' | 'nth'>, text: string): string | undefined {
  const at = lineOf(fault, text);
  if (at === undefined) return undefined;
  const lines = text.split('\n');
  lines[at] = (lines[at] ?? '').replace(fault.before, () => fault.after);
  return lines.join('\n');
}

/** The text of a file of the checkout; empty when there is no such file. */
export function textOf(file: string, top = TOP): string {
  try {
    return readFileSync(path.join(top, file), 'utf8');
  } catch {
    return '';
  }
}

/** Those whose line is not where it was drawn. */
export const staleOf = (faults: readonly Fault[], top = TOP): Fault[] =>
  faults.filter((fault) => lineOf(fault, textOf(fault.file, top)) === undefined);
