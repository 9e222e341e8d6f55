/** What an assistant waits for around a shell command in a large repository: nobody knows which files it will touch. */
import { openJournal } from '../../src/provenance/journal';
import { TestRepository } from '../support/repository';
import { call, emptyNode, inTurns, type Contender } from './measure';
import { CLI } from './program';
import { rowsOf, type Row } from './rows';

const FILES = 50_000;
const FOLDERS = 500;

export async function measureBrackets(rounds: number): Promise<Row[]> {
  const test = await largeProject();
  const journal = openJournal(test.repository().gitDir, Date.now);
  const name = (file: number): string => `src/part-${String(file % FOLDERS)}/file-${String(file)}.ts`;
  const report = (event: 'before' | 'after', turn: number): void => {
    call({
      program: process.execPath,
      words: [CLI, 'record', 'generic'],
      cwd: test.root,
      env: test.env,
      input: JSON.stringify({
        version: 1,
        event,
        id: `command-${String(turn)}`,
        author: 'ai',
        tool: 'some-tool',
        session: 'session-1',
        cwd: test.root,
      }),
    });
  };
  const before: Contender = { name: 'before', run: (turn) => report('before', turn) };
  const after: Contender = {
    name: 'after',
    prepare: (turn) => {
      report('before', turn + 1000);
      test.write(name(turn), `export const changed = ${String(turn)};\n`);
    },
    run: (turn) => report('after', turn + 1000),
    verify: async (turn) => {
      const last = journal.read().at(-1)?.record;
      if (last?.kind !== 'edit' || last.files.length !== 1 || last.files[0]?.path !== name(turn))
        throw new Error(`the bracket that is measured has left the record ${JSON.stringify(last)}`);
      await test.git('checkout', '--quiet', '--', name(turn));
    },
  };
  const status: Contender = {
    name: 'git status',
    run: () => void call({ program: 'git', words: ['status', '--porcelain'], cwd: test.root, env: test.env }),
  };
  const times = await inTurns([emptyNode(test), status, before, after], rounds);
  const budget = { 'git status': 1.2, 'node -e 0': 1.5 };
  const what = `a shell command in ${FILES.toLocaleString('en')} files`;
  return rowsOf('Bracket', times, [
    { what: `\`record\` before ${what}`, of: 'before', against: ['git status', 'node -e 0'], budget },
    { what: `\`record\` after ${what} that changed one`, of: 'after', against: ['git status', 'node -e 0'], budget },
  ]);
}

async function largeProject(): Promise<TestRepository> {
  const test = await TestRepository.create();
  const stream = ['commit refs/heads/main\ncommitter Ada <ada@example.com> 1700000000 +0000\ndata 6\nStart\n'];
  for (let file = 0; file < FILES; file++) {
    const content = `export const file${String(file)} = ${String(file)};\n`;
    stream.push(
      `M 100644 inline src/part-${String(file % FOLDERS)}/file-${String(file)}.ts\ndata ${String(content.length)}\n${content}\n`,
    );
  }
  const imported = await test.run(['fast-import', '--quiet'], { input: stream.join('') });
  if (imported.code !== 0) throw new Error(imported.stderr);
  await test.git('reset', '--quiet', '--hard', 'main');
  await test.git('status', '--porcelain');
  return test;
}
