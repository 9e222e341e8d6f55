/** What a commit costs with our hooks, against the same commit without them. */
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installGitHooks } from '../../src/provenance/commits';
import type { TestRepository } from '../support/repository';
import { as } from '../support/worker';
import { call, emptyNode, inTurns, type Contender } from './measure';
import { CLI } from './program';
import { fileName, smallProject, withOneEdit } from './repositories';
import { rowsOf, type Row } from './rows';

/**
 * In the terminal, without an editor. `recorded`: an assistant's edit is in the commit, whose trailers nobody has
 * worked out. `prepared`: its turn has ended as it does, and the next commit was prepared behind it. `after`: a
 * person's commit, behind one of an assistant's work.
 */
type Situation = 'plain' | 'idle' | 'recorded' | 'prepared' | 'after';

/** What one commit started. */
export interface Started {
  readonly what: string;
  readonly hooks: number;
  /** Besides the commit itself. */
  readonly git: number;
  readonly runtime: number;
}

/** What goes on behind a commit or a turn is waited for, so that it does not disturb what is measured next. */
async function until(what: string, is: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await is());) {
    if (Date.now() > end) throw new Error(`in vain waited for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const inRecord = (test: TestRepository, name: string): string =>
  path.join(test.repository().gitDir, 'linekeeper', name);
const isQuiet = (test: TestRepository): boolean => !existsSync(inRecord(test, 'ready.lock'));

/** A person's or an assistant's next edit, staged. */
async function stage(test: TestRepository, situation: Situation, turn: number): Promise<void> {
  if (situation === 'after') {
    await stage(test, 'prepared', 2 * turn);
    call({ program: 'git', words: WORDS, cwd: test.root, env: environment(test, 2 * turn, situation) });
    await behind(test);
  }
  const file = fileName(situation === 'after' ? 100 + turn : turn);
  const work = (): void => test.write(file, withOneEdit(test.read(file), turn));
  await as(situation === 'recorded' || situation === 'prepared' ? 'ai' : 'nobody', test, [file], work);
  await test.git('add', file);
  if (situation === 'recorded') rmSync(inRecord(test, 'prepared'), { recursive: true, force: true });
  if (situation !== 'prepared') return;
  call({
    program: process.execPath,
    words: [CLI, 'record', 'claude-code'],
    cwd: test.root,
    env: { ...test.env, LINEKEEPER_BACKGROUND: '' },
    input: JSON.stringify({ hook_event_name: 'Stop', session_id: 'session-1', cwd: test.root }),
  });
  const answer = inRecord(test, path.join('prepared', await test.git('write-tree')));
  await until('the answer', () => existsSync(answer) && isQuiet(test));
}

/** Until the note of the last commit is written and nothing is left of it. */
const behind = (test: TestRepository): Promise<void> =>
  until(
    'the note',
    async () =>
      !readdirSync(inRecord(test, 'journal')).some((name) => name.endsWith('.json')) &&
      isQuiet(test) &&
      (await test.run(['notes', '--ref=ai', 'show', 'HEAD'])).code === 0,
  );

const WORDS = [
  'commit',
  '--quiet',
  '--message',
  'fix(api): change one line (#12)',
  '--message',
  'It was wrong before.',
];
/** Each commit a second after the one before: as people's are, and unlike an amended one's. */
const environment = (test: TestRepository, turn: number, situation: Situation): Record<string, string> => ({
  ...test.env,
  LINEKEEPER_BACKGROUND: situation === 'prepared' || situation === 'after' ? '' : 'off',
  GIT_AUTHOR_DATE: `@${String(1700000100 + turn)} +0000`,
  GIT_COMMITTER_DATE: `@${String(1700000100 + turn)} +0000`,
});

async function verify(test: TestRepository, situation: Situation): Promise<void> {
  const message = await test.git('log', '-1', '--format=%B');
  const expected = situation === 'recorded' || situation === 'prepared';
  if (message.includes('AI-Lines: +1 -1 of +1 -1') !== expected)
    throw new Error(`${situation}: a commit that is measured has the message ${JSON.stringify(message)}`);
  if (situation === 'prepared') await behind(test);
}

export async function measureCommits(
  rounds: number,
): Promise<{ readonly rows: readonly Row[]; readonly started: readonly Started[] }> {
  const of = async (situation: Situation, name: string): Promise<Contender> => {
    const test = await smallProject();
    if (situation !== 'plain')
      await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
    return {
      name,
      prepare: (turn) => stage(test, situation, turn),
      run: (turn) =>
        call({
          program: 'git',
          words: WORDS,
          cwd: test.root,
          env: environment(test, situation === 'after' ? 2 * turn + 1 : turn, situation),
        }),
      verify: () => verify(test, situation),
    };
  };
  const contenders = [
    await of('plain', 'git commit without hooks'),
    await of('idle', 'idle'),
    await of('after', 'after'),
    await of('prepared', 'prepared'),
    await of('recorded', 'recorded'),
    emptyNode(await smallProject()),
  ];
  const times = await inTurns(contenders, rounds);
  const rows = rowsOf('Commit', times, [
    { what: 'Commit, nothing recorded', of: 'idle', against: ['git commit without hooks'], budget: 1.5 },
    {
      what: "Commit of a person's work, behind one of an assistant's, in the terminal",
      of: 'after',
      against: ['git commit without hooks'],
      budget: 2,
    },
    {
      what: "Commit of an assistant's edit in the terminal, prepared at the end of its turn",
      of: 'prepared',
      against: ['git commit without hooks'],
      budget: 2.5,
    },
    {
      what: 'Commit of a recorded edit, nothing prepared',
      of: 'recorded',
      against: ['git commit without hooks', 'node -e 0'],
      budget: 1.5,
    },
  ]);
  return {
    rows,
    started: [
      await count('idle', 'Commit, nothing recorded'),
      await count('after', 'Commit of a person, behind one of an assistant'),
      await count('prepared', 'Commit, trailers prepared'),
      await count('recorded', 'Commit, nothing prepared'),
    ],
  };
}

/** Counts what one commit starts: git tells by its own trace, the runtime by a script that stands in for it. */
async function count(situation: Situation, what: string): Promise<Started> {
  const test = await smallProject();
  const runtime = test.outside('runtime');
  const log = test.outside('started');
  writeFileSync(runtime, `#!/bin/sh\n[ "$3" = ready ] || echo started >>'${log}'\nexec '${process.execPath}' "$@"\n`);
  chmodSync(runtime, 0o755);
  await installGitHooks(test.repository(), { executable: runtime, cli: CLI, electron: false });
  const trace = test.outside('trace');
  // The first commit reads the policy; the second is like all others.
  for (const [turn, more] of [{}, { GIT_TRACE2_EVENT: trace }].entries()) {
    await stage(test, situation, turn);
    writeFileSync(log, '');
    call({
      program: 'git',
      words: WORDS,
      cwd: test.root,
      env: {
        ...environment(test, situation === 'after' ? 2 * turn + 1 : turn, situation),
        ...more,
        ...(turn === 0 ? {} : { LINEKEEPER_BACKGROUND: 'off' }),
      },
    }); // what goes on behind it is not counted
    if (turn === 0) await verify(test, situation);
  }
  const events = readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly event: string; readonly child_class?: string }); // git's own format
  return {
    what,
    hooks: events.filter(({ event, child_class: kind }) => event === 'child_start' && kind === 'hook').length,
    git: events.filter(({ event }) => event === 'start').length - 1,
    runtime: readFileSync(log, 'utf8').split('\n').length - 1,
  };
}
