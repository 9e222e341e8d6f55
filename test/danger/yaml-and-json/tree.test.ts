import assert from 'node:assert/strict';
import { findInChanges } from '../../../src/danger';
import { compare, get, sidesOf, type Tree } from '../../../src/danger/yaml-and-json';
import { TOOLS } from '../../support/grammars';
import {} from '../../support/full';
import { itInFull } from '../../support/full';

const treeOf = (text: string, path = 'a.yaml'): Tree | undefined =>
  sidesOf({ path, from: null, before: null, after: text })?.after[0];

describe('treeOf and sidesOf, for YAML and JSON', () => {
  it('know the line of a key, of a list item and of a block of text', () => {
    const tree = treeOf('a: 1\n\nb:\n  - x\n  - run: |\n\n      one\n      two\n');
    assert.equal(get(tree, 'b')?.line, 3);
    assert.equal(get(tree, 'b', 1)?.line, 5);
    assert.equal(get(tree, 'b', 1, 'run')?.textLine, 7);
  });

  it('count lines through all YAML documents, and leave out documents that both sides have', () => {
    const sides = sidesOf({
      path: 'a.yaml',
      from: null,
      before: 'a: 1\n---\nb: 1\n',
      after: '---\nc: 1\n---\na: 1\n---\nb: 2\n',
    });
    assert.deepEqual(
      (sides?.before ?? []).map(({ map }) => [...(map?.keys() ?? [])]),
      [['a'], ['b']],
    );
    assert.equal(get(sides?.after[2], 'b')?.line, 6);
  });

  it('read tags, anchors, merged maps and JSON with comments', () => {
    const tree = treeOf('x: &x { a: 1, b: 2 }\ny:\n  <<: *x\n  b: !Sub "${A}"\n');
    assert.equal(get(tree, 'y', 'a')?.text, '1');
    assert.equal(get(tree, 'y', 'b')?.tag, '!Sub');
    assert.equal(get(treeOf('{ // why\n "a": [1,],\n}', 'a.json'), 'a', 0)?.text, '1');
  });

  it('return null for a half-written file', () => {
    assert.equal(sidesOf({ path: 'a.yaml', from: null, before: 'a: 1', after: 'a: "1\nb: [' }), null);
    assert.equal(sidesOf({ path: 'a.json', from: null, before: '{}', after: '{"a": ' }), null);
  });

  it('compare matches list items by name, in any order', () => {
    const places: string[] = [];
    compare(
      treeOf('- {name: a, v: 1}\n- {name: b, v: 2}\n'),
      treeOf('- {name: b, v: 2}\n- {name: a, v: 3}\n'),
      ({ key, before, after }) => {
        if (key === 'v' && before?.text !== after?.text) places.push(`${before?.text ?? ''}-${after?.text ?? ''}`);
      },
    );
    assert.deepEqual(places, ['1-3']);
  });

  for (const name of ['name', 'Name', 'id', 'Id', 'key', 'Key', 'Sid', 'PolicyName', 'mountPath', 'target'])
    it(`compare: matches an item of a list that moved and changed when ${name} names it`, () => {
      const places: string[] = [];
      const item = (value: string, v: number): string => `- {${name}: ${value}, v: ${String(v)}, w: [x, y]}\n`;
      compare(
        treeOf(item('a', 1) + item('b', 2) + item('c', 3)),
        treeOf(item('c', 3) + item('b', 1) + item('a', 2)),
        ({ key, before, after }) => {
          if (key === 'v') places.push(`${before?.text ?? ''}-${after?.text ?? ''}`);
        },
      );
      assert.deepEqual(places.sort(), ['1-2', '2-1', '3-3']);
    });
});

describe('hostile data files', function () {
  this.timeout(240_000); // beside ten thousand other tests, what is long takes twenty times as long as alone
  const HOSTILE: Readonly<Record<string, string>> = {
    'deep flow': '['.repeat(10_000),
    'deep maps': `${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}`,
    'deep dashes': `${'- '.repeat(10_000)}a`,
    'deep questions': '? '.repeat(10_000),
    'deep blocks': Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    'a long line': `a: "${'x'.repeat(1_000_000)}"`,
    'a bomb of aliases': Array.from(
      { length: 30 },
      (_, row) =>
        `a${String(row)}: &a${String(row)} [${row === 0 ? 'x' : Array.from({ length: 9 }, () => `*a${String(row - 1)}`).join()}]`,
    ).join('\n'),
    'an alias of itself': 'a: &a\n  b: *a\n',
    'templates without end': '{{ '.repeat(50_000),
    'many documents': 'a: 1\n---\n'.repeat(20_000),
    'deep brackets in JSON': '[{"a":'.repeat(20_000),
    'key of everything': '__proto__: {constructor: 1}\nconstructor: 2\nhasOwnProperty: 3\n',
    'names that lie': 'apiVersion: v1\nkind: constructor\nmetadata: {name: "a\\u202e\\n b"}\n',
  };
  const PATHS = [
    'charts/x/templates/values.yaml',
    'docker-compose.yml',
    '.github/workflows/a.yml',
    'Jenkinsfile',
    'Dockerfile',
    'iam/policy.json',
    'a/main.bicep',
    'roles/tasks/main.yml',
    '.linekeeper.yml',
    'nginx/a.conf',
  ];
  const HEAD =
    'apiVersion: v1\nkind: Pod\nservices:\n  a: {}\nresources:\n  a: {}\nType: AWS::S3::Bucket\nStatement: []\n';

  const DEAR = ['many documents', 'a long line', 'deep blocks'];
  for (const [name, text] of Object.entries(HOSTILE)) {
    const test = DEAR.includes(name) ? itInFull : it;
    test(`is bounded: ${name}`, async () => {
      for (const path of PATHS) {
        for (const after of [text, `${HEAD}${text}`]) {
          await findInChanges([{ path, from: null, before: HEAD, after }], TOOLS);
          await findInChanges([{ path, from: null, before: after, after: null }], TOOLS);
        }
      }
    });
  }
});
