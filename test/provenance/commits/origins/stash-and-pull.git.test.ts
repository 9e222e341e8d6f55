/** Work of an assistant and of a person that is stashed, and put back where HEAD has moved: the ways to do both. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { itInFull } from '../../../support/full';
import { builtCli, linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as } from '../../../support/worker';

const FILE = 'app.txt';
const lines = Array.from({ length: 30 }, (_, at) => `line ${String(at + 1)} of the program\n`);
const BY_AI = 'const total = prices.reduce(addUp, 0);\n';
const BY_PERSON = 'print(report, "done by hand");\n';

/** A way to stash the work, to move HEAD, and to put the work back. */
interface Way {
  readonly when: string;
  /** A line of the branch that HEAD moves to. Default: far away from the work. */
  readonly theirs?: number;
  readonly go: (test: TestRepository) => Promise<unknown>;
  /** Where the work is put back. Default: the repository's own work tree. */
  readonly folder?: (test: TestRepository) => string;
  /** Part of `npm test`. */
  readonly everyday?: true;
}

const linked = (test: TestRepository): string => test.outside('linked');

/** Answers each question about a hunk. */
function stashParts(test: TestRepository, answers: string): void {
  const { status, stderr } = spawnSync('git', ['stash', 'push', '-q', '-p'], {
    cwd: test.root,
    input: answers,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
}

const stash = async (test: TestRepository): Promise<unknown> => test.git('stash', 'push', '-q');
const merge = async (test: TestRepository): Promise<unknown> => test.git('merge', '-q', '--ff-only', 'theirs');
const pop = async (test: TestRepository): Promise<unknown> => test.git('stash', 'pop', '-q');

const WAYS: readonly Way[] = [
  {
    when: 'a pull lies between stash and pop',
    go: async (test) => {
      await stash(test);
      await test.git('pull', '-q', '--ff-only', '.', 'theirs');
      await pop(test);
    },
  },
  {
    when: 'the pop conflicts and a person takes both sides',
    theirs: 5,
    go: async (test) => {
      await stash(test);
      await merge(test);
      assert.equal((await test.run(['stash', 'pop', '-q'])).code, 1);
      await as('human', test, [FILE], () => {
        test.write(FILE, test.read(FILE).replace(/^(?:<<<<<<<|\|\|\|\|\|\|\||=======|>>>>>>>).*\n/gm, ''));
      });
      await test.git('add', FILE);
      await test.git('stash', 'drop', '-q');
    },
  },
  {
    when: 'an untracked file lies beside the work',
    go: async (test) => {
      test.write('notes.log', 'nothing of interest\n');
      await test.git('stash', 'push', '-q', '-u');
      await merge(test);
      await pop(test);
    },
  },
  {
    when: 'a rebase stashes by itself',
    go: async (test) => test.git('rebase', '-q', '--autostash', 'theirs'),
  },
  {
    when: 'the stash is applied and stays',
    go: async (test) => {
      await stash(test);
      await merge(test);
      await test.git('stash', 'apply', '-q');
    },
  },
  {
    when: 'the stash becomes a branch of its own',
    go: async (test) => {
      await stash(test);
      await merge(test);
      await test.git('stash', 'branch', 'of-the-stash');
    },
  },
  {
    when: 'the pop brings the index back too',
    go: async (test) => {
      await test.git('add', FILE);
      await stash(test);
      await merge(test);
      await test.git('stash', 'pop', '-q', '--index');
    },
  },
  {
    when: 'the work lies in two stashes',
    go: async (test) => {
      stashParts(test, 'y\nn\n');
      await stash(test);
      await merge(test);
      await pop(test);
      await test.git('commit', '-qam', 'First half');
      await pop(test);
      await test.git('reset', '-q', '--soft', 'HEAD~1');
    },
  },
  {
    when: 'the pop is done in a linked work tree',
    folder: linked,
    everyday: true,
    go: async (test) => {
      await test.git('worktree', 'add', '-q', '-b', 'beside', linked(test), 'theirs');
      await stash(test);
      await test.git('-C', linked(test), 'stash', 'pop', '-q');
    },
  },
  {
    when: 'an own commit is rebased in between',
    go: async (test) => {
      await stash(test);
      await as('ai', test, ['other.txt'], () => {
        test.write('other.txt', 'of another commit\n');
      });
      await test.commit('Own commit');
      await test.git('rebase', '-q', 'theirs');
      await pop(test);
    },
  },
  {
    when: 'a part of it is brought back as a patch',
    go: async (test) => {
      stashParts(test, 'y\nn\n');
      await test.git('stash', 'push', '-q');
      await merge(test);
      await pop(test);
      await test.git('add', FILE);
      const patch = await test.git('stash', 'show', '-p');
      writeFileSync(test.outside('part.patch'), `${patch.trimEnd()}\n`);
      await test.git('apply', '--3way', test.outside('part.patch'));
    },
  },
  {
    when: 'an agent stashes, pulls and pops in one command',
    go: async (test) =>
      as('ai', test, [], async () => {
        await stash(test);
        await merge(test);
        await pop(test);
      }),
  },
];

describe('work that is stashed and put back on another HEAD:', function () {
  this.timeout(60_000);
  let test: TestRepository;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
  });
  afterEach(() => test.dispose());

  for (const { when, theirs = 28, go, folder = (made: TestRepository) => made.root, everyday } of WAYS)
    (everyday ? it : itInFull)(`each line keeps its author, and the message its trailers, when ${when}`, async () => {
      test.write(FILE, lines.join(''));
      await test.commit('Start');
      assert.equal((await linekeeper(test, ['install', '--git'])).code, 0);
      await test.git('switch', '-qc', 'theirs');
      test.write(FILE, lines.map((line, at) => (at + 1 === theirs ? 'changed by a colleague\n' : line)).join(''));
      await test.commit('Theirs');
      await test.git('switch', '-q', 'main');
      await as('ai', test, [FILE], () => {
        test.write(FILE, lines.with(4, BY_AI).join(''));
      });
      await as('human', test, [FILE], () => {
        test.write(FILE, lines.with(4, BY_AI).with(17, BY_PERSON).join(''));
      });
      await go(test);
      await test.git('-C', folder(test), 'commit', '-qam', 'Work');
      const id = (await test.git('-C', folder(test), 'rev-parse', 'HEAD')).trim();
      assert.ok(readFileSync(path.join(folder(test), FILE), 'utf8').includes(BY_AI));
      const shown = await linekeeper(test, ['show', '--json', id]);
      const { added } = JSON.parse(shown.stdout) as { added: Record<string, number> };
      const message = await test.git('log', '-1', '--format=%B', id);
      assert.deepEqual(added, { ai: 1, human: 1, unknown: 0 }, `${JSON.stringify(added)}\n${message}`);
      assert.match(message, /^AI-Lines: \+1 /m);
    });

  it("a person's short line stays theirs when an agent stashes, pulls and pops it", async () => {
    test.write(FILE, lines.join(''));
    await test.commit('Start');
    assert.equal((await linekeeper(test, ['install', '--git'])).code, 0);
    await test.git('switch', '-qc', 'theirs');
    test.write(FILE, lines.with(27, 'changed by a colleague\n').join(''));
    await test.commit('Theirs');
    await test.git('switch', '-q', 'main');
    await as('human', test, [FILE], () => {
      test.write(FILE, lines.with(4, `${lines[4] ?? ''}max: 30\n`).join(''));
    });
    await as('ai', test, [], async () => {
      await stash(test);
      await merge(test);
      await pop(test);
    });
    await test.git('commit', '-qam', 'Work');
    const shown = await linekeeper(test, ['show', '--json', 'HEAD']);
    const { added } = JSON.parse(shown.stdout) as { added: Record<string, number> };
    assert.deepEqual(added, { ai: 0, human: 1, unknown: 0 });
    assert.equal(await test.git('log', '-1', '--format=%B'), 'Work\n');
  });
});
