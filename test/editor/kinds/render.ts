/** The tables of docs/authors.md, from the typed ones. */
import { GROUPS, KINDS_OF_EDIT, type Answer, type KindOfEdit } from './table';

export const BEGIN = '<!-- table: written by test/editor/kinds/write.ts -->';
export const END = '<!-- end of table -->';

const COLUMNS = [
  'Kind of edit',
  'Author',
  'Evidence',
  'How it is known, or why not',
  'While an assistant works',
  'Where the editor gives reasons',
] as const;

const who = ({ author }: Answer): string => (author === 'kept' ? 'as before' : author);
const cell = (text: string): string => text.replaceAll('|', '\\|');

const other = (answer: Answer | undefined): string =>
  answer === undefined
    ? 'the same'
    : [who(answer), answer.evidence ?? ''].filter((part) => part !== '').join(', ') + `: ${answer.how}`;

const row = (kind: KindOfEdit): string =>
  `| ${[kind.title, who(kind.stable), kind.stable.evidence ?? '', kind.stable.how, other(kind.beside), other(kind.detailed ?? kind.beside)].map(cell).join(' | ')} |`;

/** Everything between the two marks, without them. */
export function renderTables(): string {
  const all: readonly KindOfEdit[] = Object.values(KINDS_OF_EDIT);
  const head = [`| ${COLUMNS.join(' | ')} |`, `|${COLUMNS.map(() => '---|').join('')}`];
  return GROUPS.map((group) =>
    [`### ${group}`, '', ...head, ...all.filter((kind) => kind.group === group).map(row)].join('\n'),
  ).join('\n\n');
}

/** A page with its tables written again. */
export function withTables(page: string): string {
  const [before, rest] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || rest < before) throw new Error('docs/authors.md has lost the marks around its tables');
  return `${page.slice(0, before)}${BEGIN}\n\n${renderTables()}\n\n${page.slice(rest)}`;
}
