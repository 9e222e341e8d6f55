/** What people wrote stays theirs when an assistant's shell only joins their commits. */
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { settle, showCommits, installGitHooks } from '../../../src/provenance/commits';
import { itInFull } from '../../support/full';
import { builtCli, CLI } from '../../support/product';
import { BOB, TestRepository } from '../../support/repository';
import { as, tick } from '../../support/worker';

const LINES = 'a line that somebody wrote\nand another one of it\n';

describe("commits joined by an assistant's shell:", () => {
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('a.txt', `${LINES}${LINES}`);
    await test.commit('start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
    // Something is recorded in this clone.
    await as('ai', test, ['ai.txt'], () => test.write('ai.txt', LINES));
    await test.commit('by AI');
    // A colleague's branch, made where nothing is recorded.
    await test.git('clone', '-q', '.', test.outside('colleague'));
    const cwd = test.outside('colleague');
    const run = async (...args: string[]): Promise<void> => {
      const result = await test.run(args, { cwd, env: { GIT_AUTHOR_NAME: BOB.name, GIT_AUTHOR_EMAIL: BOB.email } });
      assert.equal(result.code, 0, result.stderr);
    };
    await run('switch', '-qc', 'work');
    await run('-c', 'alias.put=!echo "first words of Bob" >bob.txt', 'put');
    await run('add', '-A');
    await run('commit', '-qm', 'Bob one');
    await run('-c', 'alias.put=!echo "second words of Bob" >>bob.txt; echo "Bob was here too" >>a.txt', 'put');
    await run('add', '-A');
    await run('commit', '-qm', 'Bob two');
  });
  afterEach(() => test.dispose());

  const authors = async (): Promise<Readonly<Record<string, string>>> => {
    const repository = test.repository();
    await settle(repository, tick);
    const id = await test.git('rev-parse', 'HEAD');
    return Object.fromEntries(
      ((await showCommits(repository, [id])).get(id)?.files ?? []).map((file) => [
        file.path,
        [...new Set(file.ranges.map(({ author }) => author))].join(' '),
      ]),
    );
  };
  const shell = (work: () => Promise<unknown>): Promise<void> => as('ai', test, [], work);
  const git = (...args: string[]): Promise<string> => test.git(...args);
  const fetch = async (): Promise<void> => {
    await git('fetch', '-q', test.outside('colleague'), 'work:bob');
  };
  const NOT_AI: readonly (readonly [name: string, work: () => Promise<unknown>])[] = [
    [
      'merge --squash',
      async () => {
        await fetch();
        await git('merge', '-q', '--squash', 'bob');
        await git('commit', '-qm', 'Squash');
      },
    ],
    [
      'cherry-pick -n',
      async () => {
        await fetch();
        await git('cherry-pick', '-n', 'bob~', 'bob');
        await git('commit', '-qm', 'Picked');
      },
    ],
    [
      'checkout of a branch over the work tree',
      async () => {
        await fetch();
        await git('checkout', '-q', 'bob', '--', '.');
        await git('commit', '-qm', 'Taken over');
      },
    ],
    [
      'restore from what was fetched without a branch',
      async () => {
        await git('fetch', '-q', test.outside('colleague'), 'work');
        await git('restore', '-q', '-s', 'FETCH_HEAD', '-SW', '.');
        await git('commit', '-qm', 'Restored');
      },
    ],
    [
      'am of the patches in a mail',
      async () => {
        await test.git('-C', test.outside('colleague'), 'format-patch', '-q', '-o', test.outside('mail'), 'HEAD~2');
        const mail = readdirSync(test.outside('mail')).map((name) => path.join(test.outside('mail'), name));
        await git('am', '-q', ...mail.sort());
      },
    ],
    [
      'apply of the patch of a branch',
      async () => {
        await fetch();
        const patch = test.outside('work.patch');
        writeFileSync(patch, `${await git('diff', 'main', 'bob')}\n`);
        await git('apply', '--index', patch);
        await git('commit', '-qm', 'Applied');
      },
    ],
    [
      'apply of the patch of a branch onto another state of its file',
      async () => {
        await fetch();
        const patch = test.outside('work.patch');
        writeFileSync(patch, `${await git('diff', 'main', 'bob')}\n`);
        test.write('a.txt', `a new first line\n${test.read('a.txt')}`);
        await git('commit', '-qam', 'On top');
        await git('apply', '--index', patch);
        await git('commit', '-qm', 'Applied');
      },
    ],
    [
      'autosquash',
      async () => {
        await fetch();
        await git('switch', '-q', 'bob');
        await test.run(['rebase', '-q', '-i', 'main'], {
          env: { GIT_SEQUENCE_EDITOR: "sed -i '2s/^pick/fixup/'", GIT_EDITOR: 'true' },
        });
      },
    ],
    [
      'amend',
      async () => {
        await fetch();
        await git('switch', '-q', 'bob');
        await git('reset', '-q', '--soft', 'HEAD~');
        await git('commit', '-q', '--amend', '--no-edit');
      },
    ],
  ];
  for (const [name, work] of NOT_AI) {
    itInFull(`${name}: a colleague's lines are not AI's when the agent's shell joins and commits them`, async () => {
      await shell(work);
      assert.deepEqual(await authors(), { 'a.txt': 'unknown', 'bob.txt': 'unknown' });
    });
  }

  itInFull(
    "a checkout of a branch over the work tree: a colleague's lines are not AI's when a person commits them later",
    async () => {
      await shell(async () => {
        await fetch();
        await git('checkout', '-q', 'bob', '--', '.');
      });
      await git('commit', '-qm', 'Taken over');
      assert.deepEqual(await authors(), { 'a.txt': 'unknown', 'bob.txt': 'unknown' });
      assert.equal(await git('log', '-1', '--format=%B'), 'Taken over\n');
    },
  );

  it("cherry-pick -n: the agent's own line beside a colleague's stays AI's", async () => {
    await shell(async () => {
      await fetch();
      await git('cherry-pick', '-n', 'bob~', 'bob');
      test.write('bob.txt', `${test.read('bob.txt')}something of the agent\n`);
      await git('commit', '-qam', 'Picked');
    });
    assert.deepEqual(await authors(), { 'a.txt': 'unknown', 'bob.txt': 'unknown ai' });
  });

  for (const [name] of NOT_AI.slice(0, 3)) {
    itInFull(`${name}: a person's recorded lines stay theirs when the agent's shell joins them`, async () => {
      await git('switch', '-qc', 'bob');
      await as('human', test, ['bob.txt', 'a.txt'], () => {
        test.write('bob.txt', 'first words of Bob\n');
        test.write('a.txt', `${test.read('a.txt')}Bob was here too\n`);
      });
      await test.commit('one');
      await as('human', test, ['bob.txt'], () => test.write('bob.txt', 'first words of Bob\nsecond words of Bob\n'));
      await test.commit('two');
      await git('switch', '-q', 'main');
      await shell(async () => {
        if (name === 'merge --squash') await git('merge', '-q', '--squash', 'bob');
        else if (name === 'cherry-pick -n') await git('cherry-pick', '-n', 'bob~', 'bob');
        else await git('checkout', '-q', 'bob', '--', '.');
        await git('commit', '-qm', 'Joined');
      });
      assert.deepEqual(await authors(), { 'a.txt': 'human', 'bob.txt': 'human' });
    });
  }
});
