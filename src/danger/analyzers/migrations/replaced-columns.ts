/** Columns that go in favour of a new one, which the same migration fills and gives their name. */
import type { Call, Code } from '../../code';
import { nameIn, nameOf, tableOf } from './table-and-column-names';
import { ADDS, OPERATIONS, plain, RUNS_SQL } from './migration-methods';

/** What may copy the values: SQL, an object mapper, a function of Django's. */
const COPIES = /^(?:runpython|update(?:all|columns?)?)$/;

/** Tells of a call whether it drops such a column. */
export function takenOverIn({ calls }: Code): (call: Call) => boolean {
  const applied = calls.filter(({ down }) => !down);
  if (!applied.some(({ name }) => RUNS_SQL.test(name) || COPIES.test(plain(name)))) return () => false;
  const added = new Set(applied.filter(({ name }) => ADDS.has(plain(name))).map((call) => columnOf(call, 'name')));
  const names = new Set(
    applied
      .filter((call) => isOf(call, 'renamed') && added.has(columnOf(call, 'old_name')))
      .map((call) => columnOf(call, 'new_name', 1)),
  );
  return (call) => isOf(call, 'dropped') && names.has(columnOf(call, 'name'));
}

const isOf = ({ name }: Call, does: 'dropped' | 'renamed'): boolean => {
  const operation = OPERATIONS.get(plain(name));
  return operation?.what === 'column' && operation.does === does;
};

/** As `table column`: by its key, or behind the table's name and `further` names. */
function columnOf(call: Call, key: string, further = 0): string {
  const table = tableOf(call);
  const named = call.named.get(key);
  const column = named === undefined ? nameOf(call, (table === '' ? 1 : 0) + further) : nameIn(named);
  return `${table || nameOf(call, 0)} ${column}`.toLowerCase();
}
