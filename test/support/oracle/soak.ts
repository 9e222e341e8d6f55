/**
 * `npm run soak -- [MINUTES] [memory|new|git|SEED]`: random histories with new seeds, for ten minutes when nothing else
 * is said. Tells of each failure its seed and the shortest steps that were found to lead to it, and ends with 1 when
 * there was one. `npm run soak -- editor MINUTES [SEED] [stock|all]`: the same of an engineer's sessions in the real
 * editor. Judged from outside, through the built command line only: `outside/run.ts`.
 * `npm run soak -- code MINUTES [SEED] [REPOSITORY]`: the same of a real repository's own commits, put in hunk by hunk
 * by random hands.
 */
import fc from 'fast-check';
import { soakEditor } from '../../editor/soak/run';
import { TestRepository } from '../repository';
import { soakCode } from './code/run';
import { anyFreshSteps, FreshWorld } from './fresh';
import { anyGitSteps } from './git-steps';
import { GitWorld } from './git-world';
import { MemoryBench } from './memory';
import { anySteps } from './steps';
import { World, type Score } from './world';

const [first = '10', ...more] = process.argv.slice(2);
const [inEditor, ofCode] = [first === 'editor', first === 'code'];
const [minutes = '10', only = ''] = inEditor || ofCode ? more : [first, ...more];
const wanted = /^-?\d+$/.test(only) ? Number(only) : undefined;
const end = Date.now() + Number(minutes) * 60_000;
/** Shortening a failure takes no longer than this. */
const SHORTENED_FOR_MS = 120_000;

const inMemory = (score: Score): fc.IAsyncProperty<[Parameters<World['play']>[0]]> =>
  fc.asyncProperty(anySteps, async (steps) => {
    const world = new World(new MemoryBench(), score);
    await world.start();
    await world.play([...steps, { kind: 'commit' }]);
  });

const ofNewFiles = (score: Score): fc.IAsyncProperty<[Parameters<FreshWorld['play']>[0]]> =>
  fc.asyncProperty(anyFreshSteps, (steps) => new FreshWorld(new MemoryBench(), score).play(steps));

const inGit = (score: Score): fc.IAsyncProperty<[Parameters<GitWorld['play']>[0]]> =>
  fc.asyncProperty(anyGitSteps, async (steps) => {
    const test = await TestRepository.create();
    try {
      const world = new GitWorld(test, score);
      await world.start();
      await world.play(steps);
    } finally {
      await test.dispose();
    }
  });

const KINDS = [
  { name: 'memory', numRuns: 500, property: inMemory },
  { name: 'new', numRuns: 500, property: ofNewFiles },
  { name: 'git', numRuns: 20, property: inGit },
] as const;

async function main(): Promise<boolean> {
  if (inEditor) return soakEditor(Number(minutes), wanted, process.argv.includes('all') ? 'all' : 'stock');
  if (ofCode) return soakCode(Number(minutes), more.slice(1));
  let failures = 0;
  let played = 0;
  const score: Score = { commits: 0, lines: 0, missed: 0 };
  do {
    const seed = wanted ?? Math.floor(Math.random() * 2 ** 31);
    for (const { name, numRuns, property } of KINDS) {
      if (KINDS.some((kind) => kind.name === only) && only !== name) continue;
      const details = await fc.check<[unknown]>(property(score) as fc.IAsyncProperty<[unknown]>, {
        seed,
        numRuns,
        interruptAfterTimeLimit: Math.max(end - Date.now(), SHORTENED_FOR_MS),
      });
      played += details.numRuns;
      if (!details.failed || details.counterexample === null) continue;
      failures++;
      console.log(
        `\n${name}: seed ${String(seed)}, path ${details.counterexamplePath}\n${details.errorInstance instanceof Error ? details.errorInstance.message : ''}\n${JSON.stringify(details.counterexample[0], null, 1)}`,
      );
    }
  } while (wanted === undefined && Date.now() < end);
  console.log(
    `${String(played)} histories, ${String(score.commits)} commits, ${String(score.lines)} changed lines, ${String(score.missed)} missed, ${String(failures)} failures`,
  );
  return failures === 0;
}

void main().then((fine) => (process.exitCode = fine ? 0 : 1));
