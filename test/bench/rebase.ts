/** What a rebase costs with our hooks, against the same one without them. */
import { installGitHooks } from '../../src/provenance/commits';
import type { TestRepository } from '../support/repository';
import { as } from '../support/worker';
import { callOnProcessor, inTurns, type Contender } from './measure';
import { CLI } from './program';
import { fileName, noteAsAssistants, smallProject, withOneEdit } from './repositories';
import { rowsOf, type Row } from './rows';

const COMMITS = 200;

export async function measureRebase(rounds: number): Promise<Row[]> {
  const plain = await contenderOf('git rebase without hooks', false);
  const hooked = await contenderOf('rebase', true);
  const asked = await firstQuestion();
  return rowsOf('Rebase', await inTurns([plain, hooked, asked], rounds, 1), [
    {
      what: `Rebase of ${String(COMMITS)} commits, half of them an assistant's, and more of its work still to be committed`,
      of: 'rebase',
      against: ['git rebase without hooks'],
      budget: 2.5,
    },
    {
      what: '`show HEAD` after it, which writes the notes of what it made',
      of: asked.name,
      against: ['rebase'],
      budget: 1,
    },
  ]);
}

/** What is asked first once a rebase is done: half of its commits had notes, and are to have them again. */
async function firstQuestion(): Promise<Contender> {
  const rebase = await contenderOf('first question', true);
  const { test } = rebase;
  const ids = (await test.git('rev-list', 'main..work')).split('\n').filter((_, at) => at % 2 === 0);
  await noteAsAssistants(test, ids);
  const notes = await test.git('rev-parse', 'refs/notes/ai');
  return {
    name: rebase.name,
    prepare: async (turn) => {
      await test.git('update-ref', 'refs/notes/ai', notes);
      await rebase.prepare?.(turn);
      rebase.run(turn);
    },
    run: () =>
      callOnProcessor({ program: process.execPath, words: [CLI, 'show', 'HEAD'], cwd: test.root, env: test.env }),
    verify: async () => {
      const noted = new Set(
        (await test.git('notes', '--ref=ai', 'list')).split('\n').map((line) => line.split(' ')[1]),
      );
      const made = (await test.git('rev-list', 'main..work')).split('\n').filter((id) => noted.has(id));
      if (made.length !== ids.length)
        throw new Error(
          `${rebase.name}: ${String(made.length)} commits have notes after it, not ${String(ids.length)}`,
        );
    },
  };
}

/** Commits on a branch beside one on `main`; each turn rebases them. */
async function contenderOf(name: string, hooks: boolean): Promise<Contender & { readonly test: TestRepository }> {
  const test = await smallProject();
  await importCommits(test);
  if (hooks) await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
  const tip = await test.git('rev-parse', 'work');
  const messages = await test.git('log', '--format=%B', 'main..work');
  // Something is recorded and not committed: the hook may not simply say that there is nothing.
  if (hooks) await as('ai', test, ['notes.txt'], () => test.write('notes.txt', 'to be committed later\n'));
  return {
    name,
    test,
    prepare: async () => {
      await test.git('checkout', '--quiet', '-B', 'work', tip);
    },
    run: () => callOnProcessor({ program: 'git', words: ['rebase', '--quiet', 'main'], cwd: test.root, env: test.env }),
    verify: async () => {
      const made = await test.git('rev-list', '--count', 'main..work');
      const alike = await test.git('log', '--format=%B', 'main..work');
      if (alike !== messages) throw new Error(`${name}: the messages are others after the rebase that is measured`);
      if (made !== String(COMMITS)) throw new Error(`${name}: ${made} commits came out of the rebase that is measured`);
    },
  };
}

async function importCommits(test: TestRepository): Promise<void> {
  const contents = new Map<string, string>();
  const commit = (branch: string, turn: number, file: string, content: string): string => {
    // Every other one is an assistant's.
    const message = `Change ${String(turn)}\n${turn % 2 === 0 ? '' : '\nAssisted-by: claude-code:model-1\nAI-Lines: +1 -1 of +1 -1\n'}`;
    return `commit refs/heads/${branch}\ncommitter Ada <ada@example.com> ${String(1700001000 + turn)} +0000\ndata ${String(message.length)}\n${message}${turn === 0 ? 'from refs/heads/main^0\n' : ''}M 100644 inline ${file}\ndata ${String(content.length)}\n${content}\n`;
  };
  const stream: string[] = [];
  for (let turn = 0; turn < COMMITS; turn++) {
    const file = fileName(turn);
    const content = withOneEdit(contents.get(file) ?? test.read(file), turn);
    contents.set(file, content);
    stream.push(commit('work', turn, file, content));
  }
  const imported = await test.run(['fast-import', '--quiet', '--force'], { input: stream.join('') });
  if (imported.code !== 0) throw new Error(imported.stderr);
  test.write('beside.txt', 'meanwhile on main\n');
  await test.commit('Meanwhile', { at: '@1700000500 +0000' });
}
