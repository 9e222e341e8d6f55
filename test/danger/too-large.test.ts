/**
 * What a text is padded with to get past the danger rules is seen: the file is told to be too large to be looked at to
 * its end.
 */
import assert from 'node:assert/strict';
import { lookForDangers } from '../../src/danger';
import { TOOLS } from '../support/grammars';
import {} from '../support/full';
import { itInFull } from '../support/full';

const unread = async (path: string, after: string, before: string | null = null): Promise<readonly string[]> => [
  ...(await lookForDangers([{ path, from: null, before, after }], TOOLS)).unread,
];

const DELETES = 'import { rmSync } from "node:fs";\nrmSync(process.argv[2], { recursive: true });\n';
const PADDED: Readonly<Record<string, string>> = {
  'src/long.ts': `${'// padding\n'.repeat(50_000)}${DELETES}`,
  'src/many.ts': `${'a;'.repeat(200_000)}\n${DELETES}`,
  'src/deep.ts': `import { rmSync } from "node:fs";\n${'f('.repeat(400)}rmSync(process.argv[2], { recursive: true })${')'.repeat(400)};\n`,
  'db/long.sql': `${'-- padding\n'.repeat(100_000)}DROP TABLE users;\n`,
  'infra/long.tf': `${'# padding\n'.repeat(60_000)}resource "aws_db_instance" "a" {\n  deletion_protection = false\n}\n`,
  'k8s/long.yml': `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  hostNetwork: true\n${'# padding\n'.repeat(40_000)}`,
  'deploy.sh': `#!/bin/sh\n${'# padding\n'.repeat(250_000)}rm -rf /\n`,
};

describe('the report of files too large for the danger rules:', () => {
  for (const [path, text] of Object.entries(PADDED)) {
    const test = path === 'src/many.ts' || path === 'db/long.sql' ? itInFull : it;
    test(`names ${path}`, async () => {
      assert.deepEqual(await unread(path, text), [path]);
      assert.deepEqual(await unread(path, text), [path], 'also when it was parsed before');
    }).timeout(60_000);
  }

  it('names a file whose old text alone is too large', async () => {
    assert.deepEqual(await unread('src/long.ts', DELETES, PADDED['src/long.ts']), ['src/long.ts']);
  });

  it('leaves out files that no rule reads', async () => {
    assert.deepEqual(await unread('vendor/jquery.js', PADDED['src/long.ts'] ?? ''), []);
    assert.deepEqual(await unread('docs/long.md', 'words\n'.repeat(100_000)), []);
  });

  it('files of programs: left out when they describe libraries or interfaces, and named when only their name says so', async () => {
    const many = (entry: (at: number) => string): string =>
      Array.from({ length: 40_000 }, (_, at) => entry(at)).join(',\n');
    const lock = `{ "packages": {\n${many((at) => `"node_modules/p${String(at)}": { "version": "1.0.0" }`)} } }\n`;
    const types = many((at) => `{ "kind": "OBJECT", "name": "T${String(at)}" }`);
    assert.deepEqual(await unread('package-lock.json', lock), []);
    assert.deepEqual(await unread('schema.json', `{ "data": { "__schema": { "types": [\n${types}] } } }\n`), []);
    const policy = `{ "Version": "2012-10-17", "Statement": [\n${types}] }\n`;
    assert.deepEqual(await unread('schema.json', policy), ['schema.json']);
  });

  it('leaves out files of usual size', async () => {
    assert.deepEqual(
      await unread('src/a.ts', `${'export const a = f(1, [2, 3], { b: "c" });\n'.repeat(2000)}${DELETES}`),
      [],
    );
    assert.deepEqual(await unread('db/a.sql', `${'INSERT INTO a VALUES (1);\n'.repeat(2000)}DROP TABLE users;\n`), []);
  });
});
