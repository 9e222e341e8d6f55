import assert from 'node:assert/strict';
import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import type { LineRange } from '../../../src/provenance/authorship/types';
import { trailerPolicy } from '../../../src/policy/local-work';
import { prepareAnswer } from '../../../src/provenance/commits';
import { itInFull } from '../../support/full';
import { askJson, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as, tick } from '../../support/worker';

interface Shown {
  readonly added: Record<string, number>;
  readonly removed: Record<string, number>;
  readonly files: readonly {
    readonly path: string;
    readonly ranges: readonly LineRange[];
    readonly removed: readonly LineRange[];
  }[];
}

const BASE = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n';

describe('git commit with our hooks:', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', BASE);
    await test.commit('start');
    assert.equal((await linekeeper(test, ['install'])).code, 0);
  });
  afterEach(() => test.dispose());

  /** `+2 ai, +4-5 human, -3 ai` of one commit. */
  const shown = async (revision = 'HEAD', file = 'a.txt'): Promise<string> => {
    const show = await askJson<Shown>(test, 'show', revision);
    const entry = show.files.find((f) => f.path === file);
    const say = (sign: string, r: LineRange): string =>
      `${sign}${String(r.start)}${r.end > r.start ? `-${String(r.end)}` : ''} ${r.author}`;
    return [...(entry?.ranges ?? []).map((r) => say('+', r)), ...(entry?.removed ?? []).map((r) => say('-', r))].join(
      ', ',
    );
  };
  const message = (revision = 'HEAD'): Promise<string> =>
    test.git('log', '-1', '--format=%B', revision).then((text) => text.trimEnd());
  const edit = (from: string, to: string) => (): void => test.write('a.txt', test.read('a.txt').replace(from, to));
  const TRAILERS = (lines: string): string => `Assisted-by: claude-code:model-1\nAI-Lines: ${lines}`;

  itInFull('-m, -a and a path each get trailers and a note', async () => {
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    await as('human', test, ['a.txt'], edit('nine\n', 'nine by hand\n'));
    await test.git('commit', '-qam', 'Both');
    assert.equal(await message(), `Both\n\n${TRAILERS('+1 -1 of +2 -2')}`);
    assert.equal(await shown(), '+2 ai, +9 human, -2 ai, -9 human');
    test.write('b.txt', 'x\n');
    await test.git('add', 'b.txt');
    await as('ai', test, ['a.txt'], edit('five\n', ''));
    await test.git('commit', '-qm', 'Only the path', 'a.txt');
    assert.equal(await message(), `Only the path\n\n${TRAILERS('+0 -1 of +0 -1')}`);
    assert.equal(await shown(), '-5 ai');
  });

  itInFull('a commit without AI lines gets no trailers', async () => {
    await as('human', test, ['a.txt'], edit('two\n', 'two by hand\n'));
    await test.git('commit', '-qam', 'By hand');
    assert.equal(await message(), 'By hand');
    assert.equal(await shown(), '+2 human, -2 human');
  });

  itInFull('a commit has the authors of what is staged, and the next one those of the rest', async () => {
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    await test.git('add', 'a.txt');
    await as('ai', test, ['a.txt'], edit('nine\n', 'nine by machine\n'));
    await test.git('commit', '-qm', 'Staged');
    assert.equal(await shown(), '+2 ai, -2 ai');
    assert.equal(await message(), `Staged\n\n${TRAILERS('+1 -1 of +1 -1')}`);
    await test.git('commit', '-qam', 'Rest');
    assert.equal(await shown(), '+9 ai, -9 ai');
  });

  itInFull('single hunks of a file keep their authors', async () => {
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    await as('human', test, ['a.txt'], edit('nine\n', 'nine by hand\n'));
    await test.run(['add', '-p', 'a.txt'], { input: 's\nn\ny\n' });
    await test.git('commit', '-qm', 'Second hunk');
    assert.equal(await shown(), '+9 human, -9 human');
    assert.equal(await message(), 'Second hunk');
    await test.git('commit', '-qam', 'First hunk');
    assert.equal(await shown(), '+2 ai, -2 ai');
  });

  describe('after lines were staged one by one,', () => {
    const OLD = ['one', 'two', 'three', 'four'].map((word) => `${word} as it was`);
    const indented = (line: string): string => `  ${line}`;
    const write = (lines: readonly string[]) => (): void =>
      test.write('c.txt', lines.map((line) => `${line}\n`).join(''));
    const stage = async (...lines: readonly string[]): Promise<void> => {
      const blob = (
        await test.run(['hash-object', '-w', '--stdin'], { input: lines.map((line) => `${line}\n`).join('') })
      ).stdout.trim();
      await test.git('update-index', '--cacheinfo', `100644,${blob},c.txt`);
      await test.git('commit', '-qm', 'Staged');
    };
    beforeEach(async () => {
      await as('human', test, ['c.txt'], write(OLD));
      await test.git('add', 'c.txt');
      await test.git('commit', '-qm', 'Four lines');
    });

    for (const who of ['ai', 'human'] as const) {
      itInFull(`the rest belongs to who changed its white space: ${who}`, async () => {
        await as(who, test, ['c.txt'], write(OLD.map(indented)));
        const [one = '', two = '', three = '', four = ''] = OLD;
        await stage(two, four, indented(one), indented(three));
        await test.git('commit', '-qam', 'Rest');
        assert.equal(await shown('HEAD', 'c.txt'), `+2 ${who}, +4 ${who}, -1-2 ${who}`);
      });
    }

    itInFull('the rest belongs to who changed its words, also two commits later', async () => {
      const other = (line: string): string => line.replace('was', 'is now');
      await as('human', test, ['c.txt'], write(OLD.map(other)));
      const [one = '', two = '', three = '', four = ''] = OLD;
      await stage(two, three, four, other(one));
      await stage(two, four, other(one), other(three));
      await test.git('commit', '-qam', 'Rest');
      assert.equal(await shown('HEAD', 'c.txt'), '+2 human, +4 human, -1-2 human');
    });

    itInFull('the rest belongs to who changed it when the older text was never recorded', async () => {
      const lines = BASE.trimEnd().split('\n');
      await as('ai', test, ['a.txt'], () => test.write('a.txt', lines.map((line) => `${indented(line)}\n`).join('')));
      const blob = (
        await test.run(['hash-object', '-w', '--stdin'], {
          input: [...lines.slice(1), indented('one')].map((line) => `${line}\n`).join(''),
        })
      ).stdout.trim();
      await test.git('update-index', '--cacheinfo', `100644,${blob},a.txt`);
      await test.git('commit', '-qm', 'Staged');
      await test.git('commit', '-qam', 'Rest');
      assert.equal(await shown(), '+2-10 ai, -1-9 ai');
    });

    it('the rest belongs to who removed it, after a part was committed', async () => {
      const [one = '', two = '', , four = ''] = OLD;
      await as('human', test, ['c.txt'], write(['a line of a person', one, two, 'three is new', four]));
      const blob = (
        await test.run(['hash-object', '-w', '--stdin'], {
          input: ['a line of a person', ...OLD].map((line) => `${line}\n`).join(''),
        })
      ).stdout.trim();
      await test.git('update-index', '--cacheinfo', `100644,${blob},c.txt`);
      await as('ai', test, ['c.txt'], write([]));
      await test.git('commit', '-qm', 'Staged');
      await test.git('commit', '-qam', 'Rest');
      assert.equal(await shown('HEAD', 'c.txt'), '-1-3 ai, -4 human, -5 ai');
    });

    it('the rest is unknown where it changed unrecorded since', async () => {
      await as('ai', test, ['c.txt'], write(OLD.map(indented)));
      const [one = '', two = '', three = '', four = ''] = OLD;
      await stage(two, four, indented(one), indented(three));
      await as('nobody', test, ['c.txt'], write([one, two, 'three as nobody saw', four].map(indented)));
      await test.git('commit', '-qam', 'Rest');
      assert.equal(await shown('HEAD', 'c.txt'), '+2 ai, +3 unknown, +4 ai, -1-2 ai, -4 unknown');
    });
  });

  itInFull('--amend updates trailers and note for a new message, new content, and the old content', async () => {
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    await test.git('commit', '-qam', 'First');
    await test.git('commit', '-q', '--amend', '-m', 'Better words');
    assert.equal(await message(), `Better words\n\n${TRAILERS('+1 -1 of +1 -1')}`);
    assert.equal(await shown(), '+2 ai, -2 ai');
    await as('human', test, ['a.txt'], edit('nine\n', 'nine by hand\n'));
    await test.git('commit', '-qa', '--amend', '--no-edit');
    assert.equal(await message(), `Better words\n\n${TRAILERS('+1 -1 of +2 -2')}`);
    assert.equal(await shown(), '+2 ai, +9 human, -2 ai, -9 human');
    edit('two by machine\n', 'two\n')();
    await test.git('commit', '-qa', '--amend', '--no-edit');
    assert.equal(await message(), 'Better words');
    assert.equal(await shown(), '+9 human, -9 human');
  });

  itInFull('--amend keeps a hand-written Assisted-by', async () => {
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    await test.git('commit', '-qam', 'First\n\nAssisted-by: Jane');
    assert.equal(await message(), `First\n\nAssisted-by: Jane\n${TRAILERS('+1 -1 of +1 -1')}`);
    await as('ai', test, ['a.txt'], edit('nine\n', 'nine by machine\n'));
    await test.git('commit', '-qa', '--amend', '--no-edit');
    assert.equal(await message(), `First\n\nAssisted-by: Jane\n${TRAILERS('+2 -2 of +2 -2')}`);
  });

  itInFull('rebase, also with reordered commits, keeps the authors', async () => {
    await test.git('switch', '-qc', 'work');
    await as('ai', test, ['a.txt'], edit('nine\n', 'nine by machine\n'));
    await test.git('commit', '-qam', 'Nine');
    await as('human', test, ['a.txt'], edit('six\n', 'six by hand\n'));
    await test.git('commit', '-qam', 'Six');
    await test.git('switch', '-q', 'main');
    edit('one\n', 'zero\none\n')();
    await test.git('commit', '-qam', 'Zero');
    await test.git('switch', '-q', 'work');
    await test.git('rebase', '-q', 'main');
    assert.equal(await shown('HEAD~'), '+10 ai, -10 ai');
    assert.equal(await shown('HEAD'), '+7 human, -7 human');
    assert.equal(await message('HEAD~'), `Nine\n\n${TRAILERS('+1 -1 of +1 -1')}`);
    await test.run(['rebase', '-qi', 'HEAD~2'], { env: { GIT_SEQUENCE_EDITOR: 'sed -i -n "1{h;d};2{p;g;p}"' } });
    assert.equal(await shown('HEAD'), '+10 ai, -10 ai');
    assert.equal(await shown('HEAD~'), '+7 human, -7 human');
  });

  itInFull('squash and fixup in a rebase keep the authors', async () => {
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    await test.git('commit', '-qam', 'Two');
    await as('human', test, ['a.txt'], edit('nine\n', 'nine by hand\n'));
    await test.git('commit', '-qa', '--fixup', 'HEAD');
    await test.run(['rebase', '-qi', '--autosquash', 'HEAD~2'], {
      env: { GIT_SEQUENCE_EDITOR: 'true', GIT_EDITOR: 'true' },
    });
    assert.equal(await test.git('rev-list', '--count', 'HEAD'), '2');
    assert.equal(await shown(), '+2 ai, +9 human, -2 ai, -9 human');
  });

  itInFull('cherry-pick keeps authors and trailers', async () => {
    await test.git('switch', '-qc', 'work');
    await as('ai', test, ['a.txt'], edit('nine\n', 'nine by machine\n'));
    await test.git('commit', '-qam', 'Nine');
    await test.git('switch', '-q', 'main');
    edit('one\n', 'zero\none\n')();
    await test.git('commit', '-qam', 'Zero');
    await test.git('cherry-pick', 'work');
    assert.equal(await shown(), '+10 ai, -10 ai');
    assert.equal(await message(), `Nine\n\n${TRAILERS('+1 -1 of +1 -1')}`);
  });

  itInFull('merge --squash keeps the authors, and its trailers count them', async () => {
    await test.git('switch', '-qc', 'work');
    await as('ai', test, ['a.txt'], edit('nine\n', 'nine by machine\n'));
    await test.git('commit', '-qam', 'Nine');
    await as('human', test, ['a.txt'], edit('two\n', 'two by hand\n'));
    await test.git('commit', '-qam', 'Two');
    await test.git('switch', '-q', 'main');
    await test.git('merge', '-q', '--squash', 'work');
    await test.git('commit', '-q', '--no-edit');
    assert.equal(await shown(), '+2 human, +9 ai, -2 human, -9 ai');
    assert.match(await message(), /\n\nAssisted-by: claude-code:model-1\nAI-Lines: \+1 -1 of \+2 -2$/);
  });

  itInFull(
    "an exact revert is the person's for what it removes, and for restored lines older than the record",
    async () => {
      await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
      await test.git('commit', '-qam', 'Two');
      edit('nine\n', 'nine by nobody\n')();
      await test.git('commit', '-qam', 'Nine');
      await test.git('revert', '--no-edit', 'HEAD~');
      assert.equal(await shown(), '+2 human, -2 human');
      assert.doesNotMatch(await message(), /AI-Lines/);
    },
  );

  itInFull("a revert that restores an assistant's line makes it that assistant's again", async () => {
    await as('ai', test, ['a.txt'], async () => {
      edit('two\n', '  two by machine\n')();
      await test.git('commit', '-qam', 'Two');
    });
    edit('  two by machine\n', 'two by nobody\n')();
    await test.git('commit', '-qam', 'Nobody');
    await test.git('revert', '--no-edit', 'HEAD');
    assert.equal(await shown(), '+2 ai, -2 human');
    assert.match(await message(), /\n\nAssisted-by: claude-code:model-1\nAI-Lines: \+1 -0 of \+1 -1$/);
  });

  itInFull("a revert of a revert of an assistant's commit is the person's for what it removes", async () => {
    await as('ai', test, ['a.txt'], edit('two\n', ''));
    await test.git('commit', '-qam', 'Without two');
    await test.git('revert', '--no-edit', 'HEAD');
    await test.git('revert', '--no-edit', 'HEAD');
    assert.equal(await shown(), '-2 human');
    assert.doesNotMatch(await message(), /AI-Lines/);
  });

  it("a revert of a revert of an assistant's commit restores the assistant's lines, also prepared ahead", async () => {
    await as('human', test, ['a.txt'], edit('two\n', 'red green\n'));
    await test.git('commit', '-qam', 'Begin');
    await as('ai', test, ['a.txt'], edit('red green\nthree\n', 'red\nthree\nwarm rain falls\nold cars wait\n'));
    await test.git('commit', '-qam', 'More');
    await test.git('revert', '--no-edit', 'HEAD');
    await test.git('revert', '--no-edit', 'HEAD');
    const told = await shown();
    await test.git('commit', '-q', '--amend', '-m', 'Other words');
    assert.equal(await shown(), told);
    assert.equal(told, '+2 ai, +4-5 ai, -2 human');
    assert.equal(await message(), `Other words\n\n${TRAILERS('+3 -0 of +3 -1')}`);
    await test.git('reset', '-q', '--soft', 'HEAD~');
    const again = { ai: 3, human: 0, unknown: 0 };
    assert.deepEqual((await askJson<Shown>(test, 'status')).added, again, 'while it is not committed');
    assert.deepEqual(
      (await prepareAnswer(test.repository(), await trailerPolicy(test.repository()), { now: tick }))?.change.added,
      again,
      'while it is staged',
    );
  });

  itInFull("a revert that an assistant runs is the assistant's", async () => {
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    await test.git('commit', '-qam', 'Two');
    await as('ai', test, [], () => test.git('revert', '--no-edit', 'HEAD'));
    assert.equal(await shown(), '+2 ai, -2 ai');
  });

  it("a commit and its revert in one command of an assistant are the assistant's", async () => {
    await as('ai', test, [], async () => {
      edit('two\n', 'two by machine\n')();
      await test.git('commit', '-qam', 'Two');
      await test.git('revert', '--no-edit', 'HEAD');
    });
    assert.equal(await shown(), '+2 ai, -2 ai');
  });

  it("a revert of an assistant's lines that a person edited before the commit has no AI lines", async () => {
    test.write('a.txt', 'red green blue\none\ntwo\nthree\nfour\n');
    await test.git('commit', '-qam', 'Short');
    await as(
      'ai',
      test,
      ['a.txt'],
      edit('two\n', 'two\nwarm rain falls over grey roofs\nold cars wait below dark trees\n'),
    );
    edit(' blue', '')();
    edit(' grey', '')();
    await test.git('commit', '-qam', 'More');
    await test.git('revert', '--no-edit', 'HEAD');
    assert.equal(await shown(), '+1 human, -1 human, -4-5 human');
    assert.doesNotMatch(await message(), /AI-Lines/);
  });

  it('a clean merge has no lines of its own, and a conflict belongs to who resolved it', async () => {
    await test.git('switch', '-qc', 'work');
    await as('ai', test, ['a.txt'], edit('nine\n', 'nine by machine\n'));
    await test.git('commit', '-qam', 'Nine');
    await test.git('switch', '-q', 'main');
    edit('one\n', 'zero\none\n')();
    await test.git('commit', '-qam', 'Zero');
    await test.git('merge', '-q', '--no-edit', 'work');
    assert.equal(await shown(), '');
    assert.doesNotMatch(await message(), /AI-Lines/);
    await test.git('switch', '-qc', 'other', 'HEAD~');
    edit('nine\n', 'nine by nobody\n')();
    await test.git('commit', '-qam', 'Other nine');
    await test.run(['merge', '-q', 'work']);
    await as('ai', test, ['a.txt'], () =>
      test.write('a.txt', test.read('a.txt').replace(/<<<<<<<[^]*>>>>>>> work\n/, 'nine by both\n')),
    );
    await test.git('commit', '-qam', 'Merge work');
    assert.equal(await shown(), '+10 ai');
    assert.match(await message(), /AI-Lines: \+1 -0 of \+1 -0/);
  });

  itInFull("a commit inside an agent's command is the agent's", async () => {
    await as('ai', test, [], async () => {
      edit('two\n', 'two by machine\n')();
      test.write('new.txt', 'made\nby\nmachine\n');
      await test.git('add', '-A');
      await test.git('commit', '-qm', 'From the agent');
    });
    assert.equal(await shown(), '+2 ai, -2 ai');
    assert.equal(await shown('HEAD', 'new.txt'), '+1-3 ai');
    assert.equal(await message(), `From the agent\n\n${TRAILERS('+4 -1 of +4 -1')}`);
  });

  it('a commit without hooks gets its note when somebody asks', async () => {
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    await test.git('-c', 'core.hooksPath=/dev/null', 'commit', '-qam', 'No hooks');
    assert.equal(await message(), 'No hooks');
    assert.equal(await shown(), '+2 ai, -2 ai');
  });

  it('a stash in between keeps the authors', async () => {
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    await test.git('stash', '-q');
    edit('nine\n', 'nine by nobody\n')();
    await test.git('commit', '-qam', 'Other');
    await test.git('stash', 'pop', '-q');
    await test.git('commit', '-qam', 'Popped');
    assert.equal(await shown(), '+2 ai, -2 ai');
    assert.equal(await shown('HEAD~'), '+9 unknown, -9 unknown');
  });

  itInFull('an empty message still aborts the commit, in the editor too', async () => {
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    const result = await test.run(['commit', '-qa'], { env: { GIT_EDITOR: 'true' } });
    assert.equal(result.code, 1);
    assert.match(result.stderr, /empty commit message/);
    const written = await test.run(['commit', '-qa'], { env: { GIT_EDITOR: 'sed -i "1s/^/Written in the editor/"' } });
    assert.equal(written.code, 0, written.stderr);
    assert.equal(await message(), `Written in the editor\n\n${TRAILERS('+1 -1 of +1 -1')}`);
  });

  itInFull('existing hooks still run, and uninstall restores them', async () => {
    await linekeeper(test, ['uninstall']);
    const hook = path.join(test.root, '.git', 'hooks', 'commit-msg');
    test.write('.git/hooks/commit-msg', '#!/bin/sh\necho "Checked: yes" >>"$1"\n');
    chmodSync(hook, 0o755);
    await linekeeper(test, ['install']);
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    await test.git('commit', '-qam', 'Checked');
    assert.equal(await message(), `Checked\n\n${TRAILERS('+1 -1 of +1 -1')}\nChecked: yes`);
    await linekeeper(test, ['uninstall']);
    assert.equal(test.read('.git/hooks/commit-msg'), '#!/bin/sh\necho "Checked: yes" >>"$1"\n');
    assert.equal(existsSync(path.join(test.root, '.git', 'hooks', 'prepare-commit-msg')), false);
  });

  itInFull('a hooks folder in the work tree is used without being changed', async () => {
    await linekeeper(test, ['uninstall']);
    test.write('.husky/pre-commit', '#!/bin/sh\necho ran >>ran.txt\n');
    chmodSync(test.at('.husky/pre-commit'), 0o755);
    await test.git('config', 'core.hooksPath', '.husky');
    await linekeeper(test, ['install']);
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    await test.git('commit', '-qm', 'With husky', 'a.txt');
    assert.equal(test.read('ran.txt'), 'ran\n');
    assert.equal(await message(), `With husky\n\n${TRAILERS('+1 -1 of +1 -1')}`);
    await linekeeper(test, ['uninstall']);
    assert.equal(await test.git('config', 'core.hooksPath'), '.husky');
  });

  describe('with trailers that the editor prepared,', () => {
    /** Without our program: whatever trailers a commit gets, the hook found them ready. */
    const withoutProgram = (): void => {
      const hook = '.git/hooks/prepare-commit-msg';
      test.write(hook, test.read(hook).replace(/lk_cli='.*'/, "lk_cli='/nowhere/cli.js'"));
    };
    const prepare = async (): Promise<void> => {
      await prepareAnswer(test.repository(), await trailerPolicy(test.repository()), { now: tick });
      withoutProgram();
    };

    itInFull('uses them for what is staged, and for everything', async () => {
      await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
      await test.git('add', 'a.txt');
      await as('ai', test, ['a.txt'], edit('nine\n', 'nine by machine\n'));
      await prepare();
      // A commit made in the same second as its parent might be an amended one, so the program is asked: make the
      // parent older.
      await test.git('commit', '-qm', 'Staged', '--date', '2026-01-01T00:00:00Z');
      assert.equal(await message(), `Staged\n\n${TRAILERS('+1 -1 of +1 -1')}`);
      await prepare();
      await test.git('commit', '-qam', 'All');
      assert.equal(await message(), `All\n\n${TRAILERS('+1 -1 of +1 -1')}`);
    });

    itInFull('does not use them during a revert, which decides on the authors', async () => {
      await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
      await test.git('commit', '-qam', 'Two');
      await as('human', test, ['b.txt'], () => test.write('b.txt', 'not committed\n'));
      await test.git('revert', '-n', 'HEAD');
      await prepareAnswer(test.repository(), await trailerPolicy(test.repository()), { now: tick });
      await test.git('commit', '-qm', 'Own words', '--date', '2026-01-01T00:00:00Z');
      assert.equal(await shown(), '+2 unknown, -2 human');
    });

    itInFull('does not use them for another tree, another parent, or after another edit', async () => {
      await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
      await prepare();
      edit('nine\n', 'nine by nobody\n')();
      const otherTree = await test.run(['commit', '-qam', 'Other tree']);
      assert.match(otherTree.stderr, /Linekeeper was removed/);
      await as('ai', test, ['a.txt'], edit('five\n', 'five by machine\n'));
      await prepare();
      const amended = await test.run(['commit', '-qa', '--amend', '-m', 'Other parent']);
      assert.match(amended.stderr, /Linekeeper was removed/);
    });

    for (const text of [
      'fix(api): count each line once (#12)',
      'Title\nin two: lines',
      'Title\n\nWhat was wrong: this.\n\nBody with words\nin two lines',
      'Title\n\n\n  Body, indented',
    ]) {
      itInFull(`puts them under the message ${JSON.stringify(text)}`, async () => {
        await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
        await prepare();
        const result = await test.run(['commit', '-qam', text, '--date', '2026-01-01T00:00:00Z']);
        assert.equal(result.stderr, '');
        assert.equal(await message(), `${text.replace('\n\n\n', '\n\n')}\n\n${TRAILERS('+1 -1 of +1 -1')}`);
        assert.equal((await test.git('log', '-1', '--format=%(trailers:only)')).trimEnd(), TRAILERS('+1 -1 of +1 -1'));
      });
    }

    for (const text of [
      'Title\n\nSigned-off-by: Ada <ada@example.com>',
      'Title\n\nBody\n\nsee: there',
      'Title\n\n# one\ntwo',
      'Title\n\n- a list',
      'Ti\u0007tle',
    ]) {
      itInFull(`starts the program for the message ${JSON.stringify(text)}`, async () => {
        await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
        await prepare();
        const result = await test.run(['commit', '-qam', text, '--date', '2026-01-01T00:00:00Z']);
        assert.match(result.stderr, /Linekeeper was removed/);
      });
    }
  });

  itInFull('goes through with one line when the program is gone', async () => {
    const hook = '.git/hooks/prepare-commit-msg';
    test.write(hook, test.read(hook).replace(/lk_cli='.*'/, "lk_cli='/nowhere/cli.js'"));
    await as('ai', test, ['a.txt'], edit('two\n', 'two by machine\n'));
    const result = await test.run(['commit', '-qam', 'Still']);
    assert.equal(result.code, 0);
    assert.equal(result.stderr.trim().split('\n').length, 1);
    assert.match(result.stderr, /To take them out: /);
    assert.equal(await shown(), '+2 ai, -2 ai');
  });
});
