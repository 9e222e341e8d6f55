/**
 * What was taken away in a version that was put aside is gone again when that version comes back, such as when git merges a
 * stash into a file that went on meanwhile: whoever took it away did so, not who brought the work back.
 */
import { ORIGIN } from './character-store';
import { splitLines } from '../diff/line-diff';
import { Cursor, isPut, type Gap, type Plan, type Strand, type Version } from './weave';
import { countLettersIn, TELLING_FROM } from '../diff/tokens';

const CONFLICT = /^<{7} [^]*^>{7} /m;

/** A part of a text that somebody took away in another version. */
export interface Taken {
  readonly from: number;
  readonly to: number;
  readonly by: NonNullable<Strand['gone']>;
}

/**
 * A plan of a change that nobody is recorded for, in which what `aside` took away is by whom it was; the plan itself where not
 * all of `aside` comes back. `order`: the strands of the weave, in their order; `committed`: versions that were, whose lines are
 * not `aside`'s own.
 */
export function withGoneAgain(plan: Plan, aside: Version, order: readonly Strand[], committed: readonly Version[]): Plan {
  const linesOf = (text: string): ReadonlySet<string> => new Set(splitLines(text).map((line) => line.trim()));
  const [had, has] = [linesOf(plan.on.text), linesOf(plan.text)];
  const put = putBy(aside).filter((line) => !had.has(line));
  const missing = put.filter((line) => !has.has(line));
  if (missing.some((line) => !committed.some(({ text }) => text.includes(line)))) return plan;
  const taken = takenBy(plan.on, aside, order);
  const solid = taken.filter(({ from, to }) => /\S/.test(plan.on.text.slice(from, to)));
  const gone = solid.filter(({ from, to }) => plan.gaps.some((gap) => gap.from <= from && to <= gap.to));
  // Where git left both sides of a conflict, what one of them took away is there still.
  if (gone.length === 0 || (gone.length < solid.length && !CONFLICT.test(plan.text))) return plan;
  const back = put.filter((line) => has.has(line) && /\w/.test(line));
  // Taking out one part that the other took out too may be done twice.
  if (back.length === 0 && gone.length < 2) return plan;
  const letters = countLettersIn([...put.filter((line) => has.has(line)), ...gone.map(({ from, to }) => plan.on.text.slice(from, to))]);
  return letters < TELLING_FROM ? plan : { ...plan, gaps: plan.gaps.flatMap((gap) => splitGap(gap, taken)) };
}

/** The lines of a version in which somebody put something since the record begins. */
function putBy({ text, strands }: Version): string[] {
  const put: string[] = [];
  const there = strands.filter(({ gone }) => gone === null);
  let [index, start, at] = [0, 0, 0];
  for (const line of splitLines(text)) {
    at += line.length;
    let isPutIn = false;
    for (let strand = there[index]; strand && start < at; strand = there[index]) {
      isPutIn ||= strand.put !== ORIGIN;
      if (start + strand.length > at) break;
      start += strand.length;
      index++;
    }
    if (isPutIn) put.push(line.trim());
  }
  return put;
}

/** The parts of a version that are gone in another one, ascending. `order`: the strands of the weave, in their order. */
export function takenBy(on: Version, aside: Version, order: readonly Strand[]): Taken[] {
  const [mine, theirs] = [new Cursor(on.strands), new Cursor(aside.strands)];
  const taken: Taken[] = [];
  let at = 0;
  for (const strand of order) {
    const here = mine.at(strand)?.gone === null;
    const by = theirs.at(strand)?.gone;
    if (!here) continue;
    if (by) taken.push({ from: at, to: at + strand.length, by });
    at += strand.length;
  }
  return taken;
}

/** A gap in as many as took part in it; the gap itself where nobody else did. What is put in comes behind all of them. */
export function splitGap(gap: Gap, taken: readonly Taken[]): readonly Gap[] {
  const own = taken.filter((span) => span.from < gap.to && gap.from < span.to);
  if (own.length === 0 || !gap.fill.every(isPut)) return [gap];
  const gaps: Gap[] = [];
  let done = gap.from;
  for (const { from, to, by } of own) {
    const [start, end] = [Math.max(from, gap.from), Math.min(to, gap.to)];
    if (start > done) gaps.push({ from: done, to: start, by: gap.by, fill: [] });
    gaps.push({ from: start, to: end, by, fill: [] });
    done = end;
  }
  if (done < gap.to) gaps.push({ from: done, to: gap.to, by: gap.by, fill: [] });
  return gaps.map((part, i) => (i === gaps.length - 1 ? { ...part, fill: gap.fill } : part));
}
