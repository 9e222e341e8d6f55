/** Plays one random history and examines what comes of it. */
import { blame, status } from './also';
import { agentCommits, commit } from './commits';
import { branch, change, merge } from './branches';
import { beside, carry, createFile, editFile, editWhole, texts } from './edits';
import { Examiner, type Tally } from './examine';
import { orphan, reset, restore, stash, unstash, worktree } from './putback';
import { autosquash, cherryPick, mail, rebase, revert } from './rewrites';
import { save } from './replay';
import type { Step } from './scratch';
import { attributes, special } from './special';
import { World } from './world';

type Choice = [weight: number, act: (world: World) => void];
const STEPS: Choice[] = [
  [40, (world) => editFile(world)],
  [5, (world) => createFile(world)],
  [6, (world) => editWhole(world)],
  [5, (world) => carry(world)],
  [5, beside],
  [24, (world) => commit(world)],
  [2, (world) => commit(world, false)],
  [3, (world) => agentCommits(world, (actor) => {
    const path = world.chance.any(texts(world));
    if (path !== undefined) world.scratch.write(path, `${world.fresh(actor)} ${world.fresh(actor)}\n${world.scratch.read(path) ?? ''}`);
    return path;
  })],
  [3, branch],
  [5, change],
  [5, merge],
  [6, rebase],
  [3, autosquash],
  [4, cherryPick],
  [3, revert],
  [2, mail],
  [4, reset],
  [4, stash],
  [5, unstash],
  [4, restore],
  [1, worktree],
  [0.5, orphan],
  [4, special],
];

function step(world: World): void {
  const sum = STEPS.reduce((total, [weight]) => total + weight, 0);
  let dice = world.chance.real() * sum;
  for (const [weight, act] of STEPS) {
    dice -= weight;
    if (dice < 0) return act(world);
  }
}

export interface Played {
  tally: Tally;
  steps: Step[];
  kept: string | undefined;
}

export function played(seed: number, steps: number, { keep = false, lying = false }: { keep?: boolean; lying?: boolean } = {}): Played {
  const world = new World(seed, lying);
  const examiner = new Examiner(world);
  const lazy = world.chance.maybe(0.4);
  world.start();
  if (world.chance.maybe(0.3)) attributes(world);
  createFile(world, world.actor());
  createFile(world, world.actor());
  for (let count = 0; count < steps; count += 1) {
    step(world);
    if (world.chance.maybe(0.05)) status(examiner, world);
    if (!lazy || world.chance.maybe(0.05)) examiner.look();
  }
  status(examiner, world);
  examiner.look();
  blame(examiner, world);
  const kept = keep && examiner.tally.faults.length > 0;
  if (kept) save(world, examiner.tally);
  else world.scratch.dispose();
  return { tally: examiner.tally, steps: world.scratch.steps, kept: kept ? world.scratch.home : undefined };
}
