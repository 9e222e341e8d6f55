/**
 * Random histories of trees: every kind of entry, awkward names and contents, and whatever may come between two commits
 * of one file. They go into a repository as a stream of `git fast-import`, so that no work tree limits them.
 */
import fc from 'fast-check';

export interface Entry {
  readonly mode: '100644' | '100755' | '120000' | '160000';
  /** A file's content, a symbolic link's target or a submodule's commit. */
  readonly content: Buffer;
}

export type Tree = ReadonlyMap<string, Entry>;
/** The trees of a line of commits, from a root on. */
export type History = readonly Tree[];

/** None is a folder of another. The first ones are ordinary, so that they are met often. */
const NAMES = [
  'a.txt',
  'b.txt',
  'c.c',
  'd/e.md',
  'd/f g.txt',
  '.gitattributes',
  'd/.gitattributes',
  ' lead and trail ',
  'quo"te',
  "apos'trophe",
  'back\\slash',
  'tab\tname',
  'new\nline',
  '---',
  '-',
  '--cached',
  '-rf',
  ':(top)x',
  ':!x',
  '*.c',
  'å.txt',
  'å.txt',
  '日本/語.txt',
  'é"\\\t.md',
  '=> x',
  'a => b',
  '{x => y}',
  'constructor',
  '__proto__',
  'd/toString',
  'con.',
  '\u202egnp.exe',
  '🦀',
];

const line = fc.constantFrom(
  '',
  '',
  '}',
  '}',
  '{',
  'a',
  'b',
  'c',
  '  a',
  '\ta',
  'a ',
  'return;',
  'function f() {',
  'x = 1',
  'x = 2',
  '// note',
  '-- a/x',
  '++ b/x',
  '--- a/x',
  '+++ b/x',
  '@@ -1,2 +1,2 @@',
  'diff --git a/x b/x',
  'Binary files a/x and b/x differ',
  'GIT binary patch',
  '\\ No newline at end of file',
  'old mode 100644',
  ' ',
  '-',
  '+',
  '\r',
  'a\r',
  '}\r',
  'a\u2028b',
  'é',
  'lone\rreturn',
  '\u001b[31mred\u001b[m',
  '\f',
);

const text = fc
  .record({ lines: fc.array(line, { maxLength: 14 }), crlf: fc.integer({ min: 0, max: 5 }), open: fc.boolean() })
  .map(({ lines, crlf, open }) =>
    Buffer.from(lines.join(crlf === 0 ? '\r\n' : '\n') + (open || lines.length === 0 ? '' : '\n')),
  );
const large = fc
  .tuple(fc.integer({ min: 100, max: 400 }), fc.nat())
  .map(([count, seed]) =>
    Buffer.from(Array.from({ length: count }, (_, i) => `${String((i * 7919 + seed) % 23)}\n`).join('')),
  );
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((a) => Buffer.from(a)),
  text.map((t) => Buffer.concat([t, Buffer.from('\0')])),
  text.map((t) => Buffer.from(t.toString('utf8'), 'utf16le')),
  // text by git's measure: the first NUL comes too late
  text.map((t) => Buffer.concat([Buffer.alloc(8000, 'x\n'), Buffer.from('\0\n'), t])),
  text.map((t) => Buffer.concat([Buffer.from([0xff, 0xfe, 0x0a]), t, Buffer.from([0xc3, 0x0a])])),
);
const attributes = fc
  .array(
    fc.constantFrom(
      '* -diff',
      '* binary',
      '*.txt diff=foo',
      '*.c text eol=crlf',
      '* text=auto',
      '*.md working-tree-encoding=UTF-16',
      '* -text',
      '*.txt filter=lfs diff=lfs merge=lfs -text',
      '[attr]binary diff',
    ),
    { maxLength: 3 },
  )
  .map((lines) => Buffer.from(lines.map((l) => `${l}\n`).join('')));
const content = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: large },
  { weight: 2, arbitrary: bytes },
  { weight: 1, arbitrary: attributes },
  { weight: 1, arbitrary: fc.constant(Buffer.alloc(0)) },
);

const target = fc.constantFrom('a', 'a.txt', 'x = 1', '../..', 'no/such', '}').map((t) => Buffer.from(t));
const commit = fc.constantFrom('1', 'a', 'f').map((digit) => Buffer.from(digit.repeat(40)));
const entry: fc.Arbitrary<Entry> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ mode: fc.constantFrom('100644' as const, '100644' as const, '100755' as const), content }),
  },
  { weight: 1, arbitrary: fc.record({ mode: fc.constant('120000' as const), content: target }) },
  { weight: 1, arbitrary: fc.record({ mode: fc.constant('160000' as const), content: commit }) },
);

