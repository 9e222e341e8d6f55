/** The lines that a change takes out of a file and puts into it, each with what stands around it. */
import { surplus } from './multiset-difference';
import type { Change } from './types';

export interface ChangedLine {
  /** Trimmed, and cut at 300 characters. */
  readonly text: string;
  /** 1-based, on its side. */
  readonly line: number;
  /** The nearest line above that begins further to the left, trimmed; and the same of that line, up to the margin. */
  readonly parent: string;
  readonly ancestors: readonly string[];
  /** The lines right above and below, trimmed. */
  readonly above: string;
  readonly below: string;
}

export interface ChangedLines {
  readonly lost: readonly ChangedLine[];
  readonly gained: readonly ChangedLine[];
}

/** A longer line was written by a program: its beginning is enough. */
const LONG = 300;
/** So many lines on one side are another file. Comments don't count: no change can hide behind them. */
const MANY = 1_500;
const COMMENT = /^(?:#|\/\/|;|<!--|\*|\/\*|--)/;

/** What a change takes out and puts in; nothing where that is a whole file, or too much to compare. */
export function changedLines(change: Change): ChangedLines {
  let lines = compared.get(change);
  if (lines === undefined) {
    lines = compare(change);
    compared.set(change, lines);
  }
  return lines;
}

/** Several analyzers ask for the lines of the same change. */
const compared = new WeakMap<Change, ChangedLines>();

function compare({ before, after }: Change): ChangedLines {
  if (before === null || after === null) return { lost: [], gained: [] };
  const [earlier, later] = [before.split('\n'), after.split('\n')];
  const bare = (lines: readonly string[]): readonly string[] => lines.map((line) => line.trim());
  const [bareEarlier, bareLater] = [bare(earlier), bare(later)];
  const more = surplus(bareLater, bareEarlier);
  const gained = surplusOf(later, bareLater, bareEarlier, more, 1);
  const lost = surplusOf(earlier, bareEarlier, bareLater, more, -1);
  const told = [lost, gained].map((lines) =>
    lines.length > MANY ? lines.filter(({ text }) => !COMMENT.test(text)) : lines,
  );
  if (told.some((lines) => lines.length > MANY)) return { lost: [], gained: [] };
  return { lost: told[0] ?? [], gained: told[1] ?? [] };
}

function surplusOf(
  lines: readonly string[],
  bare: readonly string[],
  opposite: readonly string[],
  more: ReadonlyMap<string, number>,
  sign: 1 | -1,
): readonly ChangedLine[] {
  const pairs = new Set(opposite.map((text, at) => `${opposite[at - 1] ?? ''}\n${text}`));
  const places = new Map<string, number[]>();
  bare.forEach((text, at) => {
    if (text === '' || (more.get(text) ?? 0) * sign <= 0) return;
    const known = places.get(text);
    if (known === undefined) places.set(text, [at]);
    else known.push(at);
  });
  const isNew = (text: string, at: number): boolean => !pairs.has(`${bare[at - 1] ?? ''}\n${text}`);
  const indents = lines.map((line) => line.search(/\S/));
  return [...places]
    .flatMap(([text, at]) =>
      [...at.filter((place) => isNew(text, place)), ...at.filter((place) => !isNew(text, place))].slice(
        0,
        (more.get(text) ?? 0) * sign,
      ),
    )
    .sort((a, b) => a - b)
    .map((at) => {
      const ancestors = ancestorsOf(lines, indents, at);
      return {
        text: (bare[at] ?? '').slice(0, LONG),
        line: at + 1,
        parent: ancestors[0] ?? '',
        ancestors,
        above: bare[at - 1] ?? '',
        below: bare[at + 1] ?? '',
      };
    });
}

const FAR = 400;
const DEEP = 4;

function ancestorsOf(lines: readonly string[], indents: readonly number[], at: number): readonly string[] {
  const found: string[] = [];
  let margin = indents[at] ?? 0;
  for (let above = at - 1; above >= Math.max(0, at - FAR) && found.length < DEEP; above -= 1) {
    const indent = indents[above] ?? -1;
    if (indent < 0 || indent > margin || (indent === margin && found.length > 0)) continue;
    const line = lines[above] ?? '';
    // YAML's lists may begin right below their key
    const isKey = indent === margin && /^\s*- /.test(lines[at] ?? '') && /^\s*[^\s-].*:\s*$/.test(line);
    if ((indent === margin && !isKey) || /^\s*#\s*(?:if|el|endif)/.test(line)) continue;
    found.push(line.trim());
    margin = indent;
  }
  return found;
}
