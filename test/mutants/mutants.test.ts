import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInThisContext } from 'node:vm';
import { drawn, sharesOf, type Room } from './draw';
import { lineOf, readFaults, staleOf, withFault, type Fault } from './faults';
import { importsOf } from './graph';
import { nearestFirst } from './nearest';
import { canBeRead, proposalsOf } from './propose';
import { MARK, reachOf, withMark } from './reach';

const TEXT = `import { sep } from 'node:path';
export function first(names: readonly string[]): string {
  names.forEach((name) => note(name));
  check(names);
  if (names.length > 3) return 'too many names';
  return names.filter((name) => name !== 'sep').slice(0, 1).join(sep);
}
`;

const room = (name: string, lines: number): Room => ({
  name,
  lines,
  proposals: () => proposalsOf(`src/${name}/first.ts`, TEXT),
  works: () => true,
});

describe('mutants', () => {
  describe('mutants.json', () => {
    it('mutants: each fault has its line in today’s source', () => {
      const stale = staleOf(readFaults().faults).map(({ id, file, before }) => `${id}: ${file}: ${before}`);
      assert.deepEqual(stale, [], 'these lines are gone: write "before" and "after" of mutants.json for the new line');
    });

    it('mutants: sixty faults have names of their own, and each changes its line', () => {
      const { faults } = readFaults();
      assert.equal(new Set(faults.map(({ id }) => id)).size, 60);
      assert.deepEqual(
        faults.filter(({ before, after }) => before === after),
        [],
      );
    });
  });

  describe('drawing', () => {
    const rooms = [room('large', 900), room('small', 100)];
    const options = { seed: 7, count: 6, refused: [] };

    it('drawing: the same seed gives the same faults', () => {
      assert.deepEqual(drawn(rooms, options), drawn(rooms, options));
      assert.notDeepEqual(drawn(rooms, options), drawn(rooms, { ...options, seed: 8 }));
    });

    it('drawing: a refused fault gives its place to another one of its room', () => {
      const [fault] = drawn(rooms, options);
      assert.ok(fault);
      const again = drawn(rooms, { ...options, refused: [fault] });
      assert.equal(again.length, 6);
      assert.ok(again.every(({ file, after }) => file !== fault.file || after !== fault.after));
    });

    it('drawing: a fault that breaks the syntax is passed over', () => {
      const works = ({ kind }: { readonly kind: string }): boolean => kind !== 'text';
      const faults = drawn(
        rooms.map((one) => ({ ...one, works })),
        options,
      );
      assert.equal(faults.length, 6);
      assert.ok(faults.every(works));
    });

    it('shares: a room of nine times the lines gets three times the faults, and each room gets one', () => {
      const shares = sharesOf([...rooms, { name: 'tiny', lines: 1 }], 9);
      assert.deepEqual(
        [...shares],
        [
          ['large', 6],
          ['small', 2],
          ['tiny', 1],
        ],
      );
    });
  });

  describe('proposals', () => {
    it('proposals: conditions, bounds, calls and texts of a file, and no import', () => {
      const after = proposalsOf('first.ts', TEXT).map((one) => `${one.kind} ${one.after}`);
      for (const expected of [
        'call ;',
        "condition if (!(names.length > 3)) return 'too many names';",
        "bound if (names.length >= 3) return 'too many names';",
        "bound if (names.length > 4) return 'too many names';",
        "text if (names.length > 3) return 'many too names';",
        "condition return names.filter((name) => name === 'sep').slice(0, 1).join(sep);",
        'call return names.slice(0, 1).join(sep);',
        "call return names.filter((name) => name !== 'sep').join(sep);",
      ])
        assert.ok(after.includes(expected), expected);
      assert.ok(!after.some((line) => line.includes('import')));
    });

    it('syntax: a file that can no longer be read is noticed', () => {
      assert.ok(canBeRead(TEXT));
      assert.ok(!canBeRead(TEXT.replace('check(names);', 'check(names;')));
    });
  });

  describe('faults', () => {
    const fault = { before: 'check(names);', after: ';' };

    it('fault: its line is changed when it was indented anew and moved', () => {
      const text = `\n\n    check(names);\n  end();\n`;
      assert.equal(withFault(fault, text), '\n\n    ;\n  end();\n');
    });

    it('fault: it is stale when its line is gone or there is another one like it', () => {
      assert.equal(withFault(fault, 'check(all);\n'), undefined);
      assert.equal(lineOf(fault, 'check(names);\ncheck(names);\n'), undefined);
      assert.equal(lineOf({ ...fault, nth: 1 }, 'check(names);\ncheck(names);\n'), 1);
    });
  });

  describe('tests that load a line', () => {
    it('imports: values of other files, whether at once or on demand, and no types', () => {
      const text = [
        "import path from 'node:path';",
        "import type { Types } from './types';",
        "import {\n  first,\n  type Second,\n} from '../other';",
        "export * from './exported';",
        "const late = await import('./late');",
      ].join('\n');
      const files = ['src/a/types.ts', 'src/other/index.ts', 'src/a/exported.ts', 'src/a/late.ts'];
      assert.deepEqual(importsOf('src/a/x.ts', text, (name) => files.includes(name)).sort(), [
        'src/a/exported.ts',
        'src/a/late.ts',
        'src/other/index.ts',
      ]);
    });

    it('order: a test that speaks of the line comes before one that imports its file', () => {
      const tests = [
        { file: 'test/provenance/commits/notes/notes.git.test.ts', text: 'commit notes', distance: 2 },
        { file: 'test/git/stash.test.ts', text: 'pop the stash', distance: 6 },
        { file: 'test/git/other.test.ts', text: 'commit', distance: 6 },
      ];
      const [first] = nearestFirst(tests, 'src/journal/stash.ts', 'popped(stash);');
      assert.equal(first?.file, 'test/git/stash.test.ts');
    });

    const faultAt = (before: string): Fault => ({ id: 'x-1', kind: 'call', file: 'src/x.ts', before, after: ';' });

    it('mark: it is the first statement of the innermost function around the line', () => {
      const text = 'function outer() {\n  list.map((one) => {\n    check(one);\n  });\n}\n';
      const marked = withMark(faultAt('check(one);'), text, 'reach.log') ?? '';
      assert.ok(marked.startsWith('function outer() {\n  list.map((one) => {(globalThis['), marked);
      assert.ok(canBeRead(marked));
    });

    it('mark: it keeps the value of a function without braces', () => {
      const marked = withMark(faultAt('first(names);'), 'const f = () =>\n  first(names);\n', 'reach.log') ?? '';
      assert.match(marked, /=>\n {2}\(\(globalThis\[.*, \(first\(names\)\)\);\n$/);
    });

    it('mark: there is none when the line stands in no function', () => {
      assert.equal(withMark(faultAt('const limit = 3;'), 'const limit = 3;\n', 'reach.log'), undefined);
    });

    it('mark: each function that ran is written once until the mark is taken back', () => {
      const log = path.join(mkdtempSync(path.join(tmpdir(), 'linekeeper-reach-')), 'reach.log');
      try {
        const marked = withMark(faultAt('return 3;'), 'function three() {\n  return 3;\n}\n', log) ?? '';
        assert.equal(runInThisContext(`${marked}three() + three()`), 6);
        assert.equal(readFileSync(log, 'utf8'), 'x-1\n');
      } finally {
        Reflect.deleteProperty(globalThis, `${MARK}x-1`);
        rmSync(path.dirname(log), { recursive: true });
      }
    });

    it('reach: a fault has the files whose names stand before it in the log', () => {
      const log = 'x-1\n>test/a.test.ts\nx-1\nx-2\n>test/b.test.ts\nx-1\n';
      assert.deepEqual(reachOf(log), { 'x-1': ['test/a.test.ts', 'test/b.test.ts'], 'x-2': ['test/a.test.ts'] });
    });
  });
});
