/** Rows are made when a command asks for one of their programs: a hook would wait for all of them. */
import assert from 'node:assert/strict';
import { COMMANDS } from '../../../src/danger/rules/order-of-rows';
import { programsOfRows } from '../../../src/danger/rule-rows/programs-of-rows';
import { ByName, GroupsByName, namesOfGroup, type NamesOfGroup } from '../../../src/danger/rule-rows/rows-by-name';
import { ACTS } from '../../../src/guard/person-acts/all-acts';
import { programsOfRows as programsOfActs } from '../../../src/guard/person-acts/find-person-acts';
import type { Names } from '../../../src/danger/rules/types';

interface Program {
  readonly program: Names;
}

/** Groups that count how many of them are made. */
function counted(groups: readonly (() => readonly Program[])[], programs: readonly NamesOfGroup[]) {
  const made: number[] = [];
  const rows = new GroupsByName<Program>(
    groups.map((group, at) => () => {
      made.push(at);
      return group();
    }),
    programs,
    ({ program }) => program,
  );
  return { made, rows };
}

const TABLES: readonly {
  readonly what: string;
  readonly groups: readonly (() => readonly Program[])[];
  readonly programs: readonly NamesOfGroup[];
}[] = [
  { what: 'rows of the danger rules', groups: COMMANDS.map(([, rows]) => rows), programs: programsOfRows() },
  {
    what: 'rows of the acts of people',
    groups: ACTS.map((acts) => () => acts().commands ?? []),
    programs: programsOfActs(),
  },
];

describe('rows in groups', () => {
  for (const { what, groups, programs } of TABLES) {
    it(`${what}: a program finds those that it finds among all of them, in order`, () => {
      const all = new ByName<Program>(
        groups.flatMap((rows) => rows()),
        ({ program }) => program,
      );
      const { rows } = counted(groups, programs);
      const names = groups
        .flatMap((group) => group())
        .flatMap(({ program }) => (typeof program === 'string' ? program.split(' ') : []));
      for (const name of [...new Set(names), 'remove-azvm', 'stop-azvm', 'remove-mguser', 'ls', '', ' '])
        assert.deepEqual(rows.of(name), all.of(name), name);
    });

    it(`${what}: a program makes the groups alone that have rows for it`, () => {
      for (const name of ['npm', 'gcloud', 'ls']) {
        const { made, rows } = counted(groups, programs);
        rows.of(name);
        rows.of(name);
        assert.deepEqual(
          made,
          groups.flatMap((group, at) =>
            group().some(({ program }) => typeof program === 'string' && program.split(' ').includes(name)) ? [at] : [],
          ),
          name,
        );
        assert.ok(made.length < groups.length / 2 || name === 'gcloud', `${name} makes ${String(made.length)} groups`);
      }
    });
  }

  it('a pattern among the names: its group is made when it matches', () => {
    const group = [{ program: /^remove-x/ }, { program: 'a b' }];
    const { made, rows } = counted([() => group], [namesOfGroup(group.map(({ program }) => program))]);
    assert.deepEqual([rows.of('c'), made], [[], []]);
    assert.deepEqual([rows.of('remove-xy'), rows.of('b')], [[group[0]], [group[1]]]);
    assert.deepEqual(made, [0]);
  });
});
