/** Long lists of words are written as lists (src/danger/any-of.ts), not as patterns that nobody can read. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const SOURCE = path.resolve(import.meta.dirname, '../../../src');
const LONGEST = 250;

/** Files that still have longer ones. This list only gets shorter. */
const STILL_LONG: readonly string[] = [
  'danger/commands/aws.ts',
  'danger/commands/code.ts',
  'danger/commands/databases.ts',
  'danger/packs/ci/others.ts',
  'danger/packs/ci/untrusted.ts',
  'danger/packs/code/cloud.ts',
  'danger/packs/secrets/index.ts',
  'danger/packs/shell/index.ts',
  'danger/packs/shell/notice.ts',
  'danger/sql/alter.ts',
  'shell/programs/remote-shells.ts',
  'shell/programs/script-readers.ts',
];

function hasLong(file: string): boolean {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const isLong = (node: ts.Node): boolean =>
    (ts.isRegularExpressionLiteral(node) && node.text.length > LONGEST) || (ts.forEachChild(node, isLong) ?? false);
  return isLong(source);
}

describe('the patterns of the danger rules and of the shell reader', () => {
  it(`have at most ${String(LONGEST)} characters`, () => {
    const long = ['danger', 'shell'].flatMap((room) =>
      readdirSync(path.join(SOURCE, room), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && hasLong(path.join(SOURCE, room, name)))
        .map((name) => `${room}/${name}`),
    );
    assert.deepEqual(long.sort(), STILL_LONG);
  });
});
