/** A file's lines next to their authors, for reading in a terminal. Pure. */
import { sameAuthors } from '../../provenance/authorship';
import type { BlamedLine } from '../../provenance/commits';
import { printable } from '../../policy';

interface Page {
  /**
   * Maximum line width; undefined when the output is not read on a screen: then nothing is cut, and every line is
   * complete.
   */
  readonly columns: number | undefined;
  readonly colour: boolean;
}

/** One line of output for each line of the file, with its line break. */
export function annotate(lines: readonly BlamedLine[], page: Page): string {
  const { colour } = page;
  // Some terminals do not know their width and report 0.
  const columns = page.columns === undefined || page.columns <= 0 ? undefined : page.columns;
  const number = String(lines.at(-1)?.line ?? 0).length;
  const who = ofRuns(lines, label);
  const session = ofRuns(lines, (by) => printable(by.session ?? '').slice(0, SESSION_DIGITS));
  // On a narrow screen the code matters more than who committed it.
  const roomy = columns === undefined || columns >= ROOMY;
  const made = lines.map((line) => (line.made === null || !roomy ? '' : printable(line.made.author)));
  const width = {
    made: widest(made, columns === undefined ? Infinity : Math.floor(columns / 6)),
    who: widest(who, columns === undefined ? Infinity : Math.max(12, Math.floor(columns / 3))),
    session: widest(session, SESSION_DIGITS),
  };
  const rows = lines.map((line, index) => {
    const before = lines[index - 1];
    // On a screen, a run of lines shows its author once.
    const again =
      columns !== undefined &&
      before?.commit === line.commit &&
      who[index - 1] === who[index] &&
      session[index - 1] === session[index];
    const facts = [
      line.commit?.slice(0, COMMIT_DIGITS) ?? 'not yet',
      ...(width.made > 0 ? [fitted(made[index] ?? '', width.made), line.made?.day ?? ''] : []),
      fitted(who[index] ?? '', width.who),
      ...(width.session > 0 ? [session[index] ?? ''] : []),
    ];
    const widths = [COMMIT_DIGITS, ...(width.made > 0 ? [width.made, DAY_LETTERS] : []), width.who, width.session];
    const columnsOfFacts = facts.map((fact, at) => (again ? '' : fact).padEnd(widths[at] ?? 0)).join('  ');
    const head = `${columnsOfFacts} ${MARKS[line.by.author]} ${String(line.line).padStart(number)}  `;
    const text = printable(line.text.replace(/\t/g, '    '));
    const shown = columns === undefined ? text : fitted(text, Math.max(0, columns - Array.from(head).length));
    return colour ? `${COLOURS[line.by.author]}${head}${RESET}${shown}` : `${head}${shown}`;
  });
  return rows.map((row) => `${row.trimEnd()}\n`).join('');
}

const COMMIT_DIGITS = 8;
/** From this width on (columns) there is room for a commit's author and date. */
const ROOMY = 100;
const DAY_LETTERS = '2026-11-23'.length;
const SESSION_DIGITS = 8;

/** The author is visible without colours too. */
const MARKS: Readonly<Record<BlamedLine['by']['author'], string>> = { ai: '▌', human: ' ', unknown: '?' };
const COLOURS: Readonly<Record<BlamedLine['by']['author'], string>> = {
  ai: '\x1b[35m',
  human: '\x1b[2m',
  unknown: '\x1b[33m',
};
const RESET = '\x1b[0m';

function label({ author, assistant, model, edited, evidence }: BlamedLine['by']): string {
  if (author === 'unknown') return 'unknown';
  const name =
    author === 'human'
      ? 'human'
      : `AI ${[assistant, model].flatMap((word) => (word === null ? [] : [printable(word)])).join(' ')}`;
  return `${name}${edited ? ', edited' : ''}${evidence === 'declared' ? ', declared' : ''}`;
}

/** The label of each line's author, computed once for consecutive lines. */
function ofRuns(lines: readonly BlamedLine[], say: (by: BlamedLine['by']) => string): readonly string[] {
  let said = '';
  return lines.map(({ by }, index) => {
    const before = lines[index - 1]?.by;
    if (!before || !sameAuthors(before, by)) said = say(by);
    return said;
  });
}

const widest = (texts: readonly string[], most: number): number =>
  Math.min(
    most,
    [...new Set(texts)].reduce((width, text) => Math.max(width, Array.from(text).length), 0),
  );

function fitted(text: string, room: number): string {
  if (text.length <= room) return text;
  const letters = Array.from(text);
  return letters.length <= room ? text : `${letters.slice(0, Math.max(0, room - 1)).join('')}${room > 0 ? '…' : ''}`;
}
