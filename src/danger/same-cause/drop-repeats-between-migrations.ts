/** What the migrations of one change say more than once: under another name, or for its schema. */
import type { Finding } from '../finding';
import { withOthers } from './join-notices-of-rule';
import { isComparedByName, kindOf } from '../notices-to-findings';
import type { Change } from '../types';

/** A shorter line is the same by chance. */
const TELLING = 12;

const isMigration = (path: string): boolean => /\.sql$|(?:^|\/)migrat\w*\//i.test(path);

export function withoutMigrationsAgain(findings: readonly Finding[], changes: readonly Change[]): readonly Finding[] {
  const removed = changes.filter(({ path, after }) => after === null && isMigration(path));
  const staying =
    removed.length === 0
      ? findings
      : findings.filter((finding) => !isMoved(finding, changes, removed) && !wasNeverMade(finding, removed));
  return onceForEachKind(staying.filter((finding) => !isMadeByType(finding, staying)));
}

/** A migration that gets another name before anybody has run it: its lines stood in a file that leaves. */
function isMoved({ path, line, side }: Finding, changes: readonly Change[], removed: readonly Change[]): boolean {
  const change = changes.find((one) => one.path === path);
  const text = change?.after?.split('\n')[line - 1]?.trim() ?? '';
  return (
    side === 'new' &&
    change?.before === null &&
    isMigration(path) &&
    text.length >= TELLING &&
    removed.some(({ before }) => before?.split('\n').some((other) => other.trim() === text) === true)
  );
}

const COLUMN_LEAVES = 'destructive/orm-drop';

/** A column of Prisma's schema that only a migration adds which leaves with it. */
function wasNeverMade({ path, rule, message }: Finding, removed: readonly Change[]): boolean {
  const [, column] = /^The column (\w+) of \w+ leaves the schema/.exec(message) ?? [];
  if (column === undefined || rule !== COLUMN_LEAVES || !path.endsWith('.prisma')) return false;
  const adds = new RegExp(`\\bADD\\s+(?:COLUMN\\s+)?["\`]?${column}\\b`, 'i');
  return removed.some(({ before }) => adds.test(before ?? ''));
}

/** Prisma may call `order_status` by `OrderStatus`. */
const folded = (name: string): string => name.replaceAll('_', '').toLowerCase();

const NARROWS = 'destructive/sql-narrowing';

/** Where a migration of Prisma gives a column the new form of a type, the value that leaves it is the same loss. */
function isMadeByType({ path, message }: Finding, all: readonly Finding[]): boolean {
  const [, type] = /^The value \w+ leaves the type (\w+)\.$/.exec(message) ?? [];
  return (
    type !== undefined &&
    path.endsWith('.prisma') &&
    all.some(
      ({ rule, message: says }) =>
        rule === NARROWS && folded(/ becomes (\w+)_new\b/.exec(says)?.[1] ?? '') === folded(type),
    )
  );
}

/** What Prisma's schema or a migration of it does several times, now that each of its names has been compared. */
function onceForEachKind(findings: readonly Finding[]): readonly Finding[] {
  const kinds = new Map<string, Finding[]>();
  for (const [index, finding] of findings.entries()) {
    const kind = isComparedByName(finding.path) ? kindOf(finding) : undefined;
    const key = kind === undefined ? String(index) : `${finding.rule} ${finding.side} ${finding.path} ${kind}`;
    kinds.set(key, [...(kinds.get(key) ?? []), finding]);
  }
  return [...kinds.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? [];
    const { alsoIn = [], ...finding } = withOthers<Omit<Finding, 'alsoIn'>>(first, others);
    return { ...finding, alsoIn: alsoIn.map(({ line }) => ({ path: first.path, line })) };
  });
}
