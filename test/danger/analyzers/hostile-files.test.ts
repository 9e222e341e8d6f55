/**
 * Readers of code, migrations and shell text end on texts that are made to stop them, and find what stands behind such
 * a text.
 */
import assert from 'node:assert/strict';
import { findInChanges } from '../../../src/danger';
import { TOOLS } from '../../support/grammars';
import {} from '../../support/full';
import { itInFull } from '../../support/full';

const HOSTILE: Readonly<Record<string, string>> = {
  'brackets that never close': 'f('.repeat(3000),
  'deep brackets that close': `${'f('.repeat(3000)}${')'.repeat(3000)}`,
  'deep blocks': '{'.repeat(3000),
  'deep lists': `x = ${'['.repeat(3000)}`,
  'a line of a megabyte': `x = "${'a'.repeat(1_000_000)}"`,
  'a sum without end': `x = ${'a + '.repeat(5000)}1`,
  'a chain of calls': `a${'.b()'.repeat(3000)}`,
  'broken text': 'def class function ( { [ " \' ` $( <<EOF \\ '.repeat(300),
  'control characters': '\0\u202e\ufeff\r\r\n'.repeat(1500),
  'templates in templates': '`${'.repeat(1500),
  'comments that never end': '/* '.repeat(50_000),
  quotes: "'".repeat(50_001),
  'conditions without end': 'if x:\n'.repeat(2000),
  'else without end': 'if (a) {} else '.repeat(2000),
  dollars: '$$'.repeat(50_001),
  blanks: `${' '.repeat(500_000)}x`,
  'empty statements': ';'.repeat(100_000),
  'words of SQL': 'drop table '.repeat(2000),
  'a statement without end': `ALTER TABLE t ${'DROP COLUMN c, '.repeat(5000)}`,
  'half surrogates': '\ud800'.repeat(3000),
};
/** Each kind of file with a danger that must still be found when a hostile text comes in a file beside it. */
const DANGERS: Readonly<Record<string, string>> = {
  'src/a.ts': 'import { rmSync } from "node:fs";\nrmSync(process.argv[2], { recursive: true });\n',
  'app/a.py': 'import shutil\nshutil.rmtree(path)\n',
  'main.go': 'package main\nimport "os"\nfunc f(p string) { os.RemoveAll(p) }\n',
  'lib/a.rb': "require 'fileutils'\nFileUtils.rm_rf(dir)\n",
  'db/migrations/1.sql': 'DROP TABLE users;\n',
  'db/migrate/20200101000000_a.rb':
    'class A < ActiveRecord::Migration[7.0]\n  def change\n    drop_table :users\n  end\nend\n',
  'app/migrations/0002_a.py':
    'from django.db import migrations\nclass Migration(migrations.Migration):\n    operations = [migrations.DeleteModel("User")]\n',
  'scripts/a.sh': 'rm -rf /srv/data\n',
  'infra/a.tf': 'resource "aws_db_instance" "m" {\n  skip_final_snapshot = true\n}\n',
};

describe('the danger rules on a hostile text', () => {
  for (const [index, [name, text]] of Object.entries(HOSTILE).entries()) {
    const test = index % 3 === 0 ? it : itInFull;
    test(`come to an end, and find a danger in the next file: ${name}`, async function () {
      this.timeout(60_000);
      for (const [path, danger] of Object.entries(DANGERS)) {
        const beside = path.replace(/([^/]+)$/, 'z_$1');
        const found = await findInChanges(
          [
            { path: beside, from: null, before: null, after: text },
            { path, from: null, before: null, after: danger },
            { path: `${path}.gone`, from: null, before: text, after: null },
          ],
          TOOLS,
        );
        assert.ok(
          found.some((one) => one.path === path),
          path,
        );
      }
    });
  }

  it('find a danger below a huge comment in the same file', async () => {
    for (const path of ['db/migrations/1.sql', 'scripts/a.sh', 'src/a.ts', 'app/a.py']) {
      const comment = path.endsWith('.sql') ? '--' : path.endsWith('.ts') ? '//' : '#';
      const found = await findInChanges(
        [
          {
            path,
            from: null,
            before: null,
            after: `${comment} ${'x'.repeat(60_000)} ${'Delete'.repeat(10_000)}\n${DANGERS[path] ?? ''}`,
          },
        ],
        TOOLS,
      );
      assert.ok(found.length > 0, path);
    }
  });

  it('make at most one finding per line', async () => {
    for (const [path, line] of [
      ['src/a.ts', 'rm(x, {recursive: true})\n'],
      ['db/migrations/1.sql', 'DELETE FROM t;\n'],
    ] as const) {
      const found = await findInChanges([{ path, from: null, before: null, after: line.repeat(2000) }], TOOLS);
      assert.ok(found.length <= 2000, path);
    }
  });
});
