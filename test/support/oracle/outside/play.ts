/** Plays one random history and examines what comes of it. */
import { agree } from './agree';
import { blame, status } from './also';
import { commit } from './commits';
import { branch, change, clean, merge } from './branches';
import { declared, nameless, parallel, told, toldWhole, within } from './brackets';
import { forge, pull, push, visit } from './clones';
import { beside, carry, createFile, editFile, editWhole } from './edits';
import { Examiner, type Tally } from './examine';
import { orphan, reset, restore, stash, unstash, worktree } from './putback';
import { agentCommits, agentGit, agentWorks } from './own';
import { remake } from './rewritten';
import { autosquash, cherryPick, mail, rebase, revert } from './rewrites';
import { save } from './replay';
import type { Step } from './scratch';
import { lineEnds, setting } from './settings';
import { attributes, special } from './special';
import { World } from './world';

type Act = (world: World) => void;

/** What may be done next, and how often. */
const STEPS: Readonly<Record<string, readonly [weight: number, act: Act]>> = {
  editFile: [40, (world) => editFile(world)],
  createFile: [5, (world) => createFile(world)],
  editWhole: [6, (world) => editWhole(world)],
  carry: [5, (world) => carry(world)],
  beside: [5, beside],
  parallel: [5, parallel],
  nameless: [4, nameless],
  within: [3, within],
  told: [4, told],
  toldWhole: [2, toldWhole],
  declared: [4, declared],
  commit: [24, (world) => commit(world)],
  commitUnseen: [2, (world) => commit(world, false)],
  agentCommits: [3, agentCommits],
  agentWorks: [5, agentWorks],
  agentGit: [4, agentGit],
  branch: [3, branch],
  change: [5, change],
  merge: [5, merge],
  rebase: [6, rebase],
  autosquash: [3, autosquash],
  cherryPick: [4, cherryPick],
  revert: [3, revert],
  mail: [2, mail],
  reset: [4, reset],
  stash: [4, stash],
  unstash: [5, unstash],
  restore: [4, restore],
  worktree: [1, worktree],
  orphan: [0.5, orphan],
  special: [4, special],
  setting: [3, setting],
  lineEnds: [1, lineEnds],
  remake: [7, remake],
  visit: [5, visit],
  push: [3, push],
  pull: [4, pull],
  forge: [3, forge],
};

function step(world: World, often: readonly string[]): void {
  const all = Object.entries(STEPS).map(([name, [weight, act]]): [number, Act] => [
    often.includes(name) ? 10 * weight : weight,
    act,
  ]);
  let dice = world.chance.real() * all.reduce((total, [weight]) => total + weight, 0);
  for (const [weight, act] of all) {
    dice -= weight;
    if (dice < 0) return act(world);
  }
}

export interface Played {
  tally: Tally;
  steps: Step[];
  kept: string | undefined;
}

export function played(
  seed: number,
  steps: number,
  { keep = false, lying = false, often = [] }: { keep?: boolean; lying?: boolean; often?: readonly string[] } = {},
): Played {
  const world = new World(seed, lying);
  const examiner = new Examiner(world);
  const lazy = world.chance.maybe(0.4);
  world.start();
  if (world.chance.maybe(0.3)) attributes(world);
  createFile(world, world.actor());
  createFile(world, world.actor());
  if (world.chance.maybe(0.7)) clean(world);
  for (let count = 0; count < steps; count += 1) {
    step(world, often);
    if (world.chance.maybe(0.05)) status(examiner, world);
    if (!lazy || world.chance.maybe(0.05)) examiner.look();
  }
  status(examiner, world);
  examiner.look();
  blame(examiner, world);
  agree(examiner, world);
  const kept = keep && examiner.tally.faults.length > 0;
  if (kept) save(world, examiner.tally);
  else world.scratch.dispose();
  return { tally: examiner.tally, steps: world.scratch.steps, kept: kept ? world.scratch.home : undefined };
}
