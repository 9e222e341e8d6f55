/**
 * What came first is known by order, not by dates: those of commits are whole seconds, from when they began, and
 * anybody may set them.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import type { LineRange } from '../../../../src/provenance/authorship/types';
import { trailerPolicy } from '../../../../src/policy/local-work';
import { prepareAnswer, settle, showCommits, installGitHooks } from '../../../../src/provenance/commits';
import { openJournal } from '../../../../src/provenance/journal';
import { record } from '../../../../src/provenance/assistants/record';
import { builtCli, CLI } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as, tick } from '../../../support/worker';

const PAST = '2005-04-07T22:13:13 +0000';
const FUTURE = '2099-01-01T00:00:00 +0000';
const dated = (at: string): { readonly env: Readonly<Record<string, string>> } => ({
  env: { GIT_COMMITTER_DATE: at, GIT_AUTHOR_DATE: at },
});

describe('attribution of a commit with a misleading date', () => {
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('a.txt', 'one\ntwo\nthree\nfour\nfive\nsix\n');
    await test.commit('start', { at: PAST });
  });
  afterEach(() => test.dispose());

  const hooks = (): Promise<unknown> =>
    installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
  const shown = async (revision = 'HEAD'): Promise<string> => {
    const repository = test.repository();
    await settle(repository, tick);
    const id = (await repository.commitId(revision)) ?? assert.fail(`no ${revision}`);
    const attribution = (await showCommits(repository, [id])).get(id) ?? assert.fail('not shown');
    const say = (sign: string, r: LineRange): string =>
      `${sign}${String(r.start)}${r.end > r.start ? `-${String(r.end)}` : ''} ${r.author}`;
    return attribution.files
      .flatMap((file) => [...file.ranges.map((r) => say('+', r)), ...file.removed.map((r) => say('-', r))])
      .join(', ');
  };
  const edit = (from: string, to: string) => (): void =>
    test.write('a.txt', test.read('a.txt').replace(`${from}\n`, `${to}\n`));
  const by = (who: 'ai' | 'human' | 'nobody', word: string): Promise<void> =>
    as(who, test, ['a.txt'], edit(word, `${word} by ${who}`));
  const commit = async (at: string): Promise<void> => {
    const result = await test.run(['commit', '-qam', 'work'], dated(at));
    assert.equal(result.code, 0, result.stderr);
  };
  const trailer = async (revision = 'HEAD'): Promise<string> =>
    (await test.git('log', '-1', '--format=%(trailers:key=AI-Lines,valueonly)', revision)).trim();

  for (const hooked of [true, false]) {
    for (const [name, at] of [
      ['long past', PAST],
      ['far future', FUTURE],
      ['moment before what it holds was recorded', 'a moment ago'],
    ] as const) {
      it(`${hooked ? 'with' : 'without'} hooks, the date in the ${name}: it and later commits are right`, async () => {
        if (hooked) await hooks();
        await by('ai', 'two');
        await by('human', 'four');
        // git takes the date when a commit begins: whatever goes on before HEAD moves is dated later.
        const date = at === 'a moment ago' ? `@${String(Math.floor(Date.now() / 1000) - 5)} +0000` : at;
        await commit(date);
        await by('ai', 'six');
        await by('nobody', 'one');
        await commit(date);
        await by('human', 'three');
        await test.git('commit', '-qam', 'work');
        assert.equal(await shown('HEAD~2'), '+2 ai, +4 human, -2 ai, -4 human');
        assert.equal(await shown('HEAD~1'), '+1 unknown, +6 ai, -1 unknown, -6 ai');
        assert.equal(await shown(), '+3 human, -3 human');
        if (hooked)
          assert.deepEqual(
            [await trailer('HEAD~2'), await trailer('HEAD~1')],
            ['+1 -1 of +2 -2', '+1 -1 of +2 -2, unknown +1 -1'],
          );
      });
    }
  }

  it("a rebase with the author's dates is right", async () => {
    await hooks();
    await test.git('switch', '-qc', 'work');
    await by('ai', 'two');
    await commit(PAST);
    await by('human', 'six');
    await commit(FUTURE);
    await test.git('switch', '-q', 'main');
    edit('four', 'four by nobody')();
    await test.git('commit', '-qam', 'four');
    await test.git('switch', '-q', 'work');
    await test.git('rebase', '-q', '--committer-date-is-author-date', 'main');
    await by('ai', 'one');
    await test.git('commit', '-qam', 'one');
    assert.deepEqual(
      [await shown('HEAD~2'), await shown('HEAD~1'), await shown()],
      ['+2 ai, -2 ai', '+6 human, -6 human', '+1 ai, -1 ai'],
    );
  });

  it('a clock that jumps does not change it', async () => {
    const real = Date.now();
    const at = (time: number, event: 'before' | 'after', author: 'ai' | 'human'): Promise<unknown> =>
      record(
        test.repository(),
        {
          event,
          by: { author, ...(author === 'ai' ? { assistant: 'kiro' } : {}), evidence: 'reported' },
          cwd: test.root,
          files: ['a.txt'],
          edits: [],
          onDisk: true,
        },
        () => time,
      );
    const work = async (time: number, author: 'ai' | 'human', word: string): Promise<void> => {
      await at(time, 'before', author);
      edit(word, `${word} by ${author}`)();
      await at(time, 'after', author);
    };
    await work(real + 3600_000, 'ai', 'two'); // an hour ahead, then set right
    await test.git('commit', '-qam', 'two');
    await work(real, 'human', 'two by ai');
    await work(real - 7200_000, 'ai', 'five'); // and too far back
    await test.git('commit', '-qam', 'five');
    await work(real + 1000, 'human', 'six');
    await test.git('commit', '-qam', 'six');
    assert.deepEqual(
      [await shown('HEAD~2'), await shown('HEAD~1'), await shown()],
      ['+2 ai, -2 ai', '+2 human, +5 ai, -2 human, -5 ai', '+6 human, -6 human'],
    );
  });

  it('edits during the commit: message and note have what the hook saw', async () => {
    await hooks();
    await by('human', 'two');
    await by('ai', 'four');
    const say = (event: string): string =>
      `printf '%s' '${JSON.stringify({ version: 1, event, author: 'ai', tool: 'kiro', session: 's', id: 'meanwhile', files: ['a.txt'] })}' | '${process.execPath}' '${CLI}' record generic\n`;
    const editor = test.outside('editor.sh');
    writeFileSync(
      editor,
      `#!/bin/sh\n${say('before')}sed -i 's/two by human/two by ai again/; s/six/six by ai/; s/four by ai/four/' a.txt\n${say('after')}printf 'Work\\n' | cat - "$1" > "$1.new" && mv "$1.new" "$1"\n`,
    );
    chmodSync(editor, 0o755);
    const done = await test.run(['commit', '-qa'], { env: { GIT_EDITOR: `'${editor}'` } });
    assert.equal(done.code, 0, done.stderr);
    assert.equal(await trailer(), '+1 -1 of +2 -2');
    assert.equal(await shown(), '+2 human, +4 ai, -2 human, -4 ai');
    await test.git('commit', '-qam', 'Then');
    assert.equal(await shown(), '+2 ai, +4 ai, +6 ai, -2 ai, -4 ai, -6 ai');
  });

  it('a prepared commit has the edits from before it', async () => {
    await hooks();
    await by('ai', 'two');
    await by('human', 'four');
    await test.git('add', '-A');
    await prepareAnswer(test.repository(), await trailerPolicy(test.repository()), { now: tick });
    const last = openJournal(test.repository().gitDir, tick).names().at(-1) ?? assert.fail('nothing recorded');
    await test.git('commit', '-qm', 'work');
    assert.equal(await trailer(), '+1 -1 of +2 -2');
    assert.ok(
      readFileSync(test.at('.git/linekeeper/hooked'), 'utf8').includes(
        `${await test.git('rev-parse', 'HEAD~', 'HEAD^{tree}').then((ids) => ids.replace('\n', ' '))} ${last}\n`,
      ),
    );
    assert.equal(await shown(), '+2 ai, +4 human, -2 ai, -4 human');
  });

  it("an editor's edits after it belong to the next commit", async () => {
    await by('ai', 'two');
    await commit(FUTURE);
    const journal = openJournal(test.repository().gitDir, tick);
    const typed = (from: string, to: string): void => {
      const [before, after] = [test.read('a.txt'), test.read('a.txt').replace(from, to)];
      const operations = [{ offset: before.indexOf(from), deleted: from.length, inserted: to, by: 0 }];
      const person = { author: 'human', evidence: 'observed' } as const;
      test.write('a.txt', after);
      journal.add({
        kind: 'edit',
        by: person,
        files: [
          {
            path: 'a.txt',
            from: journal.keep(Buffer.from(before)),
            to: journal.keep(Buffer.from(after)),
            operations,
            hands: [person],
          },
        ],
      });
    };
    typed('two by ai', '2');
    typed('2', 'two by ai');
    typed('five', 'five by hand');
    assert.equal(await shown(), '+2 ai, -2 ai');
    await test.git('commit', '-qam', 'work');
    assert.equal(await shown(), '+5 human, -5 human');
  });

  it('it is found when the reflog was cut meanwhile', async () => {
    await by('ai', 'two');
    await commit(PAST);
    await by('human', 'four');
    await commit(PAST);
    await by('ai', 'six');
    const log = test.at('.git/logs/HEAD');
    writeFileSync(log, readFileSync(log, 'utf8').split('\n').slice(-2).join('\n'));
    await commit(PAST);
    assert.equal(await shown(), '+6 ai, -6 ai');
  });

  it('it is found when made while another commit is settled', async () => {
    await by('ai', 'two');
    await test.git('commit', '-qam', 'two');
    await by('ai', 'four');
    let isMade = false;
    await settle(test.repository(), () => {
      if (!isMade) execFileSync('git', ['commit', '-qam', 'four'], { cwd: test.root, env: test.env });
      isMade = true;
      return tick();
    });
    assert.ok(isMade);
    assert.deepEqual([await shown('HEAD~1'), await shown()], ['+2 ai, -2 ai', '+4 ai, -4 ai']);
  });
});
