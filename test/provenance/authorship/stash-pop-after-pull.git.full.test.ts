/** Uncommitted work that is stashed while HEAD moves over the same file, and comes back: authors and trailers stay. */
import assert from 'node:assert/strict';
import type { LineRange } from '../../../src/provenance/authorship/types';
import { settle, showCommits, installGitHooks } from '../../../src/provenance/commits';
import { builtCli, CLI } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as, tick } from '../../support/worker';

const BASE = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
  .map((word) => `${word} as it was\n`)
  .join('');

/** A way to move HEAD with the work out of the way; the colleague's commit on `main` of `origin` changes the same file. */
interface Way {
  readonly name: string;
  readonly steps: readonly (readonly string[])[];
  /** Commits of one's own made before the work. */
  readonly local?: boolean;
}

const POP = ['stash', 'pop', '-q'];
const WAYS: readonly Way[] = [
  { name: 'pull', steps: [['stash', '-q'], ['pull', '-q', '--ff-only'], POP] },
  { name: 'a merge commit', local: true, steps: [['stash', '-q'], ['pull', '-q', '--no-rebase', '--no-edit'], POP] },
  { name: 'pull --rebase', local: true, steps: [['stash', '-q'], ['pull', '-q', '--rebase'], POP] },
  { name: 'pull --rebase --autostash', local: true, steps: [['pull', '-q', '--rebase', '--autostash']] },
  {
    name: 'merge --autostash',
    steps: [
      ['fetch', '-q'],
      ['merge', '-q', '--autostash', 'origin/main'],
    ],
  },
  {
    name: 'rebase --autostash',
    local: true,
    steps: [
      ['fetch', '-q'],
      ['rebase', '-q', '--autostash', 'origin/main'],
    ],
  },
  {
    name: 'switch to a branch',
    steps: [['fetch', '-q'], ['stash', '-q'], ['switch', '-q', '-c', 'work', 'origin/main'], POP],
  },
  {
    name: 'reset --hard to the upstream',
    steps: [['fetch', '-q'], ['stash', '-q'], ['reset', '-q', '--hard', 'origin/main'], POP],
  },
  { name: 'pull, untracked files too', steps: [['stash', '-q', '-u'], ['pull', '-q', '--ff-only'], POP] },
  {
    name: 'pull, of a staged half, with --index',
    steps: [
      ['add', 'new.txt'],
      ['stash', '-q'],
      ['pull', '-q', '--ff-only'],
      ['stash', 'pop', '-q', '--index'],
    ],
  },
];

describe('stash pop after HEAD moved:', () => {
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('a.txt', BASE);
    test.write('b.txt', BASE);
    await test.commit('start');
    await test.git('clone', '-q', '--bare', '.', test.outside('origin.git'));
    await test.git('remote', 'add', 'origin', test.outside('origin.git'));
    await test.git('fetch', '-q');
    await test.git('branch', '-q', '-u', 'origin/main');
    await test.git('clone', '-q', test.outside('origin.git'), test.outside('colleague'));
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
  });
  afterEach(() => test.dispose());

  const by = (who: 'ai' | 'human', word: string, file = 'a.txt'): Promise<void> =>
    as(who, test, [file], () => {
      test.write(file, test.read(file).replace(`${word} as`, `${word} by ${who}`));
    });
  const colleague = async (word = 'ten'): Promise<void> => {
    const cwd = test.outside('colleague');
    await test.run(['-c', `alias.change=!sed -i 's/^${word} as/${word} by a colleague/' a.txt`, 'change'], { cwd });
    await test.run(['commit', '-qam', 'Colleague'], { cwd });
    assert.equal((await test.run(['push', '-q'], { cwd })).code, 0);
  };
  const told = async (): Promise<string> => {
    const repository = test.repository();
    await settle(repository, tick);
    const id = await test.git('rev-parse', 'HEAD');
    const say = (sign: string, r: LineRange): string =>
      `${sign}${String(r.start)}${r.end > r.start ? `-${String(r.end)}` : ''} ${r.author}`;
    return ((await showCommits(repository, [id])).get(id)?.files ?? [])
      .map((file) => `${file.path} ${file.ranges.map((r) => say('+', r)).join(' ')}`)
      .join(', ');
  };
  const message = async (): Promise<string> => (await test.git('log', '-1', '--format=%B')).trimEnd();
  const work = async (): Promise<void> => {
    await by('ai', 'two');
    await by('human', 'six');
    await as('ai', test, ['new.txt'], () => test.write('new.txt', 'a new file\nby an assistant\n'));
  };
  const RIGHT = 'a.txt +2 ai +6 human, new.txt +1-2 ai';
  const MESSAGE = 'Work\n\nAssisted-by: claude-code:model-1\nAI-Lines: +3 -1 of +4 -2';

  for (const { name, steps, local } of WAYS) {
    it(`${name}: keeps authors and trailers when a colleague changed the same file`, async () => {
      await colleague();
      if (local) {
        await as('human', test, ['b.txt'], () => test.write('b.txt', `${BASE}mine\n`));
        await test.git('commit', '-qam', 'Mine');
      }
      await work();
      for (const step of steps) await test.git(...step);
      await test.git('add', '-A');
      await test.git('commit', '-qm', 'Work');
      assert.equal(await told(), RIGHT);
      assert.equal(await message(), MESSAGE);
    });

    it(`${name}: keeps authors and trailers when an agent's shell does it all`, async () => {
      await colleague();
      if (local) {
        await as('human', test, ['b.txt'], () => test.write('b.txt', `${BASE}mine\n`));
        await test.git('commit', '-qam', 'Mine');
      }
      await work();
      await as('ai', test, [], async () => {
        for (const step of steps) await test.git(...step);
      });
      await test.git('add', '-A');
      await test.git('commit', '-qm', 'Work');
      assert.equal(await told(), RIGHT);
      assert.equal(await message(), MESSAGE);
    });
  }

  it('a conflict at the pop: keeps the authors beside it when a person resolves it', async () => {
    await colleague('two');
    await work();
    await test.git('stash', '-q');
    await test.git('pull', '-q', '--ff-only');
    await test.run(POP);
    assert.match(test.read('a.txt'), /<<<<<<</);
    await as('human', test, ['a.txt'], () =>
      test.write('a.txt', test.read('a.txt').replace(/<<<<<<<[^]*?>>>>>>> [^\n]*\n/, 'two by both\n')),
    );
    await test.git('add', '-A');
    await test.git('commit', '-qm', 'Work');
    assert.equal(await told(), 'a.txt +2 human +6 human, new.txt +1-2 ai');
  });

  it("a conflict at the pop: keeps the AI's line when nobody reports taking the stash's side", async () => {
    await colleague('two');
    await work();
    await test.git('stash', '-q');
    await test.git('pull', '-q', '--ff-only');
    await test.run(POP);
    await test.git('checkout', '-q', '--theirs', 'a.txt');
    await test.git('add', '-A');
    await test.git('commit', '-qm', 'Work');
    assert.equal(await told(), 'a.txt +2 ai +6 human, new.txt +1-2 ai');
  });
});
