/** The table of what is kept in `.git/linekeeper`: the code names no other place, and the page has the same rows. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PLACES } from '../../../src/base/files';

const TOP = path.join(import.meta.dirname, '../../..');
const SOURCES = readdirSync(path.join(TOP, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(path.join(TOP, 'src', name), 'utf8') }));
const OWNERS = new Map<string, string>(Object.entries(PLACES).map(([name, row]) => [name, row[3]]));

describe('the places in .git/linekeeper', () => {
  it('each place: has its row in the table of the docs, of its kind, and the table has no other', () => {
    const text = readFileSync(path.join(TOP, 'docs/dev/data-folder.md'), 'utf8');
    const rows = [...text.matchAll(/^\| ((?:`[^`]+`(?:, )?)+) \| (recorded|cache) \|/gm)].flatMap(
      ([, names = '', kind]) => [...names.matchAll(/`([^`]+?)\/?`/g)].map(([, name = '']) => `${name} ${String(kind)}`),
    );
    assert.deepEqual(
      rows.sort(),
      Object.entries(PLACES)
        .map(([name, [kind]]) => `${name} ${kind}`)
        .sort(),
    );
  });

  it('a place: is written by the rooms of its owner, and other rooms that name it are listed', () => {
    const strangers = new Set<string>();
    for (const { name: file, text } of SOURCES)
      for (const [, name = ''] of text.matchAll(/(?:dataPlace\(\s*[\w.]+,|folder\.place\(|folder:)\s*'([\w.-]+)'/g)) {
        const owner = OWNERS.get(name);
        if (owner === undefined || file.startsWith(`${owner}/`)) continue;
        strangers.add(`${file} ${name}`);
      }
    assert.deepEqual([...strangers].sort(), [
      'cli/assistants-to-set-up.ts setup',
      'cli/enforce/write-or-remove-native-rules.ts setup',
      'editor/agent-refusals/notify-of-refusals.ts breaches',
      'editor/commands/hook-set-up-context.ts setup',
      'git/diff/uncommitted-trees.ts tmp',
      'git/plumbing/write-trees-and-commits.ts tmp',
      'guard/hook/set-aside-unreadable-payloads.ts aside',
      'provenance/commits/settle/background-work-after-commit.ts hooks',
    ]);
  });

  it('no source: joins the name of the folder by hand', () => {
    const found = SOURCES.filter(
      ({ name, text }) =>
        name !== 'base/files/data-folder.ts' && /path\.join\(\s*[\w.]*(?:gitDir|commonDir),\s*'linekeeper'/.test(text),
    );
    assert.deepEqual(
      found.map(({ name }) => name),
      [],
    );
  });
});
