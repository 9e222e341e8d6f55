/** Commits made of other commits. */
import { branches, clean, head } from './branches';
import { commit, stagePart } from './commits';
import { finish, giveUp, underWay } from './conflicts';
import { editFile } from './edits';
import { AGENTS, type World } from './world';

const list = (world: World, ...args: string[]) =>
  world.scratch
    .ask('rev-list', '--reverse', '--no-merges', ...args)
    .split('\n')
    .filter(Boolean);

/** The last commits in a line, without merges. */
function last(world: World, most: number): string[] {
  const found: string[] = [];
  let at = head(world);
  while (found.length < most && at !== '') {
    const parents = world.objects.parentsOf(at);
    if (parents.length !== 1) break;
    found.unshift(at);
    at = parents[0] ?? '';
  }
  return found;
}

/** Where a rebase stops to be edited: more content, or the commit taken apart. */
function stopped(world: World): void {
  const dice = world.chance.real();
  if (dice < 0.35) {
    editFile(world);
    world.scratch.git(['add', '-A']);
    world.scratch.git(['commit', '-q', '--amend', '--no-edit']);
  } else if (dice < 0.7) {
    world.say('split');
    world.scratch.git(['reset', '-q', 'HEAD^']);
    stagePart(world);
    world.scratch.git(['commit', '-q', '-m', world.name('first half ')]);
    world.scratch.git(['add', '-A']);
    world.scratch.git(['commit', '-q', '-m', world.name('second half ')]);
  } else if (dice < 0.85) {
    editFile(world);
    commit(world);
    clean(world);
  }
}

function interactive(world: World): void {
  const commits = last(world, 2 + world.chance.below(4));
  const base = world.objects.parentsOf(commits[0] ?? '')[0];
  if (base === undefined) return;
  const reorder = world.chance.maybe(0.2);
  const verbs = ['pick', 'pick', 'pick', 'reword', 'edit', 'squash', 'fixup', 'drop', 'fixup -C'];
  const todo = (reorder ? world.chance.shuffled(commits) : commits).flatMap((sha, index) => {
    const verb = world.chance.any(verbs) ?? 'pick';
    const safe =
      index === 0 && /squash|fixup|drop/.test(verb)
        ? 'pick'
        : verb === 'drop' && world.chance.maybe(0.5)
          ? 'pick'
          : verb;
    return [
      `${safe} ${sha}`,
      ...(world.chance.maybe(0.1) ? ['exec git commit -q --amend --no-edit --allow-empty'] : []),
    ];
  });
  world.say(`rebase -i: ${todo.map((line) => line.slice(0, 16)).join(', ')}`);
  world.scratch.git(['rebase', '-i', base], { todo: `${todo.join('\n')}\n` });
  if (reorder && world.scratch.ask('diff', '--name-only', '--diff-filter=U') !== '') giveUp(world);
  finish(world, () => stopped(world));
}

export function rebase(world: World): void {
  if (head(world) === '') return;
  clean(world);
  const dice = world.chance.real();
  if (dice < 0.4) return interactive(world);
  const name = world.chance.any(branches(world));
  if (name === undefined || world.scratch.ask('rev-list', '--merges', `${name}..HEAD`) !== '') return;
  const backend = world.chance.any([['--apply'], ['--merge'], ['--merge'], []]) ?? [];
  const how = dice < 0.6 ? ['--onto', name, `HEAD~${String(1 + world.chance.below(3))}`] : [name];
  if (how.length === 3 && last(world, 4).length < 4) return;
  world.say(`rebase ${[...backend, ...how].join(' ')}`);
  world.scratch.git(['-c', 'rebase.forkPoint=false', 'rebase', ...backend, ...how]);
  if (world.chance.maybe(0.05)) giveUp(world);
  finish(world);
}

export function autosquash(world: World): void {
  const commits = last(world, 4);
  const target = world.chance.any(commits.slice(1));
  const base = world.objects.parentsOf(commits[0] ?? '')[0];
  if (target === undefined || base === undefined) return;
  clean(world);
  editFile(world);
  const kind = world.chance.maybe(0.7) ? 'fixup' : 'squash';
  world.say(`--${kind} and autosquash`);
  world.scratch.git(['add', '-A']);
  world.scratch.git(['commit', '-q', '--allow-empty', `--${kind}`, target]);
  world.scratch.git(['rebase', '-i', '--autosquash', base], { env: { GIT_SEQUENCE_EDITOR: 'true' } });
  if (world.scratch.ask('diff', '--name-only', '--diff-filter=U') !== '') giveUp(world);
  finish(world);
}

export function cherryPick(world: World): void {
  const all = list(world, '--branches', '--not', 'HEAD');
  const picked = world.chance.any(all);
  if (picked === undefined) return;
  clean(world);
  const flags = world.chance.any([[], [], ['-x'], ['-n'], ['-s']]) ?? [];
  const more = all.slice(all.indexOf(picked), all.indexOf(picked) + 1 + world.chance.below(2));
  world.say(`cherry-pick ${[...flags, ...more.map((sha) => sha.slice(0, 10))].join(' ')}`);
  const ran = world.scratch.git(['cherry-pick', ...flags, ...more]);
  if (flags.includes('-n')) {
    if (ran.code !== 0) finish(world);
    if (world.chance.maybe(0.5)) editFile(world);
    commit(world);
    if (underWay(world) !== undefined) giveUp(world);
    return;
  }
  finish(world);
}

export function revert(world: World): void {
  const commits = list(world, 'HEAD', '-n', '8').filter((sha) => world.objects.parentsOf(sha).length === 1);
  const target = world.chance.any(commits);
  if (target === undefined) return;
  clean(world);
  const actor = world.chance.maybe(0.2) ? world.chance.pick(AGENTS) : 'unknown';
  const flags = world.chance.maybe(0.2) ? ['-n'] : [];
  world.restore(actor, `revert ${[...flags, target.slice(0, 10)].join(' ')}`, () => {
    world.scratch.git(['revert', '--no-edit', ...flags, target]);
  });
  if (flags.length > 0 && underWay(world) === undefined) commit(world);
  finish(world);
}

export function mail(world: World): void {
  const commits = last(world, 1 + world.chance.below(3));
  const base = world.objects.parentsOf(commits[0] ?? '')[0];
  if (base === undefined) return;
  clean(world);
  world.say('format-patch and am');
  world.scratch.git(['format-patch', '-q', '--output=../patches', '--binary', `${base}..HEAD`]);
  const onto = world.chance.maybe(0.6) ? base : (world.chance.any(branches(world)) ?? base);
  world.scratch.git(['checkout', '-q', '-b', world.name('am'), onto]);
  world.scratch.git(['am', '-q', '--keep-cr', ...(world.chance.maybe(0.5) ? ['-3'] : []), '../patches']);
  if (underWay(world) !== undefined && world.scratch.ask('diff', '--name-only', '--diff-filter=U') === '')
    giveUp(world);
  finish(world);
}
