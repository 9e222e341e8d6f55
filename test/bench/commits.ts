/** What a commit costs with our hooks, against the same commit without them. */
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { trailerPolicy } from '../../src/decision';
import { installGitHooks, prepareAnswer } from '../../src/git';
import type { TestRepository } from '../support/repository';
import { as, tick } from '../support/worker';
import { call, emptyNode, inTurns, type Contender } from './measure';
import { CLI } from './program';
import { fileName, smallProject, withOneEdit } from './repositories';
import { rowsOf, type Row } from './rows';

/** `recorded`: an assistant's edit is in the commit, and its turn has ended, which left nothing to be done later. `prepared`: and the editor has worked out its trailers. */
type Situation = 'plain' | 'idle' | 'recorded' | 'prepared';

/** What one commit started. */
export interface Started {
  readonly what: string;
  readonly hooks: number;
  /** Besides the commit itself. */
  readonly git: number;
  readonly runtime: number;
}

const clock = { now: tick };

/** A person's or an assistant's next edit, staged. */
async function stage(test: TestRepository, situation: Situation, turn: number): Promise<void> {
  const file = fileName(turn);
  const work = (): void => test.write(file, withOneEdit(test.read(file), turn));
  await as(situation === 'recorded' || situation === 'prepared' ? 'ai' : 'nobody', test, [file], work);
  await test.git('add', file);
  const repository = test.repository();
  if (situation === 'prepared') await prepareAnswer(repository, await trailerPolicy(repository), clock);
  if (situation === 'recorded') rmSync(path.join(repository.gitDir, 'linekeeper', 'prepared'), { recursive: true, force: true });
}

const WORDS = ['commit', '--quiet', '--message', 'fix(api): change one line (#12)', '--message', 'It was wrong before.'];
/** Each commit a second after the one before: as people's are, and unlike an amended one's. */
const environment = (test: TestRepository, turn: number): Record<string, string> => ({ ...test.env, GIT_AUTHOR_DATE: `@${String(1700000100 + turn)} +0000`, GIT_COMMITTER_DATE: `@${String(1700000100 + turn)} +0000` });

async function verify(test: TestRepository, situation: Situation): Promise<void> {
  const message = await test.git('log', '-1', '--format=%B');
  const expected = situation === 'recorded' || situation === 'prepared';
  if (message.includes('AI-Lines: +1 -1 of +1 -1') !== expected) throw new Error(`${situation}: a commit that is measured has the message ${JSON.stringify(message)}`);
}

export async function measureCommits(rounds: number): Promise<{ readonly rows: readonly Row[]; readonly started: readonly Started[] }> {
  const of = async (situation: Situation, name: string): Promise<Contender> => {
    const test = await smallProject();
    if (situation !== 'plain') await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
    return {
      name,
      prepare: (turn) => stage(test, situation, turn),
      run: (turn) => call({ program: 'git', words: WORDS, cwd: test.root, env: environment(test, turn) }),
      verify: () => verify(test, situation),
    };
  };
  const contenders = [await of('plain', 'git commit without hooks'), await of('idle', 'idle'), await of('prepared', 'prepared'), await of('recorded', 'recorded'), emptyNode(await smallProject())];
  const times = await inTurns(contenders, rounds);
  const rows = rowsOf('Commit', times, [
    { what: 'Commit, nothing recorded', of: 'idle', against: ['git commit without hooks'], budget: 1.5 },
    { what: 'Commit of a recorded edit, trailers prepared by the editor', of: 'prepared', against: ['git commit without hooks'], budget: 2.3 },
    { what: 'Commit of a recorded edit, nothing prepared', of: 'recorded', against: ['git commit without hooks', 'node -e 0'], budget: 1.5 },
  ]);
  return { rows, started: [await count('idle', 'Commit, nothing recorded'), await count('prepared', 'Commit, trailers prepared'), await count('recorded', 'Commit, nothing prepared')] };
}

/** Counts what one commit starts: git tells by its own trace, the runtime by a script that stands in for it. */
async function count(situation: Situation, what: string): Promise<Started> {
  const test = await smallProject();
  const runtime = test.outside('runtime');
  const log = test.outside('started');
  writeFileSync(runtime, `#!/bin/sh\necho started >>'${log}'\nexec '${process.execPath}' "$@"\n`);
  chmodSync(runtime, 0o755);
  await installGitHooks(test.repository(), { executable: runtime, cli: CLI, electron: false });
  const trace = test.outside('trace');
  // The first commit reads the policy; the second is like all others.
  for (const [turn, more] of [{}, { GIT_TRACE2_EVENT: trace }].entries()) {
    await stage(test, situation, turn);
    writeFileSync(log, '');
    call({ program: 'git', words: WORDS, cwd: test.root, env: { ...environment(test, turn), ...more } });
  }
  await verify(test, situation);
  const events = readFileSync(trace, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { readonly event: string; readonly child_class?: string }); // git's own format
  return {
    what,
    hooks: events.filter(({ event, child_class: kind }) => event === 'child_start' && kind === 'hook').length,
    git: events.filter(({ event }) => event === 'start').length - 1,
    runtime: readFileSync(log, 'utf8').split('\n').length - 1,
  };
}
