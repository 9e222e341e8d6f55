/** Names in rows: exact ones by a look-up, patterns one after the other. */
import type { Names, Pattern } from '../rules/types';

/** Whether a name is one of these. */
export const isNamed = (names: Names, name: string): boolean =>
  typeof names === 'string' ? names.split(' ').includes(name) : names.test(name);

/** Rows by the names that they are about, each with its position, so that the order of several holds. */
export class ByName<Row> {
  private readonly exact = new Map<string, { readonly at: number; readonly row: Row }[]>();
  private readonly open: { readonly at: number; readonly names: Pattern; readonly row: Row }[] = [];

  constructor(rows: readonly Row[], namesOf: (row: Row) => Names) {
    rows.forEach((row, at) => {
      const names = namesOf(row);
      if (typeof names !== 'string') this.open.push({ at, names, row });
      else
        for (const name of names.split(' ')) {
          const known = this.exact.get(name);
          if (known === undefined) this.exact.set(name, [{ at, row }]);
          else known.push({ at, row });
        }
    });
  }

  /** In the order of the rows. */
  of(name: string): readonly Row[] {
    const exact = this.exact.get(name) ?? [];
    const open = this.open.filter(({ names }) => names.test(name));
    if (open.length === 0) return exact.map(({ row }) => row);
    return [...exact, ...open].sort((a, b) => a.at - b.at).map(({ row }) => row);
  }
}
