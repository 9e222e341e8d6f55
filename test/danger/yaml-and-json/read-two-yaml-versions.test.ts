/** Two versions of a YAML document whose common parts are read once are what each is by itself. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readBoth } from '../../../src/danger/yaml-and-json/read-two-yaml-versions';
import { piecesOf } from '../../../src/danger/yaml-and-json/split-yaml-text-into-entries';
import { same } from '../../../src/danger/yaml-and-json';
import { documentsOf, readYamlAnew } from '../../../src/danger/yaml-and-json/read-yaml';
import { examplesOf, RULE_IDS } from '../../support/examples';
import { casesOf, itOfCases } from '../../support/full';
import '../../support/seed';

const EXAMPLES = [
  ...new Set(
    RULE_IDS.flatMap((rule) => examplesOf(rule).changes)
      .flatMap(({ changes }) => changes)
      .filter(({ path }) => /\.ya?ml$/.test(path))
      .flatMap(({ before, after }) => [before ?? [], after ?? []].flat())
      .flatMap((text) => documentsOf(text).map((part) => part.text)),
  ),
];
const PIPELINE = `# two comments
# above
on: push

env:
  A: "a: b"
  # between
jobs:
  build:
    runs-on: x
    steps:
      - uses: a/b@c
      - run: |
          echo a

          # no comment
          echo b
    # after steps

  test: &made
    needs: [build]
    steps:
    - run: >-
        one
        two
    - {name: x, run: "y
        z"}
  deploy:
    steps: []
`;
const TASKS = `---
- name: One
  shell: |+
    cp a b

- name: Two
  vars: { a: 1,
    b: 2 }
# a comment
- Three
-   deeper: a
    list:
    - b
    - c
`;
const SOURCES = [PIPELINE, PIPELINE.replace('&made', ''), TASKS, ...EXAMPLES];

const STEP = fc.tuple(fc.nat(), fc.nat(7), fc.nat());
const TYPED = [
  ...[
    '- a',
    'key: value',
    'key:',
    'key: |',
    '# x',
    '...',
    '%YAML 1.2',
    '{',
    '}',
    '"',
    "'",
    '? a',
    '*made',
    '<<: {a: b}',
  ],
  ...['  deeper: x', '    - y', '\ttab: x', '  \t', '', ' odd: 1', '"quoted key": 1', '!tag a: b', 'a: &b c', '\r'],
];

function edited(text: string, steps: readonly (readonly [number, number, number])[]): string {
  const lines = text.split('\n');
  for (const [where, what, by] of steps) {
    const at = where % lines.length;
    const line = lines[at] ?? '';
    if (what === 0) lines.splice(at, 1 + (by % 5));
    else if (what === 1) lines.splice(at, 0, ...lines.slice(by % lines.length).slice(0, 4));
    else if (what === 2) lines.splice(by % lines.length, 0, ...lines.splice(at, 3));
    else if (what === 3) lines.splice(at, 0, TYPED[by % TYPED.length] ?? '');
    else if (what === 4) lines[at] = line.slice(0, by % (line.length + 1)) + line.slice((by % (line.length + 1)) + 1);
    else if (what === 5) lines[at] = line.replace(/\w+/, `x${String(by % 100)}`);
    else if (what === 6) lines[at] = ` ${line}`;
    else lines[at] = `${line}${TYPED[by % TYPED.length] ?? ''}`;
    if (lines.length === 0) lines.push('');
  }
  return lines.join('\n');
}

/** Long enough to be cut: sources below one another. */
const LONG = fc
  .array(fc.nat(), { minLength: 1, maxLength: 12 })
  .map((which) => which.map((one) => SOURCES[one % SOURCES.length] ?? '').join('\n'))
  .map((text) => text.padEnd(1001, '\n# filled up\n'));

describe('two versions of a YAML document, read together:', () => {
  itOfCases('are what each is by itself', function () {
    this.timeout(120_000);
    const cases = casesOf(1500, 80);
    let [cut, whole] = [0, 0];
    fc.assert(
      fc.property(LONG, fc.array(STEP, { maxLength: 4 }), fc.nat(50), (before, steps, above) => {
        const parts = [
          { text: before, above: 0 },
          { text: edited(before, steps), above },
        ] as const;
        const alone = parts.map(readYamlAnew);
        const together = readBoth(...parts);
        if (alone.every((one) => one !== undefined)) whole++;
        if (piecesOf(parts[0]) !== undefined && alone[0] !== undefined) cut++;
        assert.deepEqual(together, alone);
        assert.equal(
          same(together[0] ?? undefined, together[1] ?? undefined),
          same(alone[0] ?? undefined, alone[1] ?? undefined),
        );
      }),
      { numRuns: cases },
    );
    assert.ok(cut > cases / 8 && whole > cases / 8, `${String(cut)} were cut, ${String(whole)} could be read`);
  });
});
