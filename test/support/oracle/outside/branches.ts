/** Branches, and what brings them together. */
import { finish, giveUp, settle, underWay } from './conflicts';
import { commit } from './commits';
import type { World } from './world';

export const branches = (world: World): string[] =>
  world.scratch.ask('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n').filter(Boolean);
export const dirty = (world: World): boolean => world.scratch.ask('status', '--porcelain') !== '';
export const head = (world: World): string => world.scratch.ask('rev-parse', '-q', '--verify', 'HEAD').trim();
export const other = (world: World): string | undefined => {
  const now = world.scratch.ask('branch', '--show-current').trim();
  return world.chance.any(branches(world).filter((name) => name !== now && !taken(world).includes(name)));
};
const taken = (world: World) =>
  [...world.scratch.ask('worktree', 'list', '--porcelain').matchAll(/^branch refs\/heads\/(.*)$/gm)].map(
    (found) => found[1] ?? '',
  );

/** Nothing uncommitted from here on. */
export function clean(world: World): void {
  if (!dirty(world)) return;
  world.scratch.git(['add', '-A']);
  world.scratch.git(['commit', '-q', '-m', world.name('all of it ')]);
}

export function branch(world: World): void {
  if (head(world) === '') return;
  const start = world.chance.maybe(0.4) ? `HEAD~${String(world.chance.below(4))}` : 'HEAD';
  world.say('branch');
  world.scratch.git([
    ...(world.chance.maybe(0.5) ? ['switch', '-q', '-c'] : ['checkout', '-q', '-b']),
    world.name('b'),
    start,
  ]);
}

export function change(world: World): void {
  const name = other(world);
  if (name === undefined) return branch(world);
  world.say(`switch to ${name}`);
  if (world.chance.maybe(0.5)) clean(world);
  const ran = world.scratch.git(
    world.chance.maybe(0.15) ? ['checkout', '-q', '--detach', name] : ['checkout', '-q', name],
  );
  if (ran.code !== 0) {
    clean(world);
    world.scratch.git(['checkout', '-q', name]);
  }
}

export function merge(world: World): void {
  const name = other(world);
  if (name === undefined) return;
  clean(world);
  const dice = world.chance.real();
  const style = world.chance.maybe(0.3) ? ['-c', 'merge.conflictStyle=zdiff3'] : [];
  const third = other(world);
  if (dice < 0.2 && third !== undefined && third !== name) {
    world.say(`octopus of ${name} and ${third}`);
    if (world.scratch.git(['merge', '-q', '--no-edit', name, third]).code !== 0) {
      if (underWay(world) !== undefined) finish(world);
      else world.restore('unknown', 'reset', () => void world.scratch.git(['reset', '-q', '--hard']));
    }
    return;
  }
  if (dice < 0.4) {
    world.say(`merge --squash ${name}`);
    world.scratch.git([...style, 'merge', '-q', '--squash', name]);
    settle(world);
    if (world.chance.maybe(0.3)) commit(world);
    else world.scratch.git(['commit', '-q', '-m', world.name('squashed ')]);
    return;
  }
  world.say(`merge ${name}`);
  world.scratch.git([
    ...style,
    'merge',
    '-q',
    '--no-edit',
    ...(world.chance.maybe(0.6) ? ['--no-ff'] : []),
    ...(world.chance.maybe(0.1) ? ['-X', 'theirs'] : []),
    name,
  ]);
  if (world.chance.maybe(0.1)) giveUp(world);
  finish(world);
}
