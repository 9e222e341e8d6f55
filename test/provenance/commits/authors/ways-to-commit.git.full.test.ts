/**
 * Ways in which a commit comes about, beside the plain ones of commits.test.ts: each with the real git, its hooks
 * installed.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { LineRange } from '../../../../src/provenance/authorship/types';
import { settle, showCommits, installGitHooks } from '../../../../src/provenance/commits';
import { Repository } from '../../../../src/git';
import { record } from '../../../../src/provenance/assistants/record';
import { askJson, builtCli, CLI } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as, tick } from '../../../support/worker';

const BASE = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n';

describe('attribution of commits:', () => {
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('a.txt', BASE);
    await test.commit('start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
  });
  afterEach(() => test.dispose());

  /** `+2 ai, +4-5 human, -3 ai` of one commit. */
  const shown = async (revision = 'HEAD', file = 'a.txt', repository = test.repository()): Promise<string> => {
    await settle(repository, tick);
    const id = (await repository.commitId(revision)) ?? assert.fail(`no ${revision}`);
    const entry = (await showCommits(repository, [id])).get(id)?.files.find((f) => f.path === file);
    const say = (sign: string, r: LineRange): string =>
      `${sign}${String(r.start)}${r.end > r.start ? `-${String(r.end)}` : ''} ${r.author}`;
    return [...(entry?.ranges ?? []).map((r) => say('+', r)), ...(entry?.removed ?? []).map((r) => say('-', r))].join(
      ', ',
    );
  };
  const message = (revision = 'HEAD'): Promise<string> =>
    test.git('log', '-1', '--format=%B', revision).then((text) => text.trimEnd());
  const edit =
    (from: string, to: string, file = 'a.txt') =>
    (): void =>
      test.write(file, test.read(file).replace(from, to));
  const byMachine = (word: string): Promise<void> =>
    as('ai', test, ['a.txt'], edit(`${word}\n`, `${word} by machine\n`));
  const byHand = (word: string): Promise<void> => as('human', test, ['a.txt'], edit(`${word}\n`, `${word} by hand\n`));
  const TRAILERS = (lines: string): string => `Assisted-by: claude-code:model-1\nAI-Lines: ${lines}`;
  /**
   * A branch `work` with line nine by machine and line two by hand in two commits, and a `main` that went on by `zero`.
   */
  const branches = async (): Promise<void> => {
    await test.git('switch', '-qc', 'work');
    await byMachine('nine');
    await test.git('commit', '-qam', 'Nine');
    await byHand('two');
    await test.git('commit', '-qam', 'Two');
    await test.git('switch', '-q', 'main');
    edit('one\n', 'zero\none\n')();
    await test.git('commit', '-qam', 'Zero');
  };
  /** The same, with another line nine on `main`. */
  const conflict = async (): Promise<void> => {
    await branches();
    edit('nine\n', 'nine by nobody\n')();
    await test.git('commit', '-qam', 'Other nine');
  };
  const resolve = (who: 'ai' | 'human'): Promise<void> =>
    as(who, test, ['a.txt'], () =>
      test.write('a.txt', test.read('a.txt').replace(/<<<<<<<[^]*?>>>>>>> [^\n]*\n/, 'nine by both\n')),
    );
  const QUIET = { GIT_EDITOR: 'true' };

  it('an unrecorded line end is unknown, though a person had removed it', async () => {
    await as('human', test, ['b.txt'], () => test.write('b.txt', BASE));
    await as('human', test, ['b.txt'], () => test.write('b.txt', BASE.trimEnd()));
    await test.commit('No line end');
    test.write('b.txt', `${BASE}by nobody\n`);
    await test.commit('Line end');
    assert.equal(await shown('HEAD', 'b.txt'), '+10-11 unknown, -10 unknown');
  });

  it('a rename of which only the new file is committed: all its lines belong to who renamed', async () => {
    await as('ai', test, ['a.txt', 'b.txt'], () => {
      test.write('b.txt', test.read('a.txt').replace('two', 'two by machine'));
      test.remove('a.txt');
    });
    await test.git('add', 'b.txt');
    await test.git('commit', '-qm', 'New name');
    assert.equal(await shown('HEAD', 'b.txt'), '+1-10 ai');
  });

  it('a rename of which only the new file is committed, the old one before: the authors stay', async () => {
    const rename = (who: 'ai' | 'human', from: string, to: string, word: string): Promise<void> =>
      as(who, test, [], () => {
        test.write(to, test.read(from).replace(word, `${word}s`));
        test.remove(from);
      });
    await rename('ai', 'a.txt', 'b.txt', 'two');
    await test.git('stash', '-q');
    await test.commit('New name');
    assert.equal(await shown('HEAD', 'b.txt'), '+1-10 ai');
    await test.git('stash', 'pop', '-q');
    await test.commit('No old name');
    assert.equal(await shown(), '-1-10 ai');
    edit('seven\n', 'seven\nnobody\n', 'b.txt')();
    await rename('human', 'b.txt', 'c.txt', 'nine');
    await test.git('add', 'c.txt');
    await test.git('commit', '-qm', 'Newer name');
    assert.equal(await shown('HEAD', 'c.txt'), '+1-7 human, +8 unknown, +9-11 human');
  });

  it('lines from a file that is not committed yet are new where they are, and removed where they were', async () => {
    test.write('b.txt', 'first of b\nsecond of b\n');
    await test.commit('b');
    const lines = 'const total = sumOf(entries);\nconst average = total / entries.length;\n';
    test.write('a.txt', BASE + lines);
    await test.commit('lines');
    await as('human', test, ['a.txt', 'b.txt'], () => {
      test.write('a.txt', BASE);
      test.write('b.txt', `first of b\n${lines}second of b\n`);
    });
    await test.git('add', 'b.txt');
    await test.git('commit', '-qm', 'Where they come to');
    assert.equal(await shown('HEAD', 'b.txt'), '+2-3 human');
    await test.git('commit', '-qam', 'Where they were');
    assert.equal(await shown(), '-11-12 human');
  });

  it("a squash onto a part of an assistant's edit keeps the authors", async () => {
    await as('ai', test, ['b.txt'], () => test.write('b.txt', BASE));
    await test.commit('All');
    edit('five\n', 'five by nobody\n', 'b.txt')();
    await test.git('commit', '-qam', 'Five');
    await as('ai', test, [], () => {
      edit('two\n', 'two by machine\n', 'b.txt')();
      edit('nine\n', 'nine by machine\n', 'b.txt')();
    });
    const blob = (
      await test.run(['hash-object', '-w', '--stdin'], { input: test.read('b.txt').replace('two by machine', 'two') })
    ).stdout.trim();
    await test.git('update-index', '--cacheinfo', `100644,${blob},b.txt`);
    await test.git('commit', '-qm', 'Nine');
    await test.git('commit', '-qam', 'Two');
    await test.run(['rebase', '-qi', 'HEAD~3'], { env: { GIT_SEQUENCE_EDITOR: 'sed -i 2s/^pick/fixup/', ...QUIET } });
    await shown();
    await as('human', test, ['b.txt'], edit('nine by', '  nine by', 'b.txt'));
    await test.git('commit', '-qam', 'Nine again');
    await test.run(['rebase', '-qi', 'HEAD~2'], { env: { GIT_SEQUENCE_EDITOR: 'sed -i 2s/^pick/squash/', ...QUIET } });
    assert.equal(await shown('HEAD', 'b.txt'), '+2 ai, +9 human, -2 ai, -9 human');
  });

  describe('by cherry-pick', () => {
    it('-x keeps authors and trailers', async () => {
      await branches();
      await test.git('cherry-pick', '-x', 'work~');
      assert.equal(await shown(), '+10 ai, -10 ai');
      assert.match(
        await message(),
        /^Nine\n\n(?:\(cherry picked from commit [0-9a-f]{40}\)\n)?Assisted-by: claude-code:model-1\nAI-Lines: \+1 -1 of \+1 -1(?:\n\(cherry picked from commit [0-9a-f]{40}\))?$/,
      );
    });

    it("-n with a person's change besides keeps both authors", async () => {
      await branches();
      await test.git('cherry-pick', '-n', 'work~');
      await byHand('five');
      await test.git('commit', '-qam', 'Picked and more');
      assert.equal(await shown(), '+6 human, +10 ai, -6 human, -10 ai');
      assert.equal(await message(), `Picked and more\n\n${TRAILERS('+1 -1 of +2 -2')}`);
    });

    for (const who of ['ai', 'human'] as const) {
      it(`with a conflict that ${who === 'ai' ? 'an assistant' : 'a person'} resolved is theirs`, async () => {
        await conflict();
        await test.run(['cherry-pick', 'work~']);
        await resolve(who);
        await test.git('add', 'a.txt');
        await test.run(['cherry-pick', '--continue'], { env: QUIET });
        assert.equal(await shown(), `+10 ${who}, -10 ${who}`);
        assert.equal(await message(), who === 'ai' ? `Nine\n\n${TRAILERS('+1 -1 of +1 -1')}` : 'Nine');
      });
    }
  });

  describe('by rebase', () => {
    it('--apply keeps authors and trailers', async () => {
      await branches();
      await test.git('rebase', '-q', '--apply', 'main', 'work');
      assert.deepEqual([await shown('HEAD~'), await shown()], ['+10 ai, -10 ai', '+3 human, -3 human']);
      assert.equal(await message('HEAD~'), `Nine\n\n${TRAILERS('+1 -1 of +1 -1')}`);
    });

    it('--apply with an unrecorded conflict is unknown, whatever its message claims', async () => {
      await conflict();
      await test.git('switch', '-q', 'work');
      const mark = 'Co-authored-by: Claude <noreply@anthropic.com>';
      await test.run(['rebase', '-qi', 'HEAD~2'], {
        env: { GIT_SEQUENCE_EDITOR: 'sed -i 1s/^pick/reword/', GIT_EDITOR: `printf '\\n${mark}\\n' >>` },
      });
      await test.run(['rebase', '--apply', 'main', 'work~']);
      test.write('a.txt', test.read('a.txt').replace(/<<<<<<<[^]*?>>>>>>> [^\n]*\n/, 'altogether otherwise\n'));
      await test.git('add', 'a.txt');
      await test.run(['rebase', '--continue'], { env: QUIET });
      assert.equal(await message(), `Nine\n\n${mark}\n${TRAILERS('+1 -1 of +1 -1')}`);
      const { added, removed } = await askJson<{ readonly added: object; readonly removed: object }>(test, 'show');
      const unknown = { ai: 0, human: 0, unknown: 1 };
      assert.deepEqual([added, removed], [unknown, unknown]);
    });

    it('--onto without one commit keeps the authors', async () => {
      await branches();
      await test.git('switch', '-q', 'work');
      await byMachine('five');
      await test.git('commit', '-qam', 'Five');
      await test.git('rebase', '-q', '--onto', 'main', 'work~2');
      assert.deepEqual([await shown('HEAD~'), await shown()], ['+3 human, -3 human', '+6 ai, -6 ai']);
      assert.equal(await test.git('rev-list', '--count', 'main..HEAD'), '2');
    });

    it("with a stop to edit has the later edit's author too", async () => {
      await branches();
      await test.git('switch', '-q', 'work');
      await test.run(['rebase', '-qi', 'HEAD~2'], { env: { GIT_SEQUENCE_EDITOR: 'sed -i 1s/^pick/edit/' } });
      await byHand('five');
      await test.git('commit', '-qa', '--amend', '--no-edit');
      await test.run(['rebase', '--continue'], { env: QUIET });
      assert.deepEqual(
        [await shown('HEAD~'), await shown()],
        ['+5 human, +9 ai, -5 human, -9 ai', '+2 human, -2 human'],
      );
      assert.equal(await message('HEAD~'), `Nine\n\n${TRAILERS('+1 -1 of +2 -2')}`);
    });

    it('with a split commit keeps the authors', async () => {
      await byMachine('nine');
      await byHand('two');
      await test.git('commit', '-qam', 'Both');
      await test.run(['rebase', '-qi', 'HEAD~'], { env: { GIT_SEQUENCE_EDITOR: 'sed -i 1s/^pick/edit/' } });
      await test.git('reset', '-q', 'HEAD~');
      await test.run(['add', '-p', 'a.txt'], { input: 's\ny\nn\n' });
      await test.git('commit', '-qm', 'Two');
      await test.git('commit', '-qam', 'Nine');
      await test.run(['rebase', '--continue'], { env: QUIET });
      assert.deepEqual([await shown('HEAD~'), await shown()], ['+2 human, -2 human', '+9 ai, -9 ai']);
      assert.deepEqual([await message('HEAD~'), await message()], ['Two', `Nine\n\n${TRAILERS('+1 -1 of +1 -1')}`]);
    });

    for (const who of ['ai', 'human'] as const) {
      it(`with a conflict that ${who === 'ai' ? 'an assistant' : 'a person'} resolved is theirs`, async () => {
        await conflict();
        await test.run(['rebase', '-q', 'main', 'work']);
        await resolve(who);
        await test.git('add', 'a.txt');
        await test.run(['rebase', '--continue'], { env: QUIET });
        assert.deepEqual([await shown('HEAD~'), await shown()], [`+10 ${who}, -10 ${who}`, '+3 human, -3 human']);
      });
    }

    it('to before a rename keeps the authors', async () => {
      test.write('c.txt', 'beside it\n');
      await test.commit('Beside');
      await test.git('mv', 'a.txt', 'b.txt');
      await test.git('commit', '-qm', 'Another name');
      await as('ai', test, ['b.txt'], () =>
        test.write('b.txt', BASE.replace('two\n', 'two by machine\n').replace('eight\n', '')),
      );
      await test.git('commit', '-qam', 'fixup! Beside');
      await test.run(['rebase', '-qi', '--autosquash', 'HEAD~3'], { env: { GIT_SEQUENCE_EDITOR: 'true', ...QUIET } });
      assert.equal(await test.git('log', '-2', '--format=%s'), 'Another name\nBeside');
      assert.equal(await shown('HEAD~'), '+2 ai, -2 ai, -8 ai');
    });

    it('git pull --rebase keeps the authors', async () => {
      await branches();
      await test.git('switch', '-q', 'work');
      await test.git('pull', '-q', '--rebase', '.', 'main');
      assert.deepEqual([await shown('HEAD~'), await shown()], ['+10 ai, -10 ai', '+3 human, -3 human']);
    });
  });

  describe('by revert and restore', () => {
    it('a revert with another change: the restored line is unknown', async () => {
      await byMachine('nine');
      await test.git('commit', '-qam', 'Nine');
      await test.git('revert', '-n', 'HEAD');
      await byHand('two');
      await test.git('commit', '-qam', 'Back, and two');
      assert.equal(await shown(), '+2 human, +9 unknown, -2 human, -9 unknown');
    });

    it("a revert in a renamed file: the removed line is the person's", async () => {
      await byMachine('nine');
      await test.git('commit', '-qam', 'Nine');
      await test.git('mv', 'a.txt', 'b.txt');
      await test.git('commit', '-qm', 'Another name');
      await test.git('revert', '--no-edit', 'HEAD~');
      assert.equal(await shown('HEAD', 'b.txt'), '+9 unknown, -9 human');
    });

    it("revert -n with another message: the removed line is the person's", async () => {
      await byMachine('nine');
      await test.git('commit', '-qam', 'Nine');
      await test.git('revert', '-n', 'HEAD');
      await test.git('commit', '-qm', 'Own words');
      assert.deepEqual([await shown(), await message()], ['+9 unknown, -9 human', 'Own words']);
    });

    it("revert -n by an assistant is the assistant's", async () => {
      await byMachine('nine');
      await test.git('commit', '-qam', 'Nine');
      await as('ai', test, [], () => test.git('revert', '-n', 'HEAD'));
      await test.git('commit', '-qm', 'Own words');
      assert.deepEqual(
        [await shown(), await message()],
        ['+9 ai, -9 ai', `Own words\n\n${TRAILERS('+1 -1 of +1 -1')}`],
      );
    });

    it("a dropped revert -n, then the same edit by an assistant, is the assistant's", async () => {
      await byMachine('nine');
      await test.git('commit', '-qam', 'Nine');
      await test.git('revert', '-n', 'HEAD');
      await test.git('checkout', '-q', 'HEAD', '--', 'a.txt');
      await as('ai', test, ['a.txt'], edit('nine by machine\n', 'nine\n'));
      assert.ok(existsSync(test.at('.git/REVERT_HEAD')));
      await test.git('commit', '-qam', 'Own words');
      assert.deepEqual(
        [await shown(), await message()],
        ['+9 ai, -9 ai', `Own words\n\n${TRAILERS('+1 -1 of +1 -1')}`],
      );
    });

    it("a revert's conflict belongs to who resolved it", async () => {
      await byMachine('nine');
      await test.git('commit', '-qam', 'Nine');
      await byHand('nine by machine');
      await test.git('commit', '-qam', 'By hand');
      assert.notEqual((await test.run(['revert', 'HEAD~'])).code, 0);
      await resolve('ai');
      await test.git('commit', '-qam', 'Own words');
      assert.equal(await shown(), '+9 ai, -9 ai');
    });

    it("git restore of another commit's text by an assistant is the assistant's", async () => {
      await byMachine('nine');
      await test.git('commit', '-qam', 'Nine');
      await test.git('checkout', 'HEAD~', '--', 'a.txt');
      await test.git('commit', '-qm', 'Older');
      assert.equal(await shown(), '+9 unknown, -9 unknown');
      await as('ai', test, [], () => test.git('restore', '--source=HEAD~', 'a.txt'));
      await test.git('commit', '-qam', 'Newer again');
      assert.equal(await shown(), '+9 ai, -9 ai');
    });

    it("an assistant's restored line that a person removes: the removal is unknown", async () => {
      await byMachine('nine');
      await test.git('commit', '-qam', 'Nine');
      await as('human', test, ['a.txt'], edit('nine by machine\n', 'nine by hand\n'));
      await test.git('commit', '-qam', 'Nine by hand');
      await test.git('checkout', 'HEAD~', '--', 'a.txt');
      await as('human', test, ['a.txt'], edit('nine by machine\n', ''));
      await test.git('commit', '-qam', 'Without nine');
      assert.equal(await shown(), '-9 unknown');
      assert.equal(await message(), 'Without nine');
    });

    it('git restore of uncommitted work leaves nothing of it', async () => {
      await byMachine('nine');
      await test.git('restore', 'a.txt');
      await byHand('two');
      await test.git('commit', '-qam', 'Two');
      assert.equal(await shown(), '+2 human, -2 human');
      assert.equal(await message(), 'Two');
    });
  });

  it('by rebase --autosquash with two conflicts has the same authors in note and trailers', async () => {
    const other = (text: string) => (): void => test.write('c.txt', text);
    other('alpha of c\nbeta of c\ngamma of c\n')();
    await test.commit('c');
    await byMachine('two');
    await test.git('commit', '-qam', 'Two');
    await as('human', test, ['a.txt'], edit('two by machine\n', 'two by both\n'));
    await test.git('commit', '-qam', 'Both');
    await as('ai', test, ['a.txt'], edit('two by both\n', 'two by all\n'));
    await as('ai', test, ['c.txt'], other('alpha of c\n  beta of c\n  gamma of c\n'));
    await test.git('commit', '-qam', 'squash! Two');
    await test.run(['rebase', '-qi', '--autosquash', 'HEAD~3'], { env: QUIET });
    const settled = async (line: string): Promise<void> => {
      assert.match(test.read('a.txt'), /<<<<<<</);
      await as('human', test, ['a.txt'], () =>
        test.write('a.txt', test.read('a.txt').replace(/<<<<<<<[^]*?>>>>>>> [^\n]*\n/, line)),
      );
      await test.git('add', 'a.txt');
      await test.run(['rebase', '--continue'], { env: QUIET });
    };
    await settled('two by all of them\n');
    await settled('two by whom it may be\n');
    assert.equal(await test.git('log', '-3', '--format=%s'), 'Both\nTwo\nc');
    assert.equal(await shown('HEAD~', 'c.txt'), '+2-3 ai, -2-3 ai');
    assert.match(await message('HEAD~'), /AI-Lines: \+3 -3 of \+3 -3/);
  });

  it("by revert -n of a rename is the person's, though an assistant had made the file", async () => {
    await as('ai', test, ['b.txt'], () => test.write('b.txt', BASE));
    await test.commit('Made');
    await as('human', test, ['b.txt', 'c.txt'], () => test.git('mv', 'b.txt', 'c.txt'));
    await test.commit('Renamed');
    await test.git('revert', '-n', 'HEAD');
    await test.commit('Back');
    await settle(test.repository(), tick);
    const id = await test.git('rev-parse', 'HEAD');
    const [file] = (await showCommits(test.repository(), [id])).get(id)?.files ?? [];
    assert.deepEqual([file?.path, file?.from, file?.change?.author], ['b.txt', 'c.txt', 'human']);
    assert.equal(await message(), 'Back');
  });

  describe('after git reset', () => {
    for (const how of ['--soft', '--mixed']) {
      it(`${how}: the removed commits' lines keep their authors`, async () => {
        await byMachine('nine');
        await test.git('commit', '-qam', 'Nine');
        await byHand('two');
        await test.git('commit', '-qam', 'Two');
        await test.git('reset', '-q', how, 'HEAD~2');
        await test.git('commit', '-qam', 'Both');
        assert.equal(await shown(), '+2 human, +9 ai, -2 human, -9 ai');
        assert.equal(await message(), `Both\n\n${TRAILERS('+1 -1 of +2 -2')}`);
      });
    }

    it('--hard: an agent that commits before reporting its edit is credited', async () => {
      await byHand('nine');
      await test.git('commit', '-qam', 'Nine');
      await as('human', test, ['a.txt'], edit('nine by hand\n', ''));
      await test.git('commit', '-qam', 'Without nine');
      await byMachine('two');
      await test.git('reset', '-q', '--hard', 'HEAD~');
      const report = (event: 'before' | 'after'): Promise<unknown> =>
        record(
          test.repository(),
          {
            event,
            id: 'command',
            by: { author: 'ai', assistant: 'kiro', session: 's', evidence: 'observed' },
            cwd: test.root,
            files: [],
            edits: [],
            onDisk: true,
          },
          tick,
        );
      await report('before');
      edit('nine by hand\n', '')();
      edit('four\n', 'four\nand a half\n')();
      await test.git('commit', '-qam', 'Without it again');
      await report('after');
      assert.equal(await shown(), '+5 ai, -9 ai');
    });

    for (const committed of [false, true]) {
      it(`--hard: an agent that repeats a person's removal (${committed ? 'committed' : 'uncommitted'}) is credited`, async () => {
        await as('human', test, ['a.txt'], edit('nine\n', ''));
        if (committed) await test.git('commit', '-qam', 'Without nine');
        await test.git('reset', '-q', '--hard', committed ? 'HEAD~' : 'HEAD');
        const report = (event: 'before' | 'after'): Promise<unknown> =>
          record(
            test.repository(),
            {
              event,
              id: 'command',
              by: { author: 'ai', assistant: 'kiro', session: 's', evidence: 'observed' },
              cwd: test.root,
              files: [],
              edits: [],
              onDisk: true,
            },
            tick,
          );
        await report('before');
        edit('nine\n', '')();
        await test.git('commit', '-qam', 'Without it again');
        await report('after');
        assert.equal(await shown(), '-9 ai');
        assert.equal(await message(), 'Without it again\n\nAssisted-by: kiro\nAI-Lines: +0 -1 of +0 -1');
      });
    }

    it('--mixed: white space keeps its author', async () => {
      await as('human', test, ['a.txt'], edit('nine\n', '  nine\n'));
      await test.git('commit', '-qam', 'Nine, indented');
      await test.git('reset', '-q', 'HEAD~');
      const { added, removed } = await askJson<{ readonly added: object; readonly removed: object }>(test, 'status');
      const human = { ai: 0, human: 1, unknown: 0 };
      assert.deepEqual([added, removed], [human, human]);
      await test.git('commit', '-qam', 'Once more');
      assert.equal(await shown(), '+9 human, -9 human');
    });

    for (const how of ['--soft', '--mixed', '--hard']) {
      it(`${how} and an unrecorded change: a repeated removal is ${how === '--hard' ? 'unknown' : "its author's, and so is white space"}`, async () => {
        edit('four\n', 'the fourth line\n')();
        edit('nine\n', 'the ninth line\n')();
        await test.git('commit', '-qam', 'Longer');
        await as('human', test, ['a.txt'], edit('the fourth line\n', ''));
        await as('ai', test, ['a.txt'], edit('the ninth line\n', '  the ninth line\n'));
        await test.git('commit', '-qam', 'Without four');
        await test.git('reset', '-q', how, 'HEAD~');
        edit('two\n', 'two by nobody\n')();
        if (how === '--hard') edit('the fourth line\n', '')();
        await test.git('commit', '-qam', 'Once more');
        assert.equal(
          await shown(),
          how === '--hard' ? '+2 unknown, -2 unknown, -4 unknown' : '+2 unknown, +8 ai, -2 unknown, -4 human, -9 ai',
        );
      });
    }

    it('--hard: the removed lines leave nothing', async () => {
      await byMachine('nine');
      await test.git('commit', '-qam', 'Nine');
      await byMachine('seven');
      await test.git('reset', '-q', '--hard', 'HEAD~');
      await byHand('two');
      await test.git('commit', '-qam', 'Two');
      assert.equal(await shown(), '+2 human, -2 human');
      assert.equal(await message(), 'Two');
    });
  });

  describe('after git stash', () => {
    it('popped elsewhere with an untracked file: the authors stay', async () => {
      await as('ai', test, ['a.txt', 'new.txt'], () => {
        edit('nine\n', 'nine by machine\n')();
        test.write('new.txt', 'new\n');
      });
      await test.git('stash', '-q', '-u');
      assert.equal(existsSync(test.at('new.txt')), false);
      await test.git('switch', '-qc', 'other');
      await test.git('stash', 'pop', '-q');
      await test.git('add', '-A');
      await test.git('commit', '-qm', 'Popped');
      assert.deepEqual([await shown(), await shown('HEAD', 'new.txt')], ['+9 ai, -9 ai', '+1 ai']);
    });

    it('of one file: the authors stay', async () => {
      test.write('b.txt', BASE);
      await test.git('add', 'b.txt');
      await test.git('commit', '-qm', 'b');
      await byMachine('nine');
      await as('human', test, ['b.txt'], edit('two\n', 'two by hand\n', 'b.txt'));
      await test.git('stash', 'push', '-q', 'a.txt');
      await test.git('commit', '-qam', 'Only b');
      await test.git('stash', 'apply', '-q');
      await test.git('stash', 'drop', '-q');
      await test.git('commit', '-qam', 'Then a');
      assert.deepEqual([await shown('HEAD~', 'b.txt'), await shown()], ['+2 human, -2 human', '+9 ai, -9 ai']);
    });

    it('dropped: nothing of it stays', async () => {
      await byMachine('nine');
      await test.git('stash', '-q');
      await test.git('stash', 'drop', '-q');
      edit('two\n', 'two by nobody\n')();
      await test.git('commit', '-qam', 'Two');
      assert.equal(await shown(), '+2 unknown, -2 unknown');
    });

    it('branch: the authors stay', async () => {
      await byMachine('nine');
      await test.git('stash', '-q');
      edit('nine\n', 'nine by nobody\n')();
      await test.git('commit', '-qam', 'Other nine');
      await test.git('stash', 'branch', 'kept');
      await test.git('commit', '-qam', 'Kept');
      assert.equal(await shown(), '+9 ai, -9 ai');
    });
  });

  describe('in another place', () => {
    it('a linked work tree has its own authors', async () => {
      const folder = test.outside('linked');
      await test.git('worktree', 'add', '-q', folder, '-b', 'linked');
      const linked = Repository.find(folder) ?? assert.fail('no work tree');
      const report = (event: 'before' | 'after'): Promise<unknown> =>
        record(
          linked,
          {
            event,
            id: 'x',
            by: { author: 'ai', assistant: 'amp', evidence: 'reported' },
            cwd: folder,
            files: ['a.txt'],
            edits: [],
            onDisk: true,
          },
          tick,
        );
      await report('before');
      await test.run(['config', '--file', `${folder}/a.txt`, 'x.y', 'z']);
      await report('after');
      await byHand('two');
      await test.run(['commit', '-qam', 'Linked'], { cwd: folder });
      await test.git('commit', '-qam', 'Main');
      assert.equal(await shown('linked', 'a.txt', linked), '+11-12 ai');
      assert.equal(await shown(), '+2 human, -2 human');
    });

    /** A work tree beside the main one, in which an assistant or a person writes lines. */
    const linkedWorktree = async (): Promise<{
      readonly folder: string;
      readonly write: (author: 'ai' | 'human', text: string) => Promise<void>;
    }> => {
      const folder = test.outside('linked');
      await test.git('worktree', 'add', '-q', folder, '-b', 'linked');
      const linked = Repository.find(folder) ?? assert.fail('no work tree');
      const write = async (author: 'ai' | 'human', text: string): Promise<void> => {
        const by =
          author === 'ai'
            ? ({ author, assistant: 'amp', evidence: 'reported' } as const)
            : ({ author, evidence: 'observed' } as const);
        const report = (event: 'before' | 'after'): Promise<unknown> =>
          record(linked, { event, id: text, by, cwd: folder, files: ['a.txt'], edits: [], onDisk: true }, tick);
        await report('before');
        writeFileSync(`${folder}/a.txt`, readFileSync(`${folder}/a.txt`, 'utf8').replace('ten\n', `ten\n${text}\n`));
        await report('after');
      };
      return { folder, write };
    };

    it("a linked work tree's unsettled commits are picked and squashed in the main one with their authors", async () => {
      const { folder, write } = await linkedWorktree();
      const asked = async (revision: string): Promise<string[]> =>
        (
          await askJson<{ readonly files: readonly { readonly ranges: readonly LineRange[] }[] }>(
            test,
            'show',
            revision,
          )
        ).files.flatMap(({ ranges }) =>
          ranges.map(({ start, end, author }) => `${String(start)}-${String(end)} ${author}`),
        );
      await write('human', 'by hand');
      await write('ai', 'by machine');
      await test.run(['commit', '-qam', 'Linked'], { cwd: folder });
      assert.deepEqual(await asked('linked'), ['11-11 ai', '12-12 human']);
      await byHand('two'); // so that the main one has a record
      await test.git('commit', '-qam', 'Main');
      await write('human', 'more by hand');
      await write('ai', 'more by machine');
      await test.run(['commit', '-qam', 'Linked too'], { cwd: folder });
      await test.git('merge', '-q', '--squash', 'linked');
      await test.git('commit', '-qm', 'Both');
      assert.equal(await message(), 'Both\n\nAssisted-by: amp\nAI-Lines: +2 -0 of +4 -0');
      assert.deepEqual(await asked('HEAD'), ['11-11 ai', '12-12 human', '13-13 ai', '14-14 human']);
    });

    for (const [how, goes] of [
      ['removed', (folder: string) => test.git('worktree', 'remove', folder)],
      [
        'deleted and pruned',
        async (folder: string) => (rmSync(folder, { recursive: true }), test.git('worktree', 'prune')),
      ],
      ['deleted', (folder: string) => rmSync(folder, { recursive: true })],
      [
        'moved, and then removed',
        async (folder: string) => (
          await test.git('worktree', 'move', folder, `${folder} 2`),
          test.git('worktree', 'remove', `${folder} 2`)
        ),
      ],
      [
        'removed, with another one in its place',
        async (folder: string) => (
          await test.git('worktree', 'remove', folder),
          test.git('worktree', 'add', '-q', '--detach', folder)
        ),
      ],
    ] as const) {
      it(`a linked work tree ${how} before any command keeps its authors`, async () => {
        const { folder, write } = await linkedWorktree();
        await write('ai', 'by machine');
        await test.run(['commit', '-qam', 'First'], { cwd: folder });
        await write('human', 'by hand');
        await test.run(['commit', '-qam', 'Second'], { cwd: folder });
        await write('ai', 'and more');
        await test.run(['commit', '-q', '--amend', '-am', 'Second, amended'], { cwd: folder });
        await goes(folder);
        const { files } = await askJson<{ readonly files: readonly { readonly ranges: readonly LineRange[] }[] }>(
          test,
          'show',
          'linked',
        );
        assert.deepEqual(
          files.flatMap(({ ranges }) =>
            ranges.map(({ start, end, author }) => `${String(start)}-${String(end)} ${author}`),
          ),
          ['11-11 ai', '12-12 human'],
        );
        assert.equal(await shown('linked~'), '+11 ai');
        assert.equal(
          existsSync(test.at('.git/linekeeper/drafts')) && readdirSync(test.at('.git/linekeeper/drafts')).length > 0,
          false,
        );
      });
    }

    it('a detached HEAD has authors and trailers', async () => {
      await test.git('switch', '-q', '--detach');
      await byMachine('nine');
      await test.git('commit', '-qam', 'Nine');
      assert.equal(await shown(), '+9 ai, -9 ai');
      assert.equal(await message(), `Nine\n\n${TRAILERS('+1 -1 of +1 -1')}`);
    });

    it('an orphan branch has authors and trailers', async () => {
      await test.git('switch', '-q', '--orphan', 'alone');
      await as('ai', test, ['b.txt'], () => test.write('b.txt', 'b\n'));
      await test.git('add', 'b.txt');
      await test.git('commit', '-qm', 'Alone');
      assert.equal(await shown('HEAD', 'b.txt'), '+1 ai');
      assert.equal(await message(), `Alone\n\n${TRAILERS('+1 -0 of +1 -0')}`);
    });
  });

  it('by an octopus merge has no lines of its own', async () => {
    for (const name of ['x', 'y', 'z']) {
      await test.git('switch', '-qc', name, 'main');
      await as('ai', test, [`${name}.txt`], () => test.write(`${name}.txt`, 'new\n'));
      await test.git('add', '-A');
      await test.git('commit', '-qm', name);
    }
    await test.git('switch', '-q', 'main');
    await test.git('merge', '-q', '--no-edit', 'x', 'y', 'z');
    assert.equal((await test.git('log', '-1', '--format=%P')).split(' ').length, 4 - 1);
    assert.deepEqual([await shown('HEAD', 'x.txt'), await shown('x', 'x.txt')], ['', '+1 ai']);
    assert.doesNotMatch(await message(), /AI-Lines/);
  });

  it('by an amended merge has only what differs from all parents', async () => {
    await branches();
    await test.git('merge', '-q', '--no-edit', 'work');
    await byMachine('five');
    await test.git('commit', '-qa', '--amend', '-m', 'Merge and more');
    assert.equal((await test.git('log', '-1', '--format=%P')).split(' ').length, 2);
    assert.deepEqual(
      [await shown(), await message()],
      ['+6 ai, -6 ai', `Merge and more\n\n${TRAILERS('+1 -1 of +1 -1')}`],
    );
    await test.git('commit', '-q', '--amend', '--no-edit');
    assert.equal(await message(), `Merge and more\n\n${TRAILERS('+1 -1 of +1 -1')}`);
  });

  it('by an amended clean merge without changes has no trailers', async () => {
    await branches();
    await test.git('merge', '-q', '--no-edit', 'work');
    await test.git('commit', '-q', '--amend', '-m', 'Merge, in other words');
    assert.equal(await message(), 'Merge, in other words');
  });

  it('by format-patch and git am keeps the authors', async () => {
    await branches();
    const patches = await test.git('format-patch', '--stdout', 'main..work');
    await test.run(['am', '-q', '-3'], { input: `${patches}\n` });
    assert.deepEqual([await shown('HEAD~'), await shown()], ['+10 ai, -10 ai', '+3 human, -3 human']);
    assert.equal(await message('HEAD~'), `Nine\n\n${TRAILERS('+1 -1 of +1 -1')}`);
  });

  it('by a program without hooks and reflog has its authors', async () => {
    await byMachine('nine');
    await test.git('add', 'a.txt');
    const commit = await test.git('commit-tree', '-p', 'HEAD', '-m', 'By a library', await test.git('write-tree'));
    await test.git('-c', 'core.logAllRefUpdates=false', 'update-ref', '--no-deref', 'refs/heads/main', commit);
    assert.equal(await shown(), '+9 ai, -9 ai');
  });

  it('by a program with its own reflog messages has its authors', async () => {
    await byMachine('nine');
    await test.git('add', 'a.txt');
    const commit = await test.git('commit-tree', '-p', 'HEAD', '-m', 'By a library', await test.git('write-tree'));
    await test.git('update-ref', '-m', 'my-client: saved', 'HEAD', commit);
    assert.equal(await shown(), '+9 ai, -9 ai');
  });

  describe('trailers in a message', () => {
    const written = async (
      configuration: readonly string[],
      editor: string,
      words: readonly string[] = [],
    ): Promise<string> => {
      await byMachine('nine');
      const options = configuration.flatMap((one) => ['-c', one]);
      const result = await test.run([...options, 'commit', '-qa', ...words], { env: { GIT_EDITOR: editor } });
      assert.equal(result.code, 0, result.stderr);
      return test.git('log', '-1', '--format=%B');
    };
    const SUBJECT = 'sed -i "1s/^/Subject/"';
    for (const [name, configuration] of [
      ['another comment character', ['core.commentChar=;']],
      ['one that git chooses', ['core.commentChar=auto']],
      ['comments kept apart by scissors', ['commit.cleanup=scissors']],
      ['white space cleaned only', ['commit.cleanup=strip', 'commit.status=false']],
      ['the change below it', ['commit.verbose=true']],
      ['the change below it, and another comment character', ['commit.verbose=2', 'core.commentChar=%']],
    ] as const) {
      it(`written in the editor with ${name} come last`, async () => {
        assert.equal(await written(configuration, SUBJECT), `Subject\n\n${TRAILERS('+1 -1 of +1 -1')}\n`);
      });
    }

    it('with commit.cleanup=verbatim come last', async () => {
      assert.equal(
        await written(['commit.cleanup=verbatim'], 'true', ['-m', 'Subject\n\n# not a comment']),
        `Subject\n\n# not a comment\n\n${TRAILERS('+1 -1 of +1 -1')}\n`,
      );
    });

    it('with commit.cleanup=whitespace come after lines with #', async () => {
      assert.equal(
        await written(['commit.cleanup=whitespace'], 'true', ['-m', 'Subject\n\n# not a comment']),
        `Subject\n\n# not a comment\n\n${TRAILERS('+1 -1 of +1 -1')}\n`,
      );
    });
  });
});
