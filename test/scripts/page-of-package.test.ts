import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { npmPage } from '../../scripts/npm-package';
import { baseOf, changelogOf, pageOf } from '../../scripts/page';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string): Buffer => readFileSync(path.join(ROOT, file));
const README = read('README.md').toString('utf8');
/** Addresses of links and pictures, outside fenced code. */
const targetsIn = (page: string): readonly string[] =>
  [...page.replace(/^```[^]*?^```$/gm, '').matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? '');

describe('README and change log in the packed extension:', () => {
  it('has no relative link and no picture without a repository address, and a text instead', () => {
    const page = pageOf(README, undefined);
    assert.deepEqual(
      targetsIn(page).filter((target) => !/^(?:https:|#)/.test(target)),
      [],
    );
    assert.doesNotMatch(page, /!\[|<!--/);
    assert.match(page, /```diff\n[^`]*deletion_protection = false[^`]*```/);
    assert.match(page, /Open Walkthrough/, 'where pictures are');
    assert.doesNotMatch(page, /The tour|what each can tell/, 'what is only a link');
  });

  it("takes the repository's address from the environment, else from the manifest", () => {
    const manifest = { version: '1.2.3', repository: { url: 'git+https://github.com/acme/linekeeper.git' } };
    assert.deepEqual(baseOf(manifest, {}), { url: 'https://github.com/acme/linekeeper' });
    assert.deepEqual(baseOf(manifest, { LINEKEEPER_REPOSITORY: 'https://example.com/a/b/' }), {
      url: 'https://example.com/a/b',
    });
    for (const repository of ['', 'acme/linekeeper', 'git@github.com:acme/linekeeper.git'])
      assert.equal(baseOf({ version: '1.2.3', repository }, {}), undefined, repository);
    const page = pageOf(README, { url: 'https://github.com/acme/linekeeper' });
    assert.equal([...page.matchAll(/^!\[/gm)].length, 3);
    assert.doesNotMatch(page, /In place of pictures/);
    for (const target of targetsIn(page))
      assert.match(target, /^https:\/\/github\.com\/acme\/linekeeper\/(?:raw|blob)\/HEAD\//);
  });

  it('leaves out how to build it, and has fewer than 80 lines', () => {
    const page = pageOf(README, undefined);
    assert.doesNotMatch(page, /npm start/);
    assert.ok(page.split('\n').length < 80);
  });

  it('page of the npm package says how to start at a terminal before how in the editor', () => {
    const page = npmPage(pageOf(README, undefined));
    assert.match(page, /^## Start at a terminal\n[^]*^linekeeper install [^]*^## Start in the editor\n\n1\. /m);
    assert.throws(() => npmPage('# Another page\n'), /no section/);
  });

  it('turns a relative link into its words, and drops a line of only such links', () => {
    const shown = (markdown: string): string => pageOf(markdown, undefined);
    assert.equal(shown('a [b](c.md) d ([e](f.md)).\n\n[g](h.md) · [i](j.md)\n'), 'a b d.\n');
    assert.equal(shown('[a](https://example.com)\n'), '[a](https://example.com)\n');
  });

  it("leaves out the line on installing when the reader is on the extension's page", () => {
    assert.match(README, /code --install-extension/);
    assert.doesNotMatch(pageOf(README, undefined), /code --install-extension/);
    assert.match(pageOf(README, { url: 'https://example.com/a/b' }), /^## Start\n\n1\. Open a Git repository/m);
  });

  it('keeps code blocks', () => {
    assert.equal(pageOf('```\n[a](b)\n```\nc [d](e)', undefined), '```\n[a](b)\n```\nc d\n');
  });

  it('the change log names the packed version instead of Unreleased, without brackets', () => {
    const packed = (log: string): string => changelogOf(log, { version: '0.1.0' }, undefined);
    assert.equal(packed('# C\n\n## [Unreleased]\n\n- a\n'), '# C\n\n## 0.1.0\n\n- a\n');
    assert.equal(packed('# C\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n'), '# C\n\n## 0.1.0 - 2026-01-01\n');
    assert.equal(
      packed('# C\n\n## [Unreleased]\n\n- b\n\n## [0.1.0]\n\n- a\n'),
      '# C\n\n## Since 0.1.0\n\n- b\n\n## 0.1.0\n\n- a\n',
    );
    const { version } = JSON.parse(read('package.json').toString('utf8')) as { version: string };
    const page = changelogOf(read('CHANGELOG.md').toString('utf8'), { version }, undefined);
    assert.deepEqual(
      targetsIn(page).filter((target) => !target.startsWith('https:')),
      [],
    );
    assert.match(page, new RegExp(`^## ${version.replaceAll('.', '\\.')}`, 'm'));
    assert.doesNotMatch(page, /^## \[|^## Unreleased/m);
  });
});
