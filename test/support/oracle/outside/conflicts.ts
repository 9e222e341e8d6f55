/** What a person or an assistant makes of a conflict, and how git is told to go on. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { newLine } from './edits';
import { type Actor, linesOf } from './ledger';
import type { World } from './world';

const unmerged = (world: World) =>
  world.scratch.ask('diff', '--name-only', '-z', '--diff-filter=U').split('\0').filter(Boolean);
const holds = (world: World, name: string) =>
  existsSync(resolve(world.scratch.dir, world.scratch.ask('rev-parse', '--git-path', name).trim()));

/** What git is in the middle of. */
export function underWay(world: World): 'rebase' | 'am' | 'cherry-pick' | 'revert' | 'merge' | undefined {
  if (holds(world, 'rebase-merge')) return 'rebase';
  if (holds(world, 'rebase-apply')) return holds(world, 'rebase-apply/applying') ? 'am' : 'rebase';
  if (holds(world, 'CHERRY_PICK_HEAD')) return 'cherry-pick';
  if (holds(world, 'REVERT_HEAD')) return 'revert';
  return holds(world, 'MERGE_HEAD') ? 'merge' : undefined;
}

/** Each marked part as this hand settles it. */
function settled(world: World, actor: Actor, text: string): string {
  const kept: string[] = [];
  const sides: { ours: string[]; theirs: string[] } = { ours: [], theirs: [] };
  let side: 'none' | 'ours' | 'base' | 'theirs' = 'none';
  for (const line of linesOf(text)) {
    if (/^<{7} /.test(line)) side = 'ours';
    else if (/^\|{7} /.test(line) && side === 'ours') side = 'base';
    else if (/^={7}\r?\n/.test(line) && side !== 'none') side = 'theirs';
    else if (/^>{7} /.test(line) && side === 'theirs') {
      const own = [`${newLine(world, actor)}\n`];
      const ways = [
        sides.ours,
        sides.theirs,
        [...sides.ours, ...sides.theirs],
        [...sides.theirs, ...sides.ours],
        own,
        [...own, ...sides.theirs],
        [...sides.ours, ...own],
        [],
      ];
      kept.push(...(world.chance.any(ways) ?? []));
      [sides.ours, sides.theirs, side] = [[], [], 'none'];
    } else if (side === 'none') kept.push(line);
    else if (side !== 'base') sides[side].push(line);
  }
  return kept.join('');
}

/** Settles what is in conflict; true where there was something. */
export function settle(world: World): boolean {
  const paths = unmerged(world);
  if (paths.length === 0) return false;
  const actor = world.actor(0.1);
  const gone: string[] = [];
  world.by(
    actor,
    `settle ${paths.join(' and ')}`,
    () => {
      for (const path of paths) {
        const text = world.scratch.read(path);
        if (text === undefined || (!text.includes('<<<<<<<') && world.chance.maybe(0.5))) {
          world.scratch.remove(path);
          gone.push(path);
        } else world.scratch.write(path, settled(world, actor, text));
      }
    },
    world.chance.maybe(0.7) ? { files: paths } : {},
    'settles',
  );
  for (const path of paths)
    world.scratch.git(gone.includes(path) ? ['rm', '-q', '--cached', '--', path] : ['add', '--', path]);
  return true;
}

/** Goes on until git is done, or gives up; `stopped` is what is done where a rebase stops to be edited. */
export function finish(world: World, stopped: () => void = () => undefined): void {
  for (let count = 0; count < 30; count += 1) {
    const what = underWay(world);
    if (what === undefined) return;
    const conflicted = settle(world);
    if (!conflicted && what === 'rebase') stopped();
    const ran = world.scratch.git(what === 'merge' ? ['commit', '-q', '--no-edit'] : [what, '--continue']);
    if (
      ran.code !== 0 &&
      unmerged(world).length === 0 &&
      underWay(world) !== undefined &&
      what !== 'merge' &&
      conflicted
    )
      world.scratch.git([what, '--skip']);
  }
  giveUp(world);
}

export function giveUp(world: World): void {
  const what = underWay(world);
  if (what === undefined) return;
  world.say(`give up ${what}`);
  world.restore('unknown', `${what} --abort`, () => void world.scratch.git([what, '--abort']));
}
