import assert from 'node:assert/strict';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Evidence } from '../../../src/provenance/authorship/types';
import { itInFull } from '../../support/full';
import { askJson, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as } from '../../support/worker';

interface Blamed {
  readonly path: string;
  readonly rev: string | null;
  readonly lines: readonly {
    readonly line: number;
    readonly author: string;
    readonly commit: string | null;
    readonly assistant: string | null;
    readonly evidence: Evidence | null;
  }[];
}
interface Shown {
  readonly commit: string;
  readonly parent: string | null;
  readonly parents?: readonly string[];
  readonly provenance: string;
  readonly added: Record<string, number>;
  readonly removed: Record<string, number>;
}

const BASE = 'one\ntwo\nthree\nfour\nfive\n';

describe('linekeeper blame and show', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', BASE);
    await test.commit('start');
    await linekeeper(test, ['install']);
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    await test.git('commit', '-qam', 'Machine');
    await as('human', test, ['a.txt'], edit('four\n', 'four by hand\n'));
    await test.git('commit', '-qam', 'Hand');
  });
  afterEach(() => test.dispose());

  itInFull('take a path that looks like an option behind --', async () => {
    test.write('-file', 'one\n');
    await test.commit('A file of an odd name');
    const blamed = await linekeeper(test, ['blame', 'HEAD', '--', '-file', '--json']);
    assert.equal(blamed.code, 0, blamed.stderr);
    assert.equal((JSON.parse(blamed.stdout) as Blamed).path, '-file');
    assert.equal((await linekeeper(test, ['blame', 'HEAD', '--', '--json'])).code, 2, 'one word behind it is a path');
  });

  const edit = (from: string, to: string) => (): void => test.write('a.txt', test.read('a.txt').replace(from, to));
  /** `uahau`: the first letters of the lines' authors. */
  const blame = async (...words: readonly string[]): Promise<string> =>
    (await askJson<Blamed>(test, 'blame', ...words)).lines.map(({ author }) => author.charAt(0)).join('');

  it('blame: shows only the lines that PATH:LINES names', async () => {
    const { lines } = await askJson<Blamed>(test, 'blame', 'HEAD', 'a.txt:2,4-5');
    assert.deepEqual(
      lines.map(({ line, author }) => [line, author]),
      [
        [2, 'ai'],
        [4, 'human'],
        [5, 'unknown'],
      ],
    );
    const beyond = await linekeeper(test, ['blame', 'a.txt:6']);
    assert.equal(beyond.code, 2);
    assert.match(beyond.stderr, /a\.txt has only 5 lines\./);
  });

  itInFull('show any revision, also of a renamed file', async () => {
    assert.equal(await blame('a.txt'), 'uauhu');
    assert.equal(await blame('HEAD~', 'a.txt'), 'uauuu');
    assert.equal(await blame('HEAD~2', 'a.txt'), 'uuuuu');
    await test.git('mv', 'a.txt', 'dir name.txt');
    await test.git('commit', '-qm', 'Move');
    assert.equal(await blame('dir name.txt'), 'uauhu');
    assert.equal(await blame('HEAD~', 'a.txt'), 'uauhu');
    assert.equal((await linekeeper(test, ['blame', 'HEAD', 'a.txt'])).code, 2);
    assert.equal((await linekeeper(test, ['blame', 'nowhere', 'a.txt'])).code, 2);
  });

  itInFull('show uncommitted lines, also of an untracked file', async () => {
    await as('ai', test, ['a.txt', 'new.txt'], () => {
      edit('five\n', 'five by machine\n')();
      test.write('new.txt', 'x\ny\n');
    });
    edit('one\n', 'zero\none\n')();
    test.write('new.txt', 'x\ny\nz\n');
    const { rev, lines } = await askJson<Blamed>(test, 'blame', 'a.txt');
    assert.equal(rev, null);
    assert.equal(
      lines.map(({ author, commit }) => `${author.charAt(0)}${commit === null ? '*' : ''}`).join(' '),
      'u* u a u h a*',
    );
    assert.equal(await blame('new.txt'), 'aau');
    assert.equal((await linekeeper(test, ['blame', 'nowhere.txt'])).code, 2);
  });

  itInFull('skip the commits of --ignore-rev and .git-blame-ignore-revs, but follow no link out', async () => {
    test.write('a.txt', test.read('a.txt').replace(/^(?=.)/gm, '- '));
    await test.git('commit', '-qam', 'Bullets');
    const bullets = await test.git('rev-parse', 'HEAD');
    assert.equal(await blame('a.txt'), 'uuuuu');
    assert.equal(await blame('--ignore-rev', bullets, 'a.txt'), 'uauhu');
    test.write('.git-blame-ignore-revs', `# bullets\n${bullets}\n`);
    assert.equal(await blame('a.txt'), 'uauhu');
    assert.equal(await blame('--plain', 'a.txt'), 'uuuuu');
    await test.git('config', 'blame.ignoreRevsFile', '.git-blame-ignore-revs');
    assert.equal(await blame('--plain', 'a.txt'), 'uauhu');
    await test.git('config', '--unset', 'blame.ignoreRevsFile');
    test.write('.git-blame-ignore-revs', '$(touch hacked)\n');
    const broken = await linekeeper(test, ['blame', 'a.txt']);
    assert.equal(broken.code, 0);
    assert.match(broken.stderr, /\.git-blame-ignore-revs can't be used/);
    assert.equal((await linekeeper(test, ['blame', '--ignore-rev', 'nowhere', 'a.txt'])).code, 2);
    // A branch may bring along anything by that name, such as a link to what never ends.
    writeFileSync(test.outside('revs'), `${bullets}\n`);
    rmSync(path.join(test.root, '.git-blame-ignore-revs'));
    symlinkSync(test.outside('revs'), path.join(test.root, '.git-blame-ignore-revs'));
    assert.match(
      (await linekeeper(test, ['blame', 'a.txt'])).stderr,
      /\.git-blame-ignore-revs can't be used \(it is a link out of the repository\)/,
    );
    assert.equal(await blame('a.txt'), 'uuuuu');
  });

  itInFull('name an assistant by its co-author trailer when there is no note', async () => {
    const committed = async (message: string): Promise<string> => {
      edit('one\n', 'one more\none\n')();
      await test.git('-c', 'core.hooksPath=/dev/null', 'commit', '-qam', message);
      const { lines } = await askJson<Blamed>(test, 'blame', 'a.txt');
      const { provenance } = await askJson<Shown>(test, 'show');
      return `${provenance}: ${lines[0]?.author ?? ''} ${lines[0]?.assistant ?? '-'} ${lines[0]?.evidence ?? '-'}`;
    };
    assert.equal(
      await committed('Marked\n\nCo-Authored-By: Claude Opus <noreply@anthropic.com>'),
      'markers: ai claude-code declared',
    );
    test.write('a.txt', test.read('a.txt').replace('one more\n', ''));
    await test.git('-c', 'core.hooksPath=/dev/null', 'commit', '-qam', 'Back');
    assert.equal(await committed('Counted\n\nAssisted-by: amp\nAI-Lines: +1 -0 of +1 -0'), 'trailers: ai amp declared');
    test.write('a.txt', test.read('a.txt').replace('one more\n', ''));
    await test.git('-c', 'core.hooksPath=/dev/null', 'commit', '-qam', 'Back');
    assert.equal(await committed('Helped\n\nAssisted-by: amp'), 'trailers: unknown - -');
    test.write('a.txt', test.read('a.txt').replace('one more\n', ''));
    await test.git('-c', 'core.hooksPath=/dev/null', 'commit', '-qam', 'Back');
    assert.equal(
      await committed('By Jane\n\nAssisted-by: Jane\nCo-authored-by: Jane <jane@example.com>'),
      'none: unknown - -',
    );
  });

  itInFull('let a note decide over a co-author trailer', async () => {
    await as('human', test, ['a.txt'], edit('five\n', 'five by hand\n'));
    await test.git('commit', '-qam', 'Noted\n\nCo-authored-by: Claude <noreply@anthropic.com>');
    assert.equal(await blame('a.txt'), 'uauhh');
  });

  it('print whole lines to a pipe, with control characters replaced', async () => {
    await as('ai', test, ['a.txt'], edit('five\n', '\tfive \u001b[31mby machine\n'));
    const { stdout, code } = await linekeeper(test, ['blame', 'a.txt']);
    assert.equal(code, 0);
    const ids = (await test.git('rev-list', 'HEAD')).split('\n').map((id) => id.slice(0, 8));
    const day = (await test.git('log', '-1', '--format=%as')).trim();
    assert.deepEqual(stdout.replaceAll(day, 'DAY').split('\n'), [
      `${ids[2] ?? ''}  Ada  DAY  unknown                          ? 1  one`,
      `${ids[1] ?? ''}  Ada  DAY  AI claude-code model-1  session- ▌ 2  two by machine`,
      `${ids[2] ?? ''}  Ada  DAY  unknown                          ? 3  three`,
      `${ids[0] ?? ''}  Ada  DAY  human                              4  four by hand`,
      `not yet${' '.repeat(20)}AI claude-code model-1  session- ▌ 5      five ?[31mby machine`,
      '',
    ]);
  });

  itInFull('show a root commit, a merge, and a range with its total', async () => {
    const root = await askJson<Shown>(test, 'show', 'HEAD~2');
    assert.deepEqual([root.parent, root.added['unknown']], [null, 5]);
    await test.git('switch', '-qc', 'side', 'HEAD~');
    await as('ai', test, ['b.txt'], () => test.write('b.txt', 'b\n'));
    await test.commit('Side');
    await test.git('switch', '-q', 'main');
    await test.git('merge', '-q', '--no-edit', 'side');
    const merge = await askJson<Shown>(test, 'show');
    assert.equal(merge.parents?.length, 2);
    assert.deepEqual(merge.added, { ai: 0, human: 0, unknown: 0 });
    assert.match(
      (await linekeeper(test, ['show'])).stdout,
      /A merge: it shows only lines that differ from all 2 parents/,
    );
    const range = await askJson<{
      commits: readonly Shown[];
      added: Record<string, number>;
      removed: Record<string, number>;
    }>(test, 'show', 'HEAD~2..HEAD');
    assert.equal(range.commits.length, 3);
    assert.deepEqual(
      [range.added, range.removed],
      [
        { ai: 1, human: 1, unknown: 0 },
        { ai: 0, human: 1, unknown: 0 },
      ],
    );
    assert.match(
      (await linekeeper(test, ['show', 'HEAD~2..HEAD'])).stdout,
      /\n\n3 commits: added 1 AI, 1 human; removed 1 human\n$/,
    );
    assert.equal((await linekeeper(test, ['show', 'HEAD..nowhere'])).code, 2);
  });
});
