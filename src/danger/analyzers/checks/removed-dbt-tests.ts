/** Tests of data, as dbt has them: those that stand beside a model or its columns, and queries in files of their own. */
import { asLow, factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { entriesOf, get, isNo, itemsOf, named, sidesOf, textAt, type Tree } from '../../yaml-and-json';
import { isVendored } from '../../path-roles';
import type { AnalyzerOfChanges, Change, Noticed } from '../../types';

const SCHEMA = /\.ya?ml$/;
const QUERY = /(?:^|\/)(?:data[_-])?tests?\/(?:[^/]+\/)*[^/]+\.sql$/;
/** A model or a source that a query reads. */
const READS = /\{\{-?\s*(?:ref|source)\(\s*["']([\w.]+)["'](?:\s*,\s*["']([\w.]+)["'])?/g;
const HAS_TESTS = /^\s*(?:-\s*)?(?:data_)?tests\s*:/m;
const KINDS = ['models', 'sources', 'seeds', 'snapshots', 'semantic_models', 'unit_tests'];

export const dataTests: AnalyzerOfChanges = {
  id: 'data-tests',
  concerns: ({ path, before, after }) =>
    before !== null &&
    before !== after &&
    !isVendored(path) &&
    ((SCHEMA.test(path) &&
      after !== null &&
      HAS_TESTS.test(before) &&
      /^(?:models|sources|seeds|snapshots):/m.test(before)) ||
      (QUERY.test(path) && after === null && readsOf(before).length > 0)),
  alsoReads: ({ path }) => path.endsWith('.sql') || SCHEMA.test(path),
  noticeAll: (changes) =>
    changes.flatMap((change) =>
      (QUERY.test(change.path)
        ? queryLeft(change, changes)
        : SCHEMA.test(change.path)
          ? testsLost(change, changes)
          : []
      ).map((notice) => ({ ...notice, path: change.path })),
    ),
};

/** The names of what a query reads. */
const readsOf = (text: string | null): readonly string[] =>
  [...(text ?? '').matchAll(READS)].map(([, first = '', second]) => second ?? first);

const stemOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');

/** Whether a model leaves with the change, by the name of its file. */
const leaves = (model: string, changes: readonly Change[]): boolean =>
  changes.some(({ path, from, after }) => stemOf(from ?? path) === model && (after === null || stemOf(path) !== model));

/** A query that is removed while all that it reads stays, and that no new query of the change takes the place of. */
function queryLeft({ before, after, path }: Change, changes: readonly Change[]): readonly Noticed[] {
  const reads = readsOf(before);
  if (after !== null || reads.length === 0 || reads.some((model) => leaves(model, changes))) return [];
  const isReplaced = changes.some(
    (change) =>
      change.before !== change.after &&
      ((QUERY.test(change.path) &&
        change.before === null &&
        readsOf(change.after).some((name) => reads.includes(name))) ||
        (SCHEMA.test(change.path) && countOf(change.after) > countOf(change.before))),
  );
  if (isReplaced) return [];
  return [
    factWas(
      'checks/test-removed: The data test {name} is removed, and what it tests stays.',
      1,
      { name: named(stemOf(path)) },
      { cause: 'data test left', across: true },
    ),
  ];
}

/** How many tests a file's lines seem to have. */
const countOf = (text: string | null): number => (text?.match(/^\s*- (?:[\w.]+:?)\s*$/gm) ?? []).length;

/** One test of a model or a column. */
interface DataTest {
  readonly owner: string;
  readonly model: string;
  readonly name: string;
  readonly tree: Tree;
  /** What it is given. */
  readonly options: Tree | undefined;
}

/** Everything of a file that has tests: a model, and each column of it. */
function ownersIn(trees: readonly Tree[]): ReadonlyMap<string, readonly DataTest[]> {
  const owners = new Map<string, readonly DataTest[]>();
  const add = (model: string, tree: Tree, owner: string): void => {
    const tests = ['tests', 'data_tests'].flatMap((key) => itemsOf(get(tree, key)));
    owners.set(
      owner,
      tests.flatMap((test) => testOf(test, model, owner) ?? []),
    );
    for (const column of itemsOf(get(tree, 'columns')))
      if (textAt(column, 'name') !== undefined) add(model, column, `${owner} ${textAt(column, 'name') ?? ''}`);
    for (const table of itemsOf(get(tree, 'tables')))
      add(`${model}.${textAt(table, 'name') ?? ''}`, table, `${owner} ${textAt(table, 'name') ?? ''}`);
  };
  for (const tree of trees)
    for (const kind of KINDS)
      for (const model of itemsOf(get(tree, kind))) {
        const name = textAt(model, 'name');
        if (name !== undefined) add(name, model, `${kind} ${name}`);
      }
  return owners;
}

function testOf(tree: Tree, model: string, owner: string): DataTest | undefined {
  if (tree.text !== null) return { owner, model, name: tree.text, tree, options: undefined };
  const [[key, options] = []] = entriesOf(tree);
  const name = textAt(tree, 'test_name') ?? key;
  return name === undefined ? undefined : { owner, model, name, tree, options };
}

/** A test that takes the place of another and lets through more: a share of the rows in place of all. */
const LESSER = /proportion|almost|at_least|approx|most|recent|sampled|warn/i;
const baseOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function testsLost(change: Change, changes: readonly Change[]): readonly Noticed[] {
  const sides = sidesOf(change);
  if (sides === null) return [];
  const [before, after] = [ownersIn(sides.before), ownersIn(sides.after)];
  const withSource = changes.some(({ path }) => path.endsWith('.sql') && !QUERY.test(path));
  return [...before].flatMap(([owner, tests]): readonly Noticed[] => {
    const present = after.get(owner);
    // it leaves with what it tests
    if (present === undefined) return [];
    const gainedBy = (name: string): readonly DataTest[] =>
      (after.get(name) ?? []).filter((test) => !(before.get(name) ?? []).some((earlier) => earlier.name === test.name));
    const whole = owner.split(' ').slice(0, 2).join(' ');
    const gained = [...gainedBy(owner), ...(owner === whole ? [] : gainedBy(whole))];
    const lost = tests.filter(({ name }) => !present.some((test) => test.name === name));
    const exact = gained.filter(({ name }) => !LESSER.test(name));
    return [
      ...(lost.length > exact.length
        ? lost.slice(0, 1).map(({ tree, name, model }) => ({
            ...factWas(
              'checks/test-removed: The data test {name} of {model} is removed, and what it tests stays.',
              tree,
              { name: named(baseOf(name)), model: named(model) },
            ),
            cause: 'data test left',
            across: true as const,
          }))
        : []
      ).map((notice) => (withSource && gained.length === 0 ? asLow(notice) : notice)),
      ...tests.flatMap((test) => {
        const later = present.find(({ name }) => name === test.name);
        return later === undefined ? [] : lessOf(test, later);
      }),
    ];
  });
}

const setting = ({ options }: DataTest, key: string): Tree | undefined =>
  get(options, 'config', key) ?? get(options, key);

const limitOf = (tree: Tree | undefined): number | undefined =>
  /^-?\d{0,15}(?:\.\d{1,15})?$/.test(tree?.text ?? '') && tree?.text !== '' ? Number(tree?.text) : undefined;

/** Limits of a test: the first may only rise, the second only fall. */
const LEAST = ['at_least', 'min_value', 'min_proportion', 'quantile', 'compare_threshold'];
const MOST = ['at_most', 'max_value', 'tolerance', 'percent_margin', 'sigma_threshold'];

/** What a test lets through that it did not before. */
function lessOf(before: DataTest, after: DataTest): readonly Noticed[] {
  const words = { name: named(baseOf(after.name)), model: named(after.model) };
  const enabled = setting(after, 'enabled');
  if (enabled !== undefined && isNo(enabled) && setting(before, 'enabled') === undefined)
    return [
      factAt('checks/test-skipped: The data test {name} of {model} is skipped: it ran before.', enabled, words, {
        cause: 'data test',
      }),
    ];
  const severity = setting(after, 'severity');
  if (severity?.text?.toLowerCase() === 'warn' && setting(before, 'severity')?.text?.toLowerCase() !== 'warn')
    return [
      factAt('checks/threshold-lowered: The data test {name} of {model} only warns from now on.', severity, words, {
        cause: 'data test warns',
        across: true,
      }),
    ];
  return [...LEAST, ...MOST].flatMap((key): readonly Noticed[] => {
    const [earlier, later] = [setting(before, key), setting(after, key)];
    const [old, value] = [limitOf(earlier), limitOf(later)];
    if (later === undefined || old === undefined || value === undefined) return [];
    return (LEAST.includes(key) ? value < old : value > old)
      ? [
          factAt(
            'checks/threshold-lowered: The data test {name} of {model} lets through more: {key} goes from {before} to {after}.',
            later,
            { ...words, key, before: String(old), after: String(value) },
            { cause: 'data test' },
          ),
        ]
      : [];
  });
}
