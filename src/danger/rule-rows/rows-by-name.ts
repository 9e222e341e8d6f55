/** Names in rows: exact ones by a look-up, patterns one after the other. */
import type { Names, Pattern } from '../rules/types';

/** Whether a name is one of these. */
export const isNamed = (names: Names, name: string): boolean =>
  typeof names === 'string' ? names.split(' ').includes(name) : names.test(name);

/** So many names are looked for row by row: an index of all rows costs as much as about ten such searches. */
const SEARCHES = 8;

/** Rows by the names that they are about, each with its position, so that the order of several holds. */
export class ByName<Row> {
  private searches = 0;
  private index: ReadonlyMap<string, readonly Placed<Row>[]> | undefined;
  private readonly open: readonly (Placed<Row> & { readonly names: Pattern })[];

  constructor(
    private readonly rows: readonly Row[],
    private readonly namesOf: (row: Row) => Names,
  ) {
    this.open = rows.flatMap((row, at) => {
      const names = namesOf(row);
      return typeof names === 'string' ? [] : [{ at, names, row }];
    });
  }

  /** In the order of the rows. */
  of(name: string): readonly Row[] {
    const exact = this.exact(name);
    const open = this.open.filter(({ names }) => names.test(name));
    if (open.length === 0) return exact.map(({ row }) => row);
    return [...exact, ...open].sort((a, b) => a.at - b.at).map(({ row }) => row);
  }

  private exact(name: string): readonly Placed<Row>[] {
    if (this.index === undefined && this.searches++ < SEARCHES)
      return this.rows.flatMap((row, at) => {
        const names = this.namesOf(row);
        return typeof names === 'string' && names.includes(name) && isNamed(names, name) ? [{ at, row }] : [];
      });
    return (this.index ??= this.indexed()).get(name) ?? [];
  }

  private indexed(): ReadonlyMap<string, readonly Placed<Row>[]> {
    const index = new Map<string, Placed<Row>[]>();
    this.rows.forEach((row, at) => {
      const names = this.namesOf(row);
      for (const name of typeof names === 'string' ? names.split(' ') : []) {
        const known = index.get(name);
        if (known === undefined) index.set(name, [{ at, row }]);
        else known.push({ at, row });
      }
    });
    return index;
  }
}

/** Whose names a group of rows has. */
export interface NamesOfGroup {
  /** Exact ones, each between two blanks. */
  readonly exact: string;
  readonly open: readonly Pattern[];
}

/** The same of rows that are there. */
export function namesOfGroup(all: readonly Names[]): NamesOfGroup {
  const exact = all.flatMap((names) => (typeof names === 'string' ? names.split(' ') : []));
  const open = all.filter((names) => typeof names !== 'string');
  return { exact: ` ${[...new Set(exact)].join(' ')} `, open };
}

/** So many names are remembered: a long script has some hundred. */
const KNOWN_AT_MOST = 1000;

/** Rows in groups. Those of a group are made when somebody first asks for one of its names. */
export class GroupsByName<Row> {
  private readonly made = new Map<number, ByName<Row>>();
  private readonly found = new Map<string, readonly Row[]>();

  constructor(
    private readonly groups: readonly (() => readonly Row[])[],
    private readonly names: readonly NamesOfGroup[],
    private readonly namesOf: (row: Row) => Names,
  ) {}

  /** In the order of the groups and their rows. */
  of(name: string): readonly Row[] {
    const known = this.found.get(name);
    if (known !== undefined) return known;
    const rows = this.names.flatMap(({ exact, open }, at) =>
      exact.includes(` ${name} `) || open.some((pattern) => pattern.test(name)) ? this.group(at).of(name) : [],
    );
    if (this.found.size >= KNOWN_AT_MOST) this.found.clear();
    this.found.set(name, rows);
    return rows;
  }

  private group(at: number): ByName<Row> {
    const known = this.made.get(at) ?? new ByName(this.groups[at]?.() ?? [], this.namesOf);
    this.made.set(at, known);
    return known;
  }
}

interface Placed<Row> {
  readonly at: number;
  readonly row: Row;
}
