import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCodeowners } from '../../src/policy';

/** `path → owners` lines for paths asked of a file. */
function check(file: string, expected: Record<string, string>): void {
  const ownersOf = parseCodeowners(file);
  const answers = Object.keys(expected).map((path) => [path, ownersOf(path).join(' ')]);
  assert.deepEqual(Object.fromEntries(answers), expected);
}

describe('CODEOWNERS', () => {
  it('the last matching line decides on a file', () => {
    check('* @all\n*.ts @ts\n/src/api/ @api', {
      'README.md': '@all',
      'lib/a.ts': '@ts',
      'src/api/a.ts': '@api',
      'old/src/api/a.ts': '@ts',
    });
  });

  it('a line without owners removes ownership', () => {
    check('* @all\n/vendor/\n/vendor/ours @us', { 'vendor/lib.c': '', 'vendor/ours': '@us', 'a/vendor/x': '@all' });
  });

  it('docs/* covers the folder itself, docs/ everything below', () => {
    check('docs/* @flat', { 'docs/a.md': '@flat', 'docs/deep/a.md': '', 'x/docs/a.md': '' });
    check('docs/ @deep', { 'docs/a.md': '@deep', 'docs/deep/a.md': '@deep', 'x/docs/a.md': '@deep' });
    check('/* @top', { 'a.md': '@top', 'docs/a.md': '' });
    check('**/logs @logs', { 'logs/a': '@logs', 'deep/er/logs/a': '@logs', 'deep/logs.txt': '' });
    check('/apps/**/test @t', { 'apps/test': '@t', 'apps/a/b/test/x': '@t', 'apps/a/tests': '' });
    check('* @all', { 'deep/in/a': '@all' });
  });

  it('case matters, as at GitHub', () =>
    check('/Docs/ @d\n*.SQL @s', { 'Docs/a': '@d', 'docs/a': '', 'b.SQL': '@s', 'b.sql': '' }));

  it('comments, escapes, tabs, a byte order mark and CRLF are read', () => {
    check('\uFEFF# everything\r\n*\t@all   # for now @nobody\r\n\\#odd.md @odd\r\npath\\ with\\ spaces/ @space\r\n', {
      a: '@all',
      '#odd.md': '@odd',
      'path with spaces/a': '@space',
    });
  });

  it('brackets match themselves', () => {
    check('[ab].md @brackets\n/app/[id]/ @id', {
      '[ab].md': '@brackets',
      'a.md': '',
      'app/[id]/page.ts': '@id',
      'app/i/page.ts': '',
    });
  });

  it('lines that GitHub refuses are left out', () => {
    check('* @all\n!*.md @no\n*.ts not-an-owner\n*.js @ok and-not\n/ @root', {
      'a.md': '@all',
      'a.ts': '@all',
      'a.js': '@all',
    });
  });

  it('people, teams, roles and e-mail addresses are owners', () => {
    check('a @jo ops@example.com @acme/platform-seniors @group/sub/group @@maintainer', {
      a: '@jo ops@example.com @acme/platform-seniors @group/sub/group @@maintainer',
    });
  });

  it("the owners of GitLab's sections add up, each by its own last match", () => {
    const file = '* @general\n[Database][2] @dba\n/db/\n/db/seed.sql @seeder\n^[Docs] @writers\n*.md\n!/db/README.md';
    check(file, {
      'db/a.sql': '@general @dba',
      'db/seed.sql': '@general @seeder',
      'guide.md': '@general @writers',
      'db/README.md': '@general @dba',
    });
  });

  it("the examples of GitHub's documentation match as described", () => {
    check('apps/ @a', { 'apps/x': '@a', 'deep/apps/x/y': '@a', apps: '' });
    check('/build/logs/ @l', { 'build/logs/x/y': '@l', 'x/build/logs/y': '' });
    check('a?c*/ @w', { 'abc/x': '@w', 'abcdef/x': '@w', 'ac/x': '', 'a/c/x': '' });
    check('/scripts/**/*.sh @s', { 'scripts/a.sh': '@s', 'scripts/x/y/a.sh': '@s', 'scripts/a.py': '' });
    check('/lib/** @deep', { 'lib/a': '@deep', 'lib/a/b': '@deep', lib: '' });
    check('docs/*/ @d', { 'docs/a': '', 'docs/a/b': '@d', 'docs/a/b/c': '@d' });
    check('docs/*.md @m', { 'docs/a.md': '@m', 'docs/a.md/in/it': '@m', 'docs/x/a.md': '' });
  });

  it('patterns of many wildcards are matched in less than a second', () => {
    const ownersOf = parseCodeowners(`${'**/a/'.repeat(12)}**/b @x\n${'*a'.repeat(30)}b @y`);
    const started = process.cpuUsage();
    assert.deepEqual([ownersOf(`${'a/'.repeat(200)}c`), ownersOf('a'.repeat(2_000))], [[], []]);
    assert.ok(process.cpuUsage(started).user < 1_000_000);
  });

  it('an empty path, and one outside the repository, have no owners', () =>
    check('* @all', { '': '', '../up': '', '/abs': '' }));

  it('random files and paths never throw', () => {
    const bits = fc.constantFrom(
      '*',
      '**',
      '/',
      '[',
      ']',
      '!',
      '\\',
      '#',
      ' ',
      '@a',
      '@',
      '\n',
      '\0',
      '?',
      '^',
      '(',
      'x',
      '.',
      '\u{1F600}',
    );
    fc.assert(
      fc.property(fc.array(bits), fc.array(bits), (file, path) => {
        assert.ok(Array.isArray(parseCodeowners(file.join(''))(path.join(''))));
      }),
    );
  });
});
