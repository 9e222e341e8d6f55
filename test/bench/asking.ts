/** What the first questions after much work cost, on the processor: `status` over it, `show` of what was committed of it. */
import { rmSync } from 'node:fs';
import type { TestRepository } from '../support/repository';
import { as } from '../support/worker';
import { call, callOnProcessor, inTurns, type Contender } from './measure';
import { mergedHistory } from './histories';
import { CLI } from './program';
import { fileName, linesOf, smallProject, withOneEdit } from './repositories';
import { rowsOf, type Fact, type Row } from './rows';

const EDITS = 1000;
const EDITED_FILES = 50;
const MERGES = 100;
/** The first calls after an update keep what they compiled (src/entry/code-cache), each for some milliseconds. */
const LEARNS_FROM = 4;
const STATUS_LIMIT_MS = 300;
/** A second for 2,000 files. */
const LIMIT_PER_FILE_MS = 0.5;

const onProcessor = (test: TestRepository, ...words: string[]): number =>
  callOnProcessor({ program: process.execPath, words: [CLI, ...words], cwd: test.root, env: test.env });

export async function measureAsking(
  rounds: number,
): Promise<{ readonly rows: readonly Row[]; readonly facts: readonly Fact[] }> {
  return {
    rows: [...(await statusOfOne(rounds)), ...(await showOverMerges())],
    facts: [await statusOfMany(), await firstQuestion(2000), await firstQuestion(4000), await firstQuestion(20_000)],
  };
}

const bestOf = (rounds: number, run: () => number): number => Math.min(...Array.from({ length: rounds }, run));

async function statusOfOne(rounds: number): Promise<Row[]> {
  const test = await smallProject();
  await as('ai', test, [fileName(1)], () => test.write(fileName(1), withOneEdit(test.read(fileName(1)), 1)));
  const node: Contender = {
    name: 'node -e 0',
    run: () =>
      callOnProcessor({ program: process.execPath, words: ['-e', '0'], cwd: test.root, env: test.env, input: '{}' }),
  };
  const status: Contender = { name: 'status', run: () => onProcessor(test, 'status') };
  return rowsOf('Ask', await inTurns([node, status], rounds, LEARNS_FROM), [
    { what: '`status` of one change', of: 'status', against: ['node -e 0'], budget: 2.5 },
  ]);
}

/** As an agent works: one edit after another, each with a record before it and one after it. */
async function statusOfMany(): Promise<Fact> {
  const test = await smallProject();
  for (let turn = 0; turn < EDITS; turn++) {
    const file = fileName(turn % EDITED_FILES);
    await as('ai', test, [file], () => test.write(file, withOneEdit(test.read(file), turn)));
  }
  const value = bestOf(5, () => onProcessor(test, 'status'));
  await test.dispose();
  return {
    what: `\`status\` of ${EDITS.toLocaleString('en')} pending edits of an agent, on the processor, fastest`,
    value,
    unit: 'ms',
    limit: STATUS_LIMIT_MS,
  };
}

async function firstQuestion(files: number): Promise<Fact> {
  const test = await smallProject();
  const names = Array.from({ length: files }, (_, at) => `many/part-${String(at % 100)}/file-${String(at)}.ts`);
  await as('ai', test, names, () => {
    for (const [at, name] of names.entries()) test.write(name, linesOf(20, `f${String(at)}`).join(''));
  });
  await test.git('add', '.');
  await test.git('commit', '-qm', 'Many');
  const kept = test.outside('as-committed');
  call({ program: 'cp', words: ['-a', test.root, kept], cwd: test.root, env: test.env });
  const value = bestOf(3, () => {
    rmSync(test.at('.git'), { recursive: true });
    call({ program: 'cp', words: ['-a', `${kept}/.git`, test.root], cwd: test.root, env: test.env });
    return onProcessor(test, 'show', 'HEAD', '--json');
  });
  await test.dispose();
  return {
    what: `First question after an agent's commit of ${files.toLocaleString('en')} files, on the processor, fastest`,
    value,
    unit: 'ms',
    limit: files * LIMIT_PER_FILE_MS,
  };
}

async function showOverMerges(): Promise<Row[]> {
  const { test, commits } = await mergedHistory(MERGES);
  const git = 'git log --numstat';
  const times = await inTurns(
    [
      {
        name: git,
        run: () =>
          callOnProcessor({ program: 'git', words: ['log', '--numstat', 'base..main'], cwd: test.root, env: test.env }),
      },
      {
        name: 'node -e 0',
        run: () => callOnProcessor({ program: process.execPath, words: ['-e', '0'], cwd: test.root, env: test.env }),
      },
      { name: 'show', run: () => onProcessor(test, 'show', 'base..main', '--json') },
    ],
    5,
    1,
  );
  await test.dispose();
  return rowsOf('Ask', times, [
    {
      what: `\`show A..B\` over ${String(commits)} commits, ${String(MERGES)} of them merges of old topics`,
      of: 'show',
      against: [git, 'node -e 0'],
      budget: 3,
    },
  ]);
}
