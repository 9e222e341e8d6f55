/** The lines of before that undo the cause of a danger: what a fix puts back, and where. Pure. */
import { diffLines, splitLines, type LineHunk } from '../../provenance/authorship';
import type { Finding } from '../../policy';
import { slide } from '../state/slide-ambiguous-hunks';
import type { Translate } from '../translate';

/** Lines to put back. Numbers are 0-based, the end is not included. */
export interface RestoredLines {
  /** The lines of the present text that they replace; none where the two are the same. */
  readonly start: number;
  readonly end: number;
  /** Without line endings. */
  readonly lines: readonly string[];
}

type Cause = Pick<Finding, 'line' | 'side'>;

/** Undefined if nothing stood there before, or if several changes may be the cause. Line endings don't matter. */
export function restoredLines(committed: string, present: string, { line, side }: Cause): RestoredLines | undefined {
  const [before, after] = [committed, present].map((text) => splitLines(`${text.replace(/\r\n?/g, '\n')}\n`));
  if (!before || !after) return undefined;
  const hunks = slide(diffLines(before, after), before, after);
  const at = line - 1;
  const texts = { before: before.map(withoutEnd), after: after.map(withoutEnd) };
  if (side === 'old') {
    const hunk = hunks.find(({ oldStart, oldEnd }) => oldStart <= at && at < oldEnd);
    return hunk && ofRemoved(texts, hunk, at);
  }
  const hunk = hunks.find(({ newStart, newEnd }) => newStart <= at && at < newEnd);
  return hunk ? ofChanged(texts, hunk, at) : insideBlock(texts, hunks, at);
}

interface Texts {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function ofRemoved(texts: Texts, hunk: LineHunk, at: number): RestoredLines {
  const lines = texts.before.slice(at, Math.min(blockEnd(texts.before, at), hunk.oldEnd));
  const counterpart = counterpartOf(texts.before, at, texts.after, { hunk, to: 'new' });
  if (counterpart !== undefined)
    return { start: counterpart, end: Math.min(blockEnd(texts.after, counterpart), hunk.newEnd), lines };
  // Behind the lines that replaced those above it.
  const above = range(hunk.oldStart, at).flatMap(
    (old) => counterpartOf(texts.before, old, texts.after, { hunk, to: 'new' }) ?? [],
  );
  const place = Math.max(hunk.newStart, ...above.map((one) => one + 1));
  return { start: place, end: place, lines };
}

function ofChanged(texts: Texts, hunk: LineHunk, at: number): RestoredLines | undefined {
  const counterpart = counterpartOf(texts.after, at, texts.before, { hunk, to: 'old' });
  return counterpart === undefined
    ? undefined
    : { start: at, end: at + 1, lines: texts.before.slice(counterpart, counterpart + 1) };
}

/** A finding at the header of a block whose inside changed in one place. */
function insideBlock({ before, after }: Texts, hunks: readonly LineHunk[], at: number): RestoredLines | undefined {
  const end = blockEnd(after, at);
  const [hunk, ...others] = hunks.filter(({ newStart, newEnd }) => at < newStart && newEnd < end);
  if (!hunk || others.length > 0 || hunk.oldStart === hunk.oldEnd) return undefined;
  return { start: hunk.newStart, end: hunk.newEnd, lines: before.slice(hunk.oldStart, hunk.oldEnd) };
}

/** The line of the hunk's other side that sets the same key; without keys, the one at the same place of as many. */
function counterpartOf(
  lines: readonly string[],
  at: number,
  others: readonly string[],
  { hunk, to }: { readonly hunk: LineHunk; readonly to: 'old' | 'new' },
): number | undefined {
  const [olds, news] = [range(hunk.oldStart, hunk.oldEnd), range(hunk.newStart, hunk.newEnd)];
  const [from, there] = to === 'new' ? [olds, news] : [news, olds];
  const key = keyOf(lines[at]);
  const sameKey = there.filter((one) => key !== undefined && keyOf(others[one]) === key);
  if (sameKey.length === 1 && from.filter((one) => keyOf(lines[one]) === key).length === 1) return sameKey[0];
  const [first = 0] = from;
  const opposite = there[at - first];
  const isPair =
    from.length === there.length &&
    (key === undefined || keyOf(others[opposite ?? -1]) === undefined || from.length === 1);
  return isPair ? opposite : undefined;
}

/** What a line sets: the name before its first `=` or `:`. */
const keyOf = (line = ''): string | undefined => /^\s*(?:- )?["']?([\w.$-]+)["']?\s*[:=]/.exec(line)?.[1];

/** The end of what a line begins: deeper lines, and a closing one at its own depth. */
function blockEnd(lines: readonly string[], at: number): number {
  const depth = depthOf(lines[at]);
  let end = at + 1;
  for (let next = end; next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (line.trim() === '') continue;
    if (depthOf(line) > depth) end = next + 1;
    else return depthOf(line) === depth && /^\s*(?:[)\]}]|end\b)/.test(line) ? next + 1 : end;
  }
  return end;
}

const depthOf = (line = ''): number => line.length - line.trimStart().length;
const withoutEnd = (line: string): string => line.replace(/\n$/, '');
const range = (start: number, end: number): number[] =>
  Array.from({ length: end - start }, (_, index) => start + index);

/** A longer line is cut in a title. */
const SHOWN_AT_MOST = 60;

/** By what a rule's id ends in. */
const TITLES: readonly (readonly [RegExp, (t: Translate) => string])[] = [
  [/-drop-column$/, (t) => t('Keep the column')],
  [/\/(?:guard|auth)-removed$/, (t) => t('Restore the guard')],
  [/\/test-removed$/, (t) => t('Restore the test')],
];

/** The title of the fix that puts lines back. */
export function restoreTitle(t: Translate, rule: string, { lines }: RestoredLines): string {
  const named = TITLES.find(([ending]) => ending.test(rule));
  if (named) return named[1](t);
  const shown = (lines.find((line) => line.trim() !== '') ?? '').trim().replaceAll('`', "'");
  const text = shown.length > SHOWN_AT_MOST ? `${shown.slice(0, SHOWN_AT_MOST - 1)}…` : shown;
  return lines.length === 1 ? t('Restore `{0}`', text) : t('Restore `{0}` ({1} lines)', text, lines.length);
}
