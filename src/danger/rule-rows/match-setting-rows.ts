/** Reads the rows about settings: this setting becomes that value. */
import { isWorld } from '../sensitive-ports-and-world-cidrs';
import { SETTINGS } from '../rules/order-of-rows';
import type { RuleId } from '../rules';
import type { Format, Is, SettingRow, Subject } from '../rules/types';
import { isNo, isYes, named, numberOf, same, textAt, type Pair, type Tree } from '../yaml-and-json';
import type { Noticed } from '../types';
import { ByName, isNamed } from './rows-by-name';
import { bytesOf } from './kubernetes-bytes';
import { filled } from './fill-sentence';

interface Entry {
  readonly rule: RuleId;
  readonly row: SettingRow;
}

const byFormat = new Map<Format, ByName<Entry>>();

/** The rows of a format, in the order of the rules. */
function rowsOf(format: Format): ByName<Entry> {
  const known = byFormat.get(format);
  if (known !== undefined) return known;
  const entries = SETTINGS.flatMap(([rule, settings]) => (settings()[format] ?? []).map((row) => ({ rule, row })));
  const rows = new ByName(entries, ({ row }) => row.key);
  byFormat.set(format, rows);
  return rows;
}

/** What the first row that fits says of a value that changes; nothing of one that stays. */
export function noticeSetting(format: Format, pair: Pair, subject: Subject): readonly Noticed[] {
  const entries = rowsOf(format).of(pair.key);
  if (entries.length === 0 || same(pair.before, pair.after)) return [];
  const entry = entries.find(({ row }) => fitsSetting(row, pair, subject));
  return entry === undefined ? [] : [noticed(entry, pair, subject)];
}

/** Whether a value that changes is what a row is about. */
export function fitsSetting(row: SettingRow, pair: Pair, subject: Subject): boolean {
  const { before, after, within } = pair;
  return (
    (row.existing !== true || within?.before !== undefined) &&
    (row.stays !== true || within?.after !== undefined) &&
    (row.under === undefined || isNamed(row.under, within?.key ?? '')) &&
    (row.of === undefined || isNamed(row.of, subject.type ?? '')) &&
    is(before, row.before) &&
    is(after, row.after) &&
    (row.change === undefined || falls(row.change === 'falls' ? numberOf : sizeOf, before, after)) &&
    (row.only?.(pair, subject) ?? true)
  );
}

const sizeOf = (tree: Tree | undefined): number | undefined => bytesOf(tree?.text ?? null);

function falls(measure: (tree: Tree | undefined) => number | undefined, before?: Tree, after?: Tree): boolean {
  const [old, now] = [measure(before), measure(after)];
  return old !== undefined && now !== undefined && now < old;
}

function is(value: Tree | undefined, wanted: Is | undefined): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === 'object') return wanted.test(value?.text ?? '');
  switch (wanted) {
    case 'yes':
      return isYes(value);
    case 'no':
      return isNo(value);
    case 'not yes':
      return !isYes(value);
    case 'not no':
      return !isNo(value);
    case 'zero':
      return numberOf(value) === 0;
    case 'not zero':
      return value !== undefined && numberOf(value) !== 0;
    case 'set':
      return (value?.text ?? '') !== '';
    case 'absent':
      return value === undefined;
    case 'there':
      return value !== undefined;
    case 'above zero':
      return (numberOf(value) ?? 0) > 0;
    case 'world':
      return isWorld(value?.text ?? '');
    case 'not world':
      return !isWorld(value?.text ?? '');
  }
}

function noticed({ rule, row }: Entry, pair: Pair, subject: Subject): Noticed {
  const { key, path, before, after, within } = pair;
  const isOld = after === undefined || row.side === 'old';
  const words = {
    ...subject.words,
    it: subject.it,
    key: named(key),
    parent: named(within?.key),
    above: named(within?.within?.key),
    where: named(path.filter((step) => step !== '[]').join('.')),
    before: named(before?.text ?? ''),
    after: named(after?.text ?? ''),
    off: after === undefined ? 'is removed' : 'is off',
  };
  return {
    rule,
    row,
    line: (isOld ? (before ?? after) : after)?.line ?? 1,
    side: isOld ? 'old' : 'new',
    message: filled(row.says, words, (name) => textBeside(pair, name)),
    ...(row.together === true ? { cause: `${subject.it} ${key}` } : {}),
    ...(row.severity === undefined ? {} : { severity: row.severity }),
  };
}

/** `after.path`: the text of a key in the value; `within.name`: of one beside it. */
function textBeside({ before, after, within }: Pair, name: string): string | undefined {
  const [side, key = ''] = name.split('.');
  const sides = { before, after, within: within?.after ?? within?.before };
  if (side !== undefined && Object.hasOwn(sides, side)) return named(textAt(sides[side as keyof typeof sides], key));
  return undefined;
}
