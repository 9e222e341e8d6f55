/** A person and an agent take turns, and git makes something of it: each line must have the author that typed it. */
import assert from 'node:assert/strict';
import { installGitHooks, settle, showCommits } from '../../../src/provenance/commits';
import { builtCli, CLI } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as, tick } from '../../support/worker';

const WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const BASE = WORDS.map((word) => `${word} as it was\n`).join('');

describe('turns of a person and an agent:', () => {
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    for (const file of ['a.txt', 'b.txt', 'dir/c.txt']) test.write(file, BASE);
    await test.commit('start');
    await test.git('tag', 'start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
  });
  afterEach(() => test.dispose());

  const edit = (who: 'ai' | 'human', word: string, file = 'a.txt'): Promise<void> =>
    as(who, test, [file], () => test.replace(file, `${word} as it was`, `${word} typed by ${who}`));
  const commit = async (who: 'ai' | 'human', word: string, file = 'a.txt'): Promise<string> => {
    await edit(who, word, file);
    await test.git('commit', '-qam', `${word} in ${file}`);
    return test.head();
  };

  /** Of each commit since a revision: its added lines that have another author than their text names. */
  async function wrong(since = 'start'): Promise<readonly string[]> {
    const repository = test.repository();
    await settle(repository, tick);
    const ids = (await test.git('rev-list', '--no-merges', `${since}..HEAD`)).split('\n').filter((id) => id !== '');
    const shown = await showCommits(repository, ids);
    const found: string[] = [];
    for (const id of ids)
      for (const file of shown.get(id)?.files ?? []) {
        const lines = file.status === 'D' ? [] : (await test.git('show', `${id}:${file.path}`)).split('\n');
        for (const { start, end, author } of file.ranges)
          for (const text of lines.slice(start - 1, end)) {
            const typist = /typed by (\w+)/.exec(text)?.[1];
            if (typist !== undefined && typist !== author) found.push(`${file.path} "${text}" is ${author}`);
          }
      }
    return found;
  }
  /** The counts of AI's lines in the messages since a revision, oldest first. */
  const counts = async (since = 'start'): Promise<readonly string[]> =>
    (
      await test.git(
        'log',
        '--reverse',
        '--no-merges',
        '--format=%(trailers:key=AI-Lines,valueonly,separator=)|',
        `${since}..HEAD`,
      )
    )
      .split('|')
      .map((line) => line.trim())
      .slice(0, -1);

  it('commit --fixup and autosquash: count what the agent fixed in the commit of the person', async () => {
    const first = await commit('human', 'two');
    await commit('ai', 'five', 'b.txt');
    await edit('ai', 'eight');
    await test.git('commit', '-qa', '--fixup', first);
    const done = await test.run(['rebase', '-q', '-i', '--autosquash', 'start'], {
      env: { GIT_SEQUENCE_EDITOR: 'true' },
    });
    assert.equal(done.code, 0, done.stderr);
    assert.deepEqual(await wrong(), []);
    assert.deepEqual(await counts(), ['+1 -1 of +2 -2', '+1 -1 of +1 -1']);
  });

  it('a picked range with a conflict: keeps the authors when a person resolves it', async () => {
    await test.git('switch', '-qc', 'topic');
    await commit('ai', 'two');
    await commit('ai', 'six');
    await commit('human', 'eight', 'b.txt');
    await test.git('switch', '-q', 'main');
    await commit('human', 'six');
    const picked = await test.run(['cherry-pick', 'start..topic']);
    assert.notEqual(picked.code, 0);
    await as('human', test, ['a.txt'], () =>
      test.write('a.txt', test.read('a.txt').replace(/<<<<<<<[^]*?>>>>>>> [^\n]*\n/, 'six, twice, typed by human\n')),
    );
    await test.git('add', '-A');
    const went = await test.run(['cherry-pick', '--continue'], { env: { GIT_EDITOR: 'true' } });
    assert.equal(went.code, 0, went.stderr);
    assert.deepEqual(await wrong(), []);
    assert.deepEqual(await counts(), ['', '+1 -1 of +1 -1', '', '']);
  });

  it('rebase --onto: keeps authors and counts of the commits that it moves', async () => {
    await commit('human', 'two');
    await test.git('switch', '-qc', 'topic');
    await commit('ai', 'six');
    await commit('human', 'eight');
    await test.git('switch', '-qc', 'release', 'start');
    await commit('ai', 'eleven');
    await test.git('rebase', '-q', '--onto', 'release', 'main', 'topic');
    assert.deepEqual(await wrong(), []);
    assert.deepEqual(await counts(), ['+1 -1 of +1 -1', '+1 -1 of +1 -1', '']);
  });

  it('rebase -i with drop, reorder, edit and exec: keeps the authors of what is left', async () => {
    await commit('human', 'one');
    await commit('ai', 'four');
    await commit('human', 'seven');
    await commit('ai', 'ten');
    // One is dropped, seven comes first, four stops, and a command runs behind ten.
    const program =
      "const f=process.argv[1],l=require('fs').readFileSync(f,'utf8').split('\\n').filter(x=>/^pick/.test(x));require('fs').writeFileSync(f,[l[2],l[1].replace('pick','edit'),l[3],'exec true',''].join('\\n'))";
    const started = await test.run(['rebase', '-q', '-i', 'start'], {
      env: { GIT_SEQUENCE_EDITOR: `node -e "${program}"` },
    });
    assert.equal(started.code, 0, started.stderr);
    await edit('human', 'five');
    await test.git('commit', '-qa', '--amend', '--no-edit');
    const went = await test.run(['rebase', '--continue'], { env: { GIT_EDITOR: 'true' } });
    assert.equal(went.code, 0, went.stderr);
    assert.deepEqual(await wrong(), []);
    assert.deepEqual(await counts(), ['', '+1 -1 of +2 -2', '+1 -1 of +1 -1']);
  });

  it('the revert of a merge and its revert: bring the lines back with their authors', async () => {
    await test.git('switch', '-qc', 'topic');
    await commit('ai', 'two');
    await commit('human', 'six');
    await test.git('switch', '-q', 'main');
    await test.git('merge', '-q', '--no-ff', '--no-edit', 'topic');
    await test.git('revert', '--no-edit', '-m', '1', 'HEAD');
    await test.git('revert', '--no-edit', 'HEAD');
    assert.deepEqual(await wrong(), []);
  });

  it('bisect run: leaves the authors of work that is committed behind it', async () => {
    const good = await commit('human', 'one');
    await commit('ai', 'four');
    await commit('human', 'seven');
    await test.git('bisect', 'start', 'HEAD', good);
    await test.git('bisect', 'run', 'sh', '-c', '! grep -q "four typed" a.txt');
    await test.git('bisect', 'reset');
    await edit('ai', 'ten');
    await edit('human', 'twelve');
    await test.git('commit', '-qam', 'Behind it');
    assert.deepEqual(await wrong(), []);
    assert.deepEqual((await counts()).slice(-1), ['+1 -1 of +2 -2']);
  });

  it('sparse-checkout: keeps the authors when a folder leaves and comes back', async () => {
    await commit('ai', 'two', 'dir/c.txt');
    await edit('human', 'five');
    await test.git('sparse-checkout', 'set', '--no-cone', '/a.txt', '/b.txt');
    await test.git('commit', '-qam', 'Without the folder');
    await test.git('sparse-checkout', 'disable');
    await edit('human', 'nine', 'dir/c.txt');
    await edit('ai', 'eleven', 'dir/c.txt');
    await test.git('commit', '-qam', 'With it');
    assert.deepEqual(await wrong(), []);
    assert.deepEqual(await counts(), ['+1 -1 of +1 -1', '', '+1 -1 of +2 -2']);
  });

  it('a squash of many commits of both: counts what the lines say, where they overlap and where not', async () => {
    await test.git('switch', '-qc', 'topic');
    for (const [at, word] of WORDS.entries())
      await commit(at % 2 === 0 ? 'ai' : 'human', word, at % 3 === 0 ? 'b.txt' : 'a.txt');
    await as('human', test, ['a.txt'], () =>
      test.replace('a.txt', 'three typed by ai', 'three, which was typed by ai'),
    );
    await test.git('commit', '-qam', 'Again');
    await test.git('switch', '-q', 'main');
    await test.git('merge', '-q', '--squash', 'topic');
    await test.git('commit', '-q', '--no-edit');
    assert.deepEqual(await wrong(), []);
    assert.deepEqual(await counts(), ['+6 -6 of +12 -12']);
  });
});
