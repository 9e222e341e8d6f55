/** What the gate costs over a range of commits, against what git takes to list the same changes. */
import { call, emptyNode, inTurns, type Contender } from './measure';
import { memoryOf } from './memory';
import { longHistory } from './histories';
import { CLI } from './program';
import { rowsOf, type Fact, type Row } from './rows';

const MANY = 10_000;
const FEW = 50;
/** How often what takes seconds is run. */
const LONG_ROUNDS = 5;
const MEMORY_LIMIT_MB = 300;

export async function measureGate(
  rounds: number,
): Promise<{ readonly rows: readonly Row[]; readonly facts: readonly Fact[] }> {
  const rows: Row[] = [];
  const facts: Fact[] = [];
  for (const [commits, times, budget] of [
    [MANY, LONG_ROUNDS, 2],
    [FEW, rounds, 1.5],
  ] as const) {
    const { test } = await longHistory(commits);
    const words = ['check', '--base', 'base', '--head', 'main', '--actor', 'ada@example.com', '--json'];
    // As CI asks: with nothing but the repository.
    const env = { ...test.env, CI: 'true' };
    const asks = (name: string, program: string, asked: readonly string[], tells: string): Contender => ({
      name,
      run: () => {
        // The gate says no by its exit code.
        if (
          !call({
            program: 'sh',
            words: ['-c', '"$@"; test $? -lt 2', 'sh', program, ...asked],
            cwd: test.root,
            env,
          }).includes(tells)
        )
          throw new Error(`${name} does not say what is in the notes`);
      },
    });
    const git: Contender = {
      name: 'git log --numstat',
      run: () => void call({ program: 'git', words: ['log', '--numstat', 'base..main'], cwd: test.root, env }),
    };
    const measured = await inTurns(
      [
        emptyNode(test),
        git,
        asks('check', process.execPath, [CLI, ...words], '"verdict"'),
        asks('show', process.execPath, [CLI, 'show', 'base..main', '--json'], '"claude-code"'),
      ],
      times,
      1,
    );
    const range = `${commits.toLocaleString('en')} commits with notes`;
    rows.push(
      ...rowsOf('Gate', measured, [
        { what: `\`check\` over ${range}`, of: 'check', against: ['git log --numstat', 'node -e 0'], budget },
        { what: `\`show A..B\` over ${range}`, of: 'show', against: ['git log --numstat', 'node -e 0'], budget },
      ]),
    );
    if (commits === MANY)
      facts.push({
        what: `Memory of \`show A..B\` over ${range}`,
        value: memoryOf(test, ['show', 'base..main']),
        unit: 'MB',
        limit: MEMORY_LIMIT_MB,
      });
  }
  return { rows, facts };
}
