/** What takes work away and brings it back: reset, stash, restore, older versions, other worktrees. */
import { clean, dirty, head, other } from './branches';
import { settle } from './conflicts';
import { commit } from './commits';
import { texts } from './edits';
import { AGENTS, type World } from './world';

const reaches = (world: World, back: number) =>
  world.scratch.ask('rev-parse', '-q', '--verify', `HEAD~${String(back)}`) !== '';

export function reset(world: World): void {
  const back = world.chance.below(3);
  if (!reaches(world, back)) return;
  const how = world.chance.any(['--soft', '--mixed', '--mixed', '--hard', '--keep']) ?? '--soft';
  world.say(`reset ${how} HEAD~${String(back)}`);
  world.scratch.git(['reset', '-q', how, `HEAD~${String(back)}`]);
}

export function stash(world: World): void {
  if (!dirty(world) || head(world) === '') return;
  const flags = world.chance.any([[], ['-u'], ['-u'], ['--keep-index'], ['--staged'], ['-p']]) ?? [];
  const path = world.chance.maybe(0.2) ? world.chance.any(texts(world)) : undefined;
  world.say(`stash push ${flags.join(' ')}`);
  if (flags.includes('-p')) {
    world.scratch.git(['stash', 'push', '-q', '-p'], {
      input: Array.from({ length: 40 }, () => (world.chance.maybe(0.5) ? 'y\n' : 'n\n')).join(''),
    });
  } else
    world.scratch.git([
      'stash',
      'push',
      '-q',
      ...flags,
      ...(path === undefined || flags.includes('--staged') ? [] : ['--', path]),
    ]);
}

export function unstash(world: World): void {
  if (world.scratch.ask('stash', 'list') === '') return;
  const dice = world.chance.real();
  if (dice < 0.1) {
    clean(world);
    world.say('stash branch');
    world.scratch.git(['stash', 'branch', world.name('s')]);
  } else {
    const how = dice < 0.75 ? 'pop' : 'apply';
    world.say(`stash ${how}`);
    world.scratch.git(['stash', how, '-q', ...(world.chance.maybe(0.3) ? ['--index'] : [])]);
  }
  if (settle(world)) {
    if (world.chance.maybe(0.5)) world.scratch.git(['reset', '-q']);
    if (dice >= 0.1 && dice < 0.75) world.scratch.git(['stash', 'drop', '-q']);
  }
}

export function restore(world: World): void {
  const path = world.chance.any(world.scratch.ask('ls-files', '-z').split('\0').filter(Boolean));
  if (path === undefined || head(world) === '') return;
  const actor = world.chance.maybe(0.3) ? world.chance.pick(AGENTS) : 'unknown';
  const from = other(world);
  const older = `HEAD~${String(1 + world.chance.below(4))}`;
  const ways = [
    ['restore', '--', path],
    ['checkout', '--', path],
    ['restore', '--staged', '--', path],
    ['restore', '-s', older, '--', path],
    ['checkout', older, '--', path],
    ['checkout', older, '--', path],
  ];
  if (from !== undefined) ways.push(['checkout', from, '--', path]);
  const args = world.chance.any(ways) ?? [];
  world.restore(actor, args.join(' '), () => void world.scratch.git(args));
}

/** On in another worktree, or back in the first. */
export function worktree(world: World): void {
  if (head(world) === '') return;
  const { scratch } = world;
  if (scratch.dir.endsWith('/mate')) return;
  if (scratch.dir !== scratch.main) {
    clean(world);
    world.say('back to the first worktree');
    scratch.enter('repo');
    return;
  }
  const folder = world.name('wt');
  world.say('another worktree');
  if (scratch.git(['worktree', 'add', '-q', '-b', world.name('w'), `../${folder}`]).code === 0) scratch.enter(folder);
}

export function orphan(world: World): void {
  if (head(world) === '') return;
  clean(world);
  world.say('orphan branch');
  world.scratch.git(['checkout', '-q', '--orphan', world.name('o')]);
  if (world.chance.maybe(0.5)) world.scratch.git(['rm', '-r', '-q', '-f', '.']);
  if (world.chance.maybe(0.5)) commit(world);
}
