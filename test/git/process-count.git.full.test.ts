/** How often git is started, counted: it must not grow with what is in the repository. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import {
  attributed,
  blameFile,
  notesOf,
  prepareNextCommit,
  settle,
  showCommits,
  stagedTrailers,
  statusOf,
  installGitHooks,
} from '../../src/provenance/commits';
import { gitCalls, uninstallGitHooks } from '../../src/git';
import { checkRange, noFindings, type AttributionOf } from '../../src/review/gate';
import { record, type Report } from '../../src/provenance/assistants/record';
import { readHistory } from '../../src/aftermath/report/read-history';
import { decideRange } from '../../src/review/request/decide-range';
import { NO_COUNTS } from '../../src/provenance/authorship';
import { textsOfWork } from '../../src/policy/findings';
import { decideLocally, trailerPolicy } from '../../src/policy/local-work';
import { TestRepository } from '../support/repository';
import { as, tick } from '../support/worker';

async function counted(work: () => Promise<unknown>): Promise<number> {
  const before = gitCalls();
  await work();
  return gitCalls() - before;
}

/** How often git may be left out where there are few objects. */
const FEW_OBJECTS = 2;

describe('number of git processes:', function () {
  this.timeout(400_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
  });
  afterEach(() => test.dispose());

  const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `src/file-${String(i)}.txt`);
  const writeAll = (files: readonly string[], content: string): void =>
    files.forEach((file, i) => test.write(file, `${content} ${String(i)}\n`));
  const report = (event: 'before' | 'after', files: readonly string[], id: string): Report => ({
    event,
    id,
    by: { author: 'ai', assistant: 'claude-code', session: 's', evidence: 'reported' },
    cwd: test.root,
    files,
    edits: [],
    onDisk: true,
  });

  /** The same with few files and with many: git is started as often. Few objects may be read without it. */
  async function same(work: (files: readonly string[]) => Promise<number>): Promise<number> {
    const few = await work(names(2));
    const many = await work(names(40));
    assert.ok(many - few <= FEW_OBJECTS && many >= few, `${String(few)}, ${String(many)}`);
    return many;
  }

  it("for a note while a killed git's lock is there, no more than without it", async () => {
    const edit = async (id: string): Promise<void> => {
      await record(test.repository(), report('before', ['a.txt'], id), tick);
      test.write('a.txt', `${id}\n`);
      await record(test.repository(), report('after', ['a.txt'], id), tick);
    };
    test.write('a.txt', 'first\n');
    await test.commit('Start');
    await edit('one');
    await test.git('commit', '-qam', 'Work');
    mkdirSync(test.at('.git/refs/notes'), { recursive: true });
    const lock = test.at('.git/refs/notes/ai.lock');
    writeFileSync(lock, '');
    utimesSync(lock, Date.now() / 1000 - 60, Date.now() / 1000 - 60);
    const waiting = await counted(() =>
      assert.rejects(settle(test.repository(), tick), /another git holds .*ai\.lock/),
    );
    rmSync(lock);
    const free = await counted(() => settle(test.repository(), tick));
    assert.ok(waiting <= free, `${String(waiting)} beside ${String(free)}`);
  });

  it('for recording an edit, none', async () => {
    await test.git('commit', '-q', '--allow-empty', '-m', 'Start');
    const calls = await same(async (files) => {
      await record(test.repository(), report('before', files, `edit-${String(files.length)}`), tick);
      writeAll(files, 'changed');
      return counted(() => record(test.repository(), report('after', files, `edit-${String(files.length)}`), tick));
    });
    assert.equal(calls, 0);
  });

  it("before an assistant's command one, after it three at most, however much it changed", async () => {
    writeAll(names(40), 'start');
    await test.commit('Start');
    const calls = await same(async (files) => {
      await test.git('checkout', '-q', '--', '.');
      assert.equal(
        await counted(() => record(test.repository(), report('before', [], `command-${String(files.length)}`), tick)),
        1,
      );
      writeAll(files, `changed ${String(files.length)}`);
      return counted(() => record(test.repository(), report('after', [], `command-${String(files.length)}`), tick));
    });
    assert.ok(calls <= 3, `${String(calls)} times: status, the index as it was, and the contents in it`);
  });

  it("behind a commit of an assistant's edit: starts git four times, and six for forty files", async () => {
    writeAll(names(40), 'start');
    await test.commit('Start');
    await settle(test.repository(), tick);
    for (const [count, most] of [
      [2, 4],
      [40, 6],
    ] as const) {
      await as('ai', test, names(count), () => writeAll(names(count), `of ${String(count)}`));
      await test.commit('Change');
      const repository = test.repository();
      const calls = await counted(() => prepareNextCommit(repository, () => trailerPolicy(repository), { now: tick }));
      assert.ok(calls <= most, `${String(calls)} for ${String(count)} files`);
    }
  });

  it('linekeeper show: starts one git, however many files there are, when it lists commits', async () => {
    await test.git('commit', '-q', '--allow-empty', '-m', 'Start');
    await same(async (files) => {
      await as('ai', test, files, () => writeAll(files, `of ${String(files.length)}`));
      const id = await test.commit('Change');
      await settle(test.repository(), tick);
      const calls = await counted(async () => {
        const shown = (await showCommits(test.repository(), [id])).get(id);
        assert.equal(shown?.added.ai, files.length);
      });
      assert.equal(calls, 1);
      return calls;
    });
  });

  it('for the notes of a rebase, the same for 3 and 9 commits', async () => {
    const lines = Array.from({ length: 200 }, (_, at) => `line ${String(at)}\n`);
    test.write('a.txt', lines.join(''));
    const start = await test.commit('Start');
    await installGitHooks(test.repository(), {
      executable: process.execPath,
      cli: test.outside('nothing.js'),
      electron: false,
    }); // git says what became of what
    let second = 1_700_000_000;
    const settled = async (
      commits: number,
      unseen: readonly number[],
      again: (base: string, tip: string) => Promise<void>,
    ): Promise<number> => {
      await test.git('checkout', '-q', '-B', 'many', start);
      for (let at = 0; at < commits; at++) {
        const by = unseen.includes(at % 3) ? 'nobody' : 'ai';
        await as(by, test, ['a.txt'], () =>
          test.replace('a.txt', `line ${String(at * 5 + 5)}\n`, `line ${String(at * 5 + 5)} anew by ${by}\n`),
        );
        await test.commit(`Change ${String(at)}`, { at: `@${String(second++)} +0000` });
      }
      await settle(test.repository(), tick);
      await test.git('checkout', '-q', '--detach', start);
      test.write('a.txt', `another line\n${test.read('a.txt')}`);
      const base = await test.commit('Base');
      await test.git('checkout', '-q', 'many');
      await settle(test.repository(), tick);
      await again(base, await test.git('rev-parse', 'many'));
      const calls = await counted(() => settle(test.repository(), tick));
      const shown = await showCommits(
        test.repository(),
        (await test.git('rev-list', '--reverse', `${base}..HEAD`)).split('\n'),
      );
      assert.deepEqual(
        [...shown.values()].map(({ added }) => added.ai),
        Array.from({ length: commits }, (_, at) => (unseen.includes(at % 3) ? 0 : 1)),
      );
      return calls;
    };
    const rebase = async (base: string): Promise<void> => {
      await test.git('rebase', '-q', base);
    };
    const pick = async (base: string, tip: string): Promise<void> => {
      await test.git('checkout', '-q', '--detach', base);
      await test.git('cherry-pick', `${start}..${tip}`);
    };
    for (const [again, unseen] of [
      [rebase, [2]],
      [pick, []],
    ] as const) {
      const few = await settled(3, unseen, again);
      assert.equal(await settled(9, unseen, again), few);
      assert.ok(few <= 25, `${String(few)} times`);
    }
  });

  it('hooks: need one git when they are installed again, and none when they are removed', async () => {
    const runtime = { executable: process.execPath, cli: test.outside('nothing.js'), electron: false };
    const install = (): Promise<unknown> => installGitHooks(test.repository(), runtime);
    await install();
    assert.equal(await counted(install), 1, 'where git looks for hooks');
    assert.equal(await counted(() => uninstallGitHooks(test.repository())), 0);
    assert.deepEqual(
      readdirSync(test.at('.git/hooks')).filter((name) => !name.endsWith('.sample')),
      [],
    );
  });

  it('for finding HEAD, none: loose, packed or detached', async () => {
    test.write('a.txt', 'one\n');
    const id = await test.commit('Start');
    await test.git('branch', 'maintenance', (await test.git('commit-tree', `${id}^{tree}`, '-m', 'another')).trim());
    const find = async (): Promise<void> => {
      const found: { id?: string | undefined } = {};
      assert.equal(
        await counted(async () => {
          found.id = await test.repository().commitId('HEAD');
        }),
        0,
      );
      assert.equal(found.id, id);
    };
    await find();
    await test.git('pack-refs', '--all');
    await find();
    await test.git('checkout', '-q', '--detach');
    await find();
  });

  it('for blame, the same for few and many commits', async () => {
    test.write('a.txt', 'start\n');
    await test.commit('Start');
    const grow = async (commits: number): Promise<number> => {
      for (let i = 0; i < commits; i++) {
        await as('ai', test, ['a.txt'], () => test.write('a.txt', `${test.read('a.txt')}line ${String(i)}\n`));
        await test.commit(`Change ${String(i)}`);
      }
      await settle(test.repository(), tick);
      return counted(async () =>
        assert.equal(
          (await blameFile(test.repository(), 'a.txt', 'HEAD', { plain: true, now: tick }))?.filter(
            (line) => line.by.author === 'ai',
          ).length,
          test.read('a.txt').split('\n').length - 2,
        ),
      );
    };
    const few = await grow(12);
    assert.equal(await grow(12), few);
    assert.ok(few <= 4, `${String(few)} times`);
  });

  it('for check, hardly more for many files, and fewer than 11 more for a review', async () => {
    test.write(
      '.linekeeper.yml',
      'version: 1\ntiers: [{name: critical, paths: ["**"], review: {any: {from: senior}}}]\n',
    );
    await test.commit('Start');
    await test.git('branch', 'base');
    const gates: number[] = [];
    const more = await same(async (files) => {
      await test.git('checkout', '-q', '-B', 'work', 'base');
      for (const content of ['first', 'first\nsecond']) {
        writeAll(files, content);
        await test.commit(content);
      }
      await settle(test.repository(), tick);
      const repository = test.repository(); // each call its own, which knows nothing yet
      const attributionOf: AttributionOf = async (ids) => {
        const notes = await notesOf(repository, ids);
        return (commit, changes) => attributed(commit, changes, notes.get(commit.id));
      };
      const gate = await counted(() =>
        checkRange({
          repository,
          base: 'base',
          head: 'HEAD',
          actor: null,
          approvals: null,
          teams: {},
          attributionOf,
          findingsOf: noFindings,
          floors: [],
        }),
      );
      gates.push(gate);
      await decideRange(test.repository(), 'base', tick); // the first time it settles what the branch switch left
      return (await counted(() => decideRange(test.repository(), 'base', tick))) - gate;
    });
    assert.ok(Math.max(...gates) - Math.min(...gates) <= FEW_OBJECTS, gates.join(', '));
    assert.ok(Math.max(...gates) <= 20, gates.join(', '));
    assert.ok(more < 11, `${String(more)} times more than the gate`);
  });

  it('for check and show, the same for 9 and 30 commits', async () => {
    test.write(
      '.linekeeper.yml',
      'version: 1\ntiers: [{name: critical, paths: ["**"], review: {any: {from: senior}}}]\n',
    );
    await test.commit('Start');
    await test.git('branch', 'base');
    const times = async (commits: number): Promise<readonly number[]> => {
      const work = `commits-${String(commits)}`;
      await test.git('checkout', '-q', '-b', work, 'base');
      for (let at = 0; at < commits; at++) {
        await as('ai', test, ['a.txt'], () =>
          test.write('a.txt', `${at === 0 ? '' : test.read('a.txt')}line ${String(at)}\n`),
        );
        await test.commit(`Change ${String(at)}`);
      }
      await settle(test.repository(), tick);
      const repository = test.repository();
      const attributionOf: AttributionOf = async (ids) => {
        const notes = await notesOf(repository, ids);
        return (commit, changes) => attributed(commit, changes, notes.get(commit.id));
      };
      const gate = await counted(async () => {
        const { tiers } = await checkRange({
          repository,
          base: 'base',
          head: work,
          actor: null,
          approvals: null,
          teams: {},
          attributionOf,
          findingsOf: noFindings,
          floors: [],
        });
        assert.equal(tiers[0]?.added.ai, commits);
      });
      const ids = (await test.git('rev-list', `base..${work}`)).split('\n');
      return [gate, await counted(async () => assert.equal((await showCommits(test.repository(), ids)).size, commits))];
    };
    const few = await times(9);
    assert.deepEqual(await times(30), few);
    assert.ok((few[0] ?? 0) <= 12 && (few[1] ?? 0) <= 4, few.join(', '));
  });

  it('for the message of a squash, the same for 3 and 30 commits', async () => {
    const lines = Array.from({ length: 200 }, (_, at) => `line ${String(at)}\n`);
    test.write('a.txt', lines.join(''));
    const start = await test.commit('Start');
    let second = 1_700_000_000;
    const squashed = async (commits: number): Promise<number> => {
      await test.git('checkout', '-q', '-B', 'topic', start);
      for (let at = 0; at < commits; at++) {
        const line = `line ${String(at * 5 + 5)}\n`;
        await as('ai', test, ['a.txt'], () => test.replace('a.txt', line, `${line.trim()} of a squash\n`));
        await test.commit(`Change ${String(at)}`, { at: `@${String(second++)} +0000` });
      }
      await settle(test.repository(), tick);
      await test.git('checkout', '-q', '--detach', start);
      await test.git('merge', '-q', '--squash', 'topic');
      let lines = '';
      const calls = await counted(async () => {
        const staged = await stagedTrailers(test.repository(), await trailerPolicy(test.repository()), { now: tick });
        lines = staged?.trailers.map(({ key, value }) => `${key}: ${value}`).join('\n') ?? '';
      });
      assert.match(lines, new RegExp(`AI-Lines: \\+${String(commits)} `));
      await test.git('reset', '-q', '--hard');
      return calls;
    };
    const few = await squashed(3);
    assert.equal(await squashed(30), few);
    assert.ok(few <= 8, `${String(few)} times`);
  });

  it('for status, the same for few and many files', async () => {
    await test.git('commit', '-q', '--allow-empty', '-m', 'Start');
    await same(async (files) => {
      await as('ai', test, files, () => writeAll(files, `pending ${String(files.length)}`));
      await statusOf(test.repository(), tick);
      return counted(() => statusOf(test.repository(), tick));
    });
  });

  it('for the files of HEAD, one per question, and one more after a commit', async () => {
    writeAll(names(3), 'first');
    await test.commit('Start');
    await test.git('repack', '-adq');
    writeAll(names(3), 'second');
    const repository = test.repository();
    const { files } = await statusOf(repository, tick);
    const read = (): Promise<number> => counted(() => textsOfWork(repository, files));
    assert.deepEqual([await read(), await read()], [1, 0]);
    await test.commit('Next');
    await test.git('repack', '-adq');
    assert.equal(await read(), 1);
    const [change] = (await textsOfWork(repository, files)).changes;
    assert.equal(change?.before, 'second 0\n');
  });

  it("for the person's address, one only when the policy lists people", async () => {
    const decided = async (people: string): Promise<{ readonly level: string; readonly calls: number }> => {
      test.write('.linekeeper.yml', `version: 1\n${people}tiers: [{ name: all, paths: ["**"] }]\n`);
      const change = { files: [], added: NO_COUNTS, removed: NO_COUNTS };
      await decideLocally(test.repository(), change);
      const before = gitCalls();
      const { level } = await decideLocally(test.repository(), change);
      return { level: level.level, calls: gitCalls() - before };
    };
    await test.git('config', 'user.email', 'ada@example.com');
    assert.deepEqual(await decided(''), { level: 'junior', calls: 0 });
    assert.deepEqual(await decided('people: { senior: [ada@example.com] }\n'), { level: 'senior', calls: 1 });
    assert.deepEqual(await decided('people: { senior: [bob@example.com] }\n'), { level: 'junior', calls: 1 });
  });

  it('for loose files of HEAD whose change is known, none', async () => {
    writeAll(names(3), 'first');
    await test.commit('Start');
    rmSync(test.at('src/file-0.txt'));
    test.write('src/moved.txt', 'first 0\n');
    test.write('src/file-1.txt', 'second\n');
    const repository = test.repository();
    const { files } = await statusOf(repository, tick);
    const before = gitCalls();
    const { changes } = await textsOfWork(repository, files);
    assert.equal(gitCalls() - before, 0);
    assert.deepEqual(
      changes.map((change) => [change.from, change.path, change.before, change.after]),
      [
        [null, 'src/file-1.txt', 'first 1\n', 'second\n'],
        ['src/file-0.txt', 'src/moved.txt', 'first 0\n', 'first 0\n'],
      ],
    );
  });

  it('for reading reverts in an unrecorded history, hardly more than without reverts', async () => {
    const linesOf = (word: string): string => Array.from({ length: 20 }, (_, at) => `${word} ${String(at)}\n`).join('');
    test.write('a.txt', linesOf('old'));
    await test.commit('Start');
    const read = async (): Promise<number> => {
      const tip = await test.git('rev-parse', 'HEAD');
      const options = { tip: tip.trim(), ref: 'HEAD', since: 0, now: Date.now(), fresh: true };
      return counted(() => readHistory(test.repository(), { ...options, skipped: { is: () => false, key: '' } }));
    };
    const none = await read();
    for (let at = 0; at < 3; at++) {
      test.write('a.txt', linesOf(`new ${String(at)}`));
      await test.commit(`Change ${String(at)}`);
      await test.git('revert', '--no-edit', 'HEAD');
    }
    const many = await read();
    assert.ok(many - none <= FEW_OBJECTS, `${String(none)}, ${String(many)}`);
  });
});
