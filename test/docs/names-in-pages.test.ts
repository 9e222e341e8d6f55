import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const pagesIn = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name));
const PAGES = ['.', 'docs', 'docs/dev', ...readdirSync(path.join(ROOT, 'test')).map((name) => path.join('test', name))]
  .filter((folder) => !folder.includes('.md'))
  .flatMap(pagesIn);
const SCRIPTS: ReadonlySet<string> = new Set(
  Object.keys(
    (JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { readonly scripts: object }).scripts,
  ),
); // our own file
/** What a path begins with that must be there in a fresh clone; what is built is not. */
const PLACES = /^(?:src|test|docs|media|scripts)\//;

describe('a Markdown page of this repository', () => {
  it('more than three pages are found', () => {
    assert.ok(PAGES.length > 3, PAGES.join());
  });

  for (const page of PAGES) {
    const text = readFileSync(path.join(ROOT, page), 'utf8');
    it(`${page} names only existing npm scripts`, () => {
      const named = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)].map(
        ([, script, short]) => script ?? short ?? '',
      );
      assert.deepEqual(
        named.filter((script) => !SCRIPTS.has(script)),
        [],
      );
    });

    it(`${page} names only existing files`, () => {
      const files = [...text.matchAll(/`([^`\s*{}<>…]+)`/g)]
        .map(([, file = '']) => file)
        .filter((file) => PLACES.test(file));
      const links = [...text.matchAll(/(?:\]\(|src="|href=")([^)"#:\s]+)(?:#[^)"]*)?[)"]/g)].map(([, link = '']) =>
        path.join(path.dirname(page), link),
      );
      assert.deepEqual(
        [...files, ...links].filter((file) => !existsSync(path.join(ROOT, file))),
        [],
      );
    });
  }
});
