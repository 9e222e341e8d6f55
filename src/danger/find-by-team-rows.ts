/** What the rows of a team's own rules find in a file: they are read like those of the built-in rules. */
import { fitsSetting } from './rule-rows/match-setting-rows';
import { linesOfStatements } from './rule-rows/match-statement-rows';
import { compare, same, sidesOf, textAt, type Pair, type Tree } from './yaml-and-json';
import type { Change, SettingRow, StatementRow } from './types';
import { isSqlFile } from './analyzers/sql-and-pg-hba';
import { TEXT_AT_MOST } from './too-large';

interface TeamRows {
  readonly settings: readonly SettingRow[];
  readonly statements: readonly StatementRow[];
}

interface FoundByRow {
  readonly line: number;
  readonly side: 'old' | 'new';
}

/** Where rows find something, in the order of the lines. A file that can't be read yields nothing. */
export function findByRows(change: Change, { settings, statements }: TeamRows): readonly FoundByRow[] {
  const { path, before, after } = change;
  if ((before?.length ?? 0) > TEXT_AT_MOST || (after?.length ?? 0) > TEXT_AT_MOST) return [];
  const found = new Map<string, FoundByRow>();
  const add = (one: FoundByRow): void => void found.set(`${one.side} ${String(one.line)}`, one);
  if (settings.length > 0 && IS_DATA.test(path))
    for (const pair of changedIn(change))
      if (settings.some((row) => fitsSetting(row, pair, { it: path })))
        add(
          pair.after === undefined
            ? { line: pair.before?.line ?? 1, side: 'old' }
            : { line: pair.after.line, side: 'new' },
        );
  if (statements.length > 0 && after !== null && isSqlFile(path))
    for (const row of statements) for (const line of linesOfStatements(row, before, after)) add({ line, side: 'new' });
  return [...found.values()].sort((one, other) => one.line - other.line);
}

/** Files of YAML and JSON, and templates of them. */
const IS_DATA = /\.(?:ya?ml|jsonc?|json5|template)(?:\.(?:j2|jinja2?|tmpl|tpl|template|in|erb|gotmpl))?$/i;

/** Every value that changes: documents are compared by the kind and name that they have, or by their place. */
function changedIn(change: Change): readonly Pair[] {
  const sides = sidesOf(change);
  const changed: Pair[] = [];
  if (sides === null) return changed;
  const before = keyed(sides.before);
  const after = keyed(sides.after);
  for (const key of new Set([...before.keys(), ...after.keys()]))
    compare(before.get(key), after.get(key), (pair) => {
      if (pair.key !== '' && !same(pair.before, pair.after)) changed.push(pair);
    });
  return changed;
}

function keyed(documents: readonly Tree[]): ReadonlyMap<string, Tree> {
  const known = new Map<string, Tree>();
  for (const document of documents) {
    const name = `${textAt(document, 'kind') ?? ''} ${textAt(document, 'metadata', 'name') ?? ''}`;
    let key = name;
    for (let place = 1; known.has(key); place++) key = `${name} ${String(place)}`;
    known.set(key, document);
  }
  return known;
}