const name = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...NAMES.slice(0, 7)) },
  { weight: 1, arbitrary: fc.constantFrom(...NAMES) },
);

type Step = (tree: Map<string, Entry>) => void;
const which = (tree: ReadonlyMap<string, Entry>, n: number): string | undefined =>
  [...tree.keys()][n % Math.max(1, tree.size)];

const edits = fc.array(fc.record({ at: fc.nat(), drop: fc.nat(3), put: fc.array(line, { maxLength: 3 }) }), {
  minLength: 1,
  maxLength: 3,
});
function edited(
  before: Buffer,
  list: readonly { readonly at: number; readonly drop: number; readonly put: readonly string[] }[],
): Buffer {
  const lines = before.toString('latin1').split('\n');
  for (const { at, drop, put } of list)
    lines.splice(at % (lines.length + 1), drop, ...put.map((p) => Buffer.from(p).toString('latin1')));
  return Buffer.from(lines.join('\n'), 'latin1');
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(name, entry).map(
      ([n, e]): Step =>
        (tree) =>
          void tree.set(n, e),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(fc.nat(), edits).map(([n, list]): Step => (tree) => {
      const found = which(tree, n);
      const old = found === undefined ? undefined : tree.get(found);
      if (found !== undefined && old?.mode.startsWith('100'))
        tree.set(found, { ...old, content: edited(old.content, list) });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.nat().map(
      (n): Step =>
        (tree) =>
          void tree.delete(which(tree, n) ?? ''),
    ),
  },
  {
    // renamed or copied, with or without an edit
    weight: 4,
    arbitrary: fc.tuple(fc.nat(), name, fc.boolean(), fc.option(edits)).map(([n, to, copy, list]): Step => (tree) => {
      const found = which(tree, n);
      const old = found === undefined ? undefined : tree.get(found);
      if (found === undefined || !old || found === to) return;
      if (!copy) tree.delete(found);
      tree.set(to, list && old.mode.startsWith('100') ? { ...old, content: edited(old.content, list) } : old);
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.nat(), fc.constantFrom('100644' as const, '100755' as const, '120000' as const))
      .map(([n, mode]): Step => (tree) => {
        const found = which(tree, n);
        const old = found === undefined ? undefined : tree.get(found);
        if (found !== undefined && old && old.mode !== '160000') tree.set(found, { mode, content: old.content });
      }),
  },
  {
    // line endings, and the last one
    weight: 2,
    arbitrary: fc.tuple(fc.nat(), fc.nat(2)).map(([n, how]): Step => (tree) => {
      const found = which(tree, n);
      const old = found === undefined ? undefined : tree.get(found);
      if (found === undefined || !old?.mode.startsWith('100')) return;
      const before = old.content.toString('latin1');
      const after =
        how === 0
          ? before.replace(/\r?\n/g, '\r\n')
          : how === 1
            ? before.replace(/\r\n/g, '\n')
            : before.endsWith('\n')
              ? before.slice(0, -1)
              : `${before}\n`;
      tree.set(found, { ...old, content: Buffer.from(after, 'latin1') });
    }),
  },
);

export const anyHistory: fc.Arbitrary<History> = fc
  .array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 })
  .map((commits) => {
    const trees: Tree[] = [];
    let tree = new Map<string, Entry>();
    for (const steps of commits) {
      tree = new Map(tree);
      for (const take of steps) take(tree);
      trees.push(tree);
    }
    return trees;
  });

/** A path as `git fast-import` wants it: in quotes, with its bytes escaped. */
const quoted = (text: string): string =>
  `"${[...Buffer.from(text)].map((byte) => (byte > 0x7e || byte < 0x20 || byte === 0x22 || byte === 0x5c ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte))).join('')}"`;

/** The history as commits on the branch `made`, from a new root on. */
export function importStream(history: History): Buffer {
  const parts: Buffer[] = [];
  const put = (text: string): void => void parts.push(Buffer.from(text));
  put('reset refs/heads/made\n\n');
  history.forEach((tree, index) => {
    put(
      `commit refs/heads/made\ncommitter Ada <ada@example.com> ${String(1_700_000_000 + index)} +0000\ndata 5\nmade\n\ndeleteall\n`,
    );
    for (const [path, { mode, content: data }] of tree) {
      if (mode === '160000') put(`M ${mode} ${data.toString('latin1')} ${quoted(path)}\n`);
      else {
        put(`M ${mode} inline ${quoted(path)}\ndata ${String(data.length)}\n`);
        parts.push(data, Buffer.from('\n'));
      }
    }
    put('\n');
  });
  return Buffer.concat(parts);
}
