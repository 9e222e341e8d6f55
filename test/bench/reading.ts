/** What the questions cost: `show` and `blame`, against git's own answers. */
import { TestRepository } from '../support/repository';
import { call, emptyNode, inTurns, type Contender } from './measure';
import { CLI } from './program';
import { linesOf, noteAsAssistants } from './repositories';
import { memoryFact, memoryOf } from './memory';
import { rowsOf, type Fact, type Row } from './rows';

const LINES = 5000;
const COMMITS = 500;
/** How often what takes seconds is run. */
const LONG_ROUNDS = 3;
/** Every so many commits are an assistant's, with a note. */
const NOTED_EVERY = 5;

export async function measureReading(
  rounds: number,
): Promise<{ readonly rows: readonly Row[]; readonly facts: readonly Fact[] }> {
  const test = await history();
  const run = (program: string, ...words: string[]): string => call({ program, words, cwd: test.root, env: test.env });
  const ours = (name: string, ...words: string[]): Contender => ({
    name,
    run: () => {
      if (!run(process.execPath, CLI, ...words, '--json').includes('"assistant": "claude-code"'))
        throw new Error(`${name} does not say what is in the notes`);
    },
  });
  const git = (...words: string[]): Contender => ({
    name: `git ${words.join(' ')}`,
    run: () => void run('git', ...words),
  });
  const file = `a file of ${LINES.toLocaleString('en')} lines and ${String(COMMITS)} commits`;
  const rows = [
    ...rowsOf(
      'Read',
      await inTurns([emptyNode(test), git('show', '--numstat', 'HEAD'), ours('show', 'show', 'HEAD')], rounds),
      [{ what: '`show HEAD`', of: 'show', against: ['node -e 0', 'git show --numstat HEAD'], budget: 1.5 }],
    ),
    ...rowsOf(
      'Read',
      await inTurns([git('blame', 'big.ts'), ours('blame', 'blame', 'big.ts', '--plain')], LONG_ROUNDS, 1),
      [{ what: `\`blame --plain\` of ${file}`, of: 'blame', against: ['git blame big.ts'], budget: 1.5 }],
    ),
    ...rowsOf(
      'Read',
      await inTurns(
        [git('blame', '-w', '-M', '-C', 'big.ts'), ours('blame with moves', 'blame', 'big.ts')],
        LONG_ROUNDS,
        1,
      ),
      [{ what: `\`blame\` of ${file}`, of: 'blame with moves', against: ['git blame -w -M -C big.ts'], budget: 1.5 }],
    ),
  ];
  return { rows, facts: [memoryFact(`\`blame\` of ${file}`, memoryOf(test, ['blame', 'big.ts']))] };
}

/** One file that is edited in two places by each commit; some of them have notes. */
async function history(): Promise<TestRepository> {
  const test = await TestRepository.create();
  const lines = linesOf(LINES);
  const person = 'committer Ada <ada@example.com>';
  const stream: string[] = [];
  for (let i = 0; i < COMMITS; i++) {
    for (const at of [(i * 1009) % LINES, (i * 2003 + 7) % LINES])
      lines[at] = `export const changed${String(at)} = ${String(i)};\n`;
    const content = lines.join('');
    const message = `Change ${String(i)}\n`;
    stream.push(
      `commit refs/heads/main\n${person} ${String(1600000000 + i * 60)} +0000\ndata ${String(message.length)}\n${message}M 100644 inline big.ts\ndata ${String(content.length)}\n${content}\n`,
    );
  }
  const imported = await test.run(['fast-import', '--quiet'], { input: stream.join('') });
  if (imported.code !== 0) throw new Error(imported.stderr);
  await test.git('reset', '--quiet', '--hard', 'main');
  const ids = (await test.git('rev-list', 'main')).split('\n').filter((_, i) => i % NOTED_EVERY === 0);
  await noteAsAssistants(test, ids);
  return test;
}
