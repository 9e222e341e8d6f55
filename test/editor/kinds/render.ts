/** The tables of docs/dev/edits.md, from the typed ones. */
import { GROUPS, KINDS_OF_EDIT, type Answer, type KindOfEdit } from './table';

export const BEGIN = '<!-- begin of table -->';
export const END = '<!-- end of table -->';

const COLUMNS = ['Edit', 'Author', 'Reason', 'Beside an unseen assistant', 'With editor reasons'] as const;

const who = ({ author }: Answer): string => (author === 'kept' ? 'as before' : author);
const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The author with the evidence. */
const credited = (answer: Answer): string =>
  answer.evidence === undefined ? who(answer) : `${who(answer)}, ${answer.evidence}`;
/** Empty if nothing differs from the columns before. */
const differing = (answer: Answer | undefined): string =>
  answer === undefined ? '' : `${credited(answer)}: ${answer.how}`;

const row = (kind: KindOfEdit): string =>
  `| ${[kind.title, credited(kind.stable), kind.stable.how, differing(kind.beside), differing(kind.detailed)].map(cell).join(' | ')} |`;

/** Everything between the two marks, without them. */
export function renderTables(): string {
  const all: readonly KindOfEdit[] = Object.values(KINDS_OF_EDIT);
  const head = [`| ${COLUMNS.join(' | ')} |`, `|${COLUMNS.map(() => '---|').join('')}`];
  return GROUPS.map((group) =>
    [`## ${group}`, '', ...head, ...all.filter((kind) => kind.group === group).map(row)].join('\n'),
  ).join('\n\n');
}

/** A page with its tables written again. */
export function withTables(page: string): string {
  const [before, rest] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || rest < before) throw new Error('docs/dev/edits.md has lost the marks around its tables');
  return `${page.slice(0, before)}${BEGIN}\n\n${renderTables()}\n\n${page.slice(rest)}`;
}
