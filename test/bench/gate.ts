/** What the gate costs over a range of commits, against what git takes to list the same changes. */
import { readFileSync } from 'node:fs';
import type { TestRepository } from '../support/repository';
import { callOnProcessor, inTurns, type Contender } from './measure';
import { memoryFact, memoryOf } from './memory';
import { longHistory, mergedHistory } from './histories';
import { CLI } from './program';
import { rowsOf, type Fact, type Row } from './rows';

const MANY = 10_000;
const FEW = 50;
const MERGES = 100;
/** How often what takes seconds is run. */
const LONG_ROUNDS = 5;
const MEMORY_LIMIT_MB = 300;

const GIT = 'git log --numstat';
const NODE = 'node -e 0';
const CHECK = ['check', '--base', 'base', '--head', 'main', '--actor', 'ada@example.com', '--json'];

/** Runs a program, and looks for words in what it prints. */
function contender(test: TestRepository, name: string, words: readonly string[], tells = ''): Contender {
  const answer = test.outside('answer');
  // As CI asks: with nothing but the repository.
  const env = { ...test.env, CI: 'true', ANSWER: answer };
  return {
    name,
    // The gate says no by its exit code.
    run: () =>
      callOnProcessor({
        program: 'sh',
        words: ['-c', '"$@" >"$ANSWER"; test $? -lt 2', 'sh', ...words],
        cwd: test.root,
        env,
      }),
    verify: () => {
      if (!readFileSync(answer, 'utf8').includes(tells)) throw new Error(`${name} does not say ${tells}`);
    },
  };
}

const againstOf = (test: TestRepository): readonly Contender[] => [
  contender(test, NODE, [process.execPath, '-e', '0']),
  contender(test, GIT, ['git', 'log', '--numstat', 'base..main']),
];

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
    const measured = await inTurns(
      [
        ...againstOf(test),
        contender(test, 'check', [process.execPath, CLI, ...CHECK], '"verdict"'),
        contender(test, 'show', [process.execPath, CLI, 'show', 'base..main', '--json'], '"claude-code"'),
      ],
      times,
      1,
    );
    const range = `${commits.toLocaleString('en')} commits with notes`;
    rows.push(
      ...rowsOf('Gate', measured, [
        { what: `\`check\` over ${range}`, of: 'check', against: [GIT, NODE], budget },
        { what: `\`show A..B\` over ${range}`, of: 'show', against: [GIT, NODE], budget },
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
  const { test, commits } = await mergedHistory(MERGES);
  const check = contender(test, 'check', [process.execPath, CLI, ...CHECK], '"verdict"');
  const range = `${String(commits)} commits, ${String(MERGES)} of them merges of old topics`;
  rows.push(
    ...rowsOf('Gate', await inTurns([...againstOf(test), check], LONG_ROUNDS, 1), [
      { what: `\`check\` over ${range}`, of: 'check', against: [GIT, NODE], budget: 3 },
    ]),
  );
  facts.push(memoryFact(`\`check\` over ${range}`, memoryOf(test, CHECK)));
  return { rows, facts };
}
