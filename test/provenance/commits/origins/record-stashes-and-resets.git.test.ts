/** Work that was put away and came back, looked at only in the end. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { LineRange } from '../../../../src/provenance/authorship/types';
import { settle, showCommits, statusOf } from '../../../../src/provenance/commits';
import { itInFull } from '../../../support/full';
import { TestRepository } from '../../../support/repository';
import { as, tick } from '../../../support/worker';

const LINES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
  .map((word) => `${word} as it was\n`)
  .join('');

describe('attribution of a stash', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    for (const name of ['a.txt', 'b.txt']) test.write(name, LINES);
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const by = (who: 'ai' | 'human', word: string, file = 'a.txt'): Promise<void> =>
    as(who, test, [file], () =>
      test.write(
        file,
        existsSync(test.at(file)) ? test.read(file).replace(`${word} as`, `${word} by ${who}`) : `${word} by ${who}\n`,
      ),
    );
  /** What is said of HEAD, and of its files. */
  const told = async (revision = 'HEAD'): Promise<string> => {
    const repository = test.repository();
    await settle(repository, tick);
    const id = (await repository.commitId(revision)) ?? assert.fail(`no ${revision}`);
    const say = (sign: string, r: LineRange): string =>
      `${sign}${String(r.start)}${r.end > r.start ? `-${String(r.end)}` : ''} ${r.author}`;
    return ((await showCommits(repository, [id])).get(id)?.files ?? [])
      .map((file) => `${file.path} ${file.ranges.map((r) => say('+', r)).join(' ')}`)
      .join(', ');
  };
  const commit = (): Promise<string> => test.git('commit', '-qam', 'Work');

  itInFull('popped and staged at once, keeps the authors', async () => {
    await by('ai', 'two');
    await by('human', 'six');
    await test.git('stash');
    await test.git('stash', 'pop', '-q');
    await test.git('add', '-A');
    await test.git('commit', '-qm', 'Work');
    assert.equal(await told(), 'a.txt +2 ai +6 human');
  });

  itInFull('popped, changed unrecorded and staged, keeps the authors of the rest', async () => {
    await as('ai', test, ['a.txt'], () =>
      test.write('a.txt', test.read('a.txt').replace('four as it was\n', '').replace('two as', 'two by ai')),
    );
    await test.git('stash');
    await test.git('stash', 'pop', '-q');
    test.write('a.txt', test.read('a.txt').replace('nine as', 'nine by nobody'));
    await test.git('add', '-A');
    await test.git('commit', '-qm', 'Work');
    const repository = test.repository();
    await settle(repository, tick);
    const shown = (await showCommits(repository, [await test.git('rev-parse', 'HEAD')])).values().next().value;
    assert.deepEqual(
      [shown?.added, shown?.removed],
      [
        { ai: 1, human: 0, unknown: 1 },
        { ai: 2, human: 0, unknown: 1 },
      ],
    );
  });

  it('on top of unrecorded work, keeps its own authors', async () => {
    test.write('a.txt', LINES.replace('two as', 'two by nobody'));
    await as('ai', test, ['a.txt'], () => test.write('a.txt', test.read('a.txt').replace('four as it was\n', '')));
    await test.git('stash');
    await settle(test.repository(), tick);
    await test.git('stash', 'pop', '-q');
    await commit();
    const repository = test.repository();
    await settle(repository, tick);
    const shown = (await showCommits(repository, [await test.git('rev-parse', 'HEAD')])).values().next().value;
    assert.deepEqual(
      [shown?.added, shown?.removed],
      [
        { ai: 0, human: 0, unknown: 1 },
        { ai: 1, human: 0, unknown: 1 },
      ],
    );
  });

  itInFull('of lines and an empty line copied from another file, keeps who put them here', async () => {
    const block = 'a line that says enough\n\nanother line that says enough\n';
    await as('human', test, ['c.txt'], () => test.write('c.txt', block));
    await by('human', 'six');
    await test.commit('older');
    await as('ai', test, ['a.txt'], () => test.write('a.txt', `${test.read('a.txt')}${block}`));
    await test.git('stash');
    await settle(test.repository(), tick);
    await test.git('stash', 'pop', '-q');
    await commit();
    assert.equal(await told(), 'a.txt +11-13 ai');
  });

  itInFull('popped with --index, keeps staged and unstaged authors', async () => {
    await by('ai', 'two');
    await test.git('add', '-A');
    await by('human', 'six');
    await test.git('stash');
    await test.git('stash', 'pop', '-q', '--index');
    await test.git('commit', '-qm', 'Staged');
    assert.equal(await told(), 'a.txt +2 ai');
    await commit();
    assert.equal(await told(), 'a.txt +6 human');
  });

  itInFull('of lines copied from another file, keeps who put them here', async () => {
    await as('ai', test, ['c.txt'], () => test.write('c.txt', 'a line by an assistant\n'));
    await test.git('add', '-A');
    await commit();
    await as('ai', test, ['a.txt'], () => test.write('a.txt', `${test.read('a.txt')}a line by an assistant\n`));
    await test.git('stash');
    assert.equal(await told(), 'c.txt +1 ai');
    await test.git('stash', 'pop', '-q');
    await commit();
    assert.equal(await told(), 'a.txt +11 ai');
  });

  itInFull('merged into later work, keeps the authors of white space and moved lines too', async () => {
    const [first, second, ...rest] = LINES.split('\n')
      .slice(0, -1)
      .map((line) => `${line}\n`);
    await as('ai', test, ['a.txt', 'b.txt'], () => {
      test.write(
        'a.txt',
        `${first ?? ''}${second ?? ''}${rest.map((line, i) => (i > 4 ? `  ${line}` : line)).join('')}`,
      );
      test.write('b.txt', `${first ?? ''}${rest.join('')}a line by an assistant\n${second ?? ''}`);
    });
    await test.git('stash');
    for (const file of ['a.txt', 'b.txt'])
      await as('human', test, [file], () =>
        test.write(file, test.read(file).replace('four as it was\n', 'four as I want it\n')),
      );
    await commit();
    await test.git('stash', 'pop', '-q');
    await commit();
    assert.equal(await told(), 'a.txt +8-10 ai, b.txt +10-11 ai');
    const shown = (await showCommits(test.repository(), [await test.git('rev-parse', 'HEAD')])).values().next().value;
    assert.deepEqual(
      [shown?.added, shown?.removed],
      [
        { ai: 5, human: 0, unknown: 0 },
        { ai: 4, human: 0, unknown: 0 },
      ],
    );
  });

  itInFull('of which somebody repeats one part, leaves that part unknown', async () => {
    await as('ai', test, ['a.txt'], () => test.write('a.txt', test.read('a.txt').replace('six as it was\n', '')));
    await test.git('stash');
    await by('human', 'two');
    await commit();
    test.write('a.txt', test.read('a.txt').replace('six as it was\n', ''));
    await commit();
    await told();
    const shown = (await showCommits(test.repository(), [await test.git('rev-parse', 'HEAD')])).values().next().value;
    assert.deepEqual(
      [shown?.added, shown?.removed],
      [
        { ai: 0, human: 0, unknown: 0 },
        { ai: 0, human: 0, unknown: 1 },
      ],
    );
  });

  itInFull('of one file, keeps the authors of both files', async () => {
    await by('ai', 'two');
    await by('human', 'two', 'b.txt');
    await test.git('stash', 'push', '-q', '--', 'a.txt');
    await by('ai', 'four', 'b.txt');
    await commit();
    assert.equal(await told(), 'b.txt +2 human +4 ai');
    await test.git('stash', 'pop', '-q');
    await commit();
    assert.equal(await told(), 'a.txt +2 ai');
  });

  itInFull('of a part of a file, keeps the authors', async () => {
    await by('ai', 'one');
    await by('human', 'ten');
    const result = await test.run(['stash', 'push', '-q', '-p'], { input: 'n\ny\n' });
    assert.equal(result.code, 0, result.stderr);
    assert.match(test.read('a.txt'), /one by ai[^]*ten as/);
    await commit();
    assert.equal(await told(), 'a.txt +1 ai');
    await test.git('stash', 'pop', '-q');
    await by('ai', 'six');
    await commit();
    assert.equal(await told(), 'a.txt +6 ai +10 human');
  });

  itInFull('of unstaged changes, keeps the authors', async () => {
    await by('human', 'two');
    await test.git('add', '-A');
    await by('ai', 'six');
    await test.git('stash', 'push', '-q', '--keep-index');
    await test.git('commit', '-qm', 'Staged');
    await test.git('stash', 'pop', '-q');
    await commit();
    assert.deepEqual([await told('HEAD~'), await told()], ['a.txt +2 human', 'a.txt +6 ai']);
  });

  itInFull('with untracked files, keeps the authors', async () => {
    await by('ai', 'two');
    await by('human', 'new', 'new.txt');
    await test.git('stash', 'push', '-q', '-u');
    assert.equal(existsSync(test.at('new.txt')), false);
    await by('human', 'four', 'b.txt');
    await commit();
    assert.equal(await told(), 'b.txt +4 human');
    await test.git('stash', 'pop', '-q');
    await test.git('add', '-A');
    await commit();
    assert.equal(await told(), 'a.txt +2 ai, new.txt +1 human');
  });

  /** `-1 human -2 ai` of a file in HEAD. */
  const gone = async (file = 'a.txt'): Promise<string> => {
    const repository = test.repository();
    await settle(repository, tick);
    const shown = (await showCommits(repository, [await test.git('rev-parse', 'HEAD')])).values().next().value;
    return (shown?.files.find(({ path }) => path === file)?.removed ?? [])
      .map((r) => `-${String(r.start)} ${r.author}`)
      .join(' ');
  };
  const without = (who: 'ai' | 'human', word: string): Promise<void> =>
    as(who, test, ['a.txt'], () => test.write('a.txt', test.read('a.txt').replace(`${word} as it was\n`, '')));

  itInFull('merged into later work, credits its removals to who removed the lines', async () => {
    await without('ai', 'two');
    await without('human', 'four');
    await test.git('stash');
    await by('human', 'nine');
    await commit();
    assert.equal(await told(), 'a.txt +9 human');
    await test.git('stash', 'pop', '-q');
    await commit();
    assert.equal(await gone(), '-2 ai -4 human');
  });

  itInFull('with a conflict, credits the removals beside it to who removed the lines', async () => {
    await without('human', 'two');
    await as('human', test, ['a.txt'], () =>
      test.write('a.txt', test.read('a.txt').replace('eight as it was', 'a person wrote another line here')),
    );
    await test.git('stash');
    await by('ai', 'eight');
    await commit();
    assert.equal(await told(), 'a.txt +8 ai');
    assert.equal((await test.run(['stash', 'pop', '-q'])).code, 1);
    await as('ai', test, ['a.txt'], () =>
      test.write('a.txt', test.read('a.txt').replace(/<<<<<<<[^]*>>>>>>>.*\n/, 'something else instead of both\n')),
    );
    await commit();
    assert.deepEqual([await told(), await gone()], ['a.txt +7 ai', '-2 human -8 ai']);
  });

  itInFull('never popped, says nothing of a later equal removal', async () => {
    await without('ai', 'two');
    await by('ai', 'six');
    await test.git('stash');
    assert.equal((await statusOf(test.repository(), tick)).files.length, 0);
    await by('human', 'nine');
    test.write('a.txt', test.read('a.txt').replace('two as it was\n', ''));
    await commit();
    assert.equal(await gone(), '-2 unknown -9 human');
  });

  itInFull('made into a branch, keeps the authors', async () => {
    await by('ai', 'two');
    await test.git('stash');
    await by('human', 'nine');
    await commit();
    await test.git('stash', 'branch', 'later');
    await by('human', 'four');
    await commit();
    assert.deepEqual([await told('main'), await told()], ['a.txt +9 human', 'a.txt +2 ai +4 human']);
  });

  itInFull('of two, popped over other work, keeps the authors', async () => {
    await by('ai', 'two');
    await test.git('stash');
    await by('human', 'two');
    await test.git('stash');
    await by('ai', 'nine');
    await commit();
    await test.git('stash', 'pop', '-q', 'stash@{1}');
    await test.git('add', '-A');
    await test.git('commit', '-qm', 'The first');
    assert.deepEqual([await told('HEAD~'), await told()], ['a.txt +9 ai', 'a.txt +2 ai']);
  });

  itInFull('applied twice and dropped, keeps the authors', async () => {
    await by('human', 'two');
    await test.git('stash');
    await test.git('stash', 'apply', '-q');
    await commit();
    await test.git('reset', '-q', '--hard', 'HEAD~');
    await test.git('stash', 'apply', '-q');
    await test.git('stash', 'drop', '-q');
    await by('ai', 'six');
    await commit();
    assert.equal(await told(), 'a.txt +2 human +6 ai');
  });
});
