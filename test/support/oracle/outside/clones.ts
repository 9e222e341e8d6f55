/** Several clones of one repository, what goes between them, and a forge that knows nothing of Linekeeper. */
import { clean, dirty, head } from './branches';
import { finish } from './conflicts';
import type { World } from './world';

const HUB = '../hub.git';
const CLONES = ['repo', 'mate'];
const here = (world: World) => CLONES.find((name) => world.scratch.dir.endsWith(`/${name}`));
const current = (world: World) => world.scratch.ask('branch', '--show-current').trim();
const hasHub = (world: World) => world.scratch.ask('remote') !== '';
const atHub = (world: World) =>
  world.scratch
    .ask('ls-remote', '--heads', HUB)
    .split('\n')
    .flatMap((line) => line.split('refs/heads/')[1] ?? []);

/** One of our commands, which has to end well. */
function keeper(world: World, ...args: string[]): void {
  const ran = world.scratch.keeper(args);
  if (ran.code !== 0) world.failed.push(`${args.join(' ')}: ${String(ran.code)} ${ran.err}`);
}

/** A second clone beside the first; later on, from one to the other. */
export function visit(world: World): void {
  const { scratch } = world;
  const name = here(world);
  if (name === undefined || head(world) === '') return;
  if (hasHub(world)) {
    world.say('to the other clone');
    scratch.enter(CLONES.find((other) => other !== name) ?? name);
    return;
  }
  if (current(world) === '') return;
  world.say('a second clone');
  scratch.git(['init', '-q', '--bare', HUB]);
  scratch.git(['remote', 'add', 'origin', HUB]);
  push(world);
  scratch.git(['clone', '-q', '-b', current(world), HUB, '../mate']);
  scratch.enter('mate');
  keeper(world, 'install', '--git');
  keeper(world, 'notes', 'fetch');
}

export function push(world: World): void {
  const branch = current(world);
  if (here(world) === undefined || !hasHub(world) || branch === '' || head(world) === '') return;
  world.say('push');
  world.scratch.git(['push', '-q', ...(world.chance.maybe(0.2) ? ['--force'] : []), '-u', 'origin', branch]);
  keeper(world, 'notes', 'push');
}

export function pull(world: World): void {
  const branches = here(world) === undefined || !hasHub(world) ? [] : atHub(world);
  const own = current(world);
  const from = branches.includes(own) && world.chance.maybe(0.7) ? own : world.chance.any(branches);
  if (from === undefined || own === '' || head(world) === '') return;
  if (world.chance.maybe(0.7)) clean(world);
  const how =
    world.chance.any([
      ['--no-rebase'],
      ['--rebase'],
      ['--ff-only'],
      ['--rebase=merges'],
      ['--rebase', '--autostash'],
      ['--no-rebase', '--autostash'],
      ['--no-rebase', '--squash'],
    ]) ?? [];
  world.say(`pull ${how.join(' ')} origin ${from}`);
  keeper(world, 'notes', 'fetch');
  world.scratch.git(['pull', '-q', '--no-edit', ...how, 'origin', from]);
  finish(world);
  if (how.includes('--squash') && dirty(world)) {
    clean(world);
  }
}

const FORGE: Record<string, (world: World, base: string, branch: string) => boolean> = {
  squash: (world, _base, branch) =>
    world.scratch.git(['merge', '-q', '--squash', `origin/${branch}`]).code === 0 &&
    bare(world, 'commit', '-q', '-m', world.name('squashed on the forge ')),
  rebase: (world, base, branch) =>
    bare(world, 'rebase', '-q', base, `origin/${branch}`) &&
    world.scratch.git(['checkout', '-q', '-B', base]).code === 0,
  merge: (world, _base, branch) =>
    bare(world, 'merge', '-q', '--no-ff', '-m', world.name('merged on the forge '), `origin/${branch}`),
  pick: (world, _base, branch) => bare(world, 'cherry-pick', `origin/${branch}`),
};
const bare = (world: World, ...args: string[]) => world.scratch.git(args).code === 0;

/**
 * A branch that the forge brings into another one, where Linekeeper is not, and what `notes repair` makes of it here.
 */
export function forge(world: World): void {
  const { scratch } = world;
  const name = here(world);
  const branch = current(world);
  if (name === undefined || !hasHub(world) || branch === '') return;
  clean(world);
  push(world);
  const base = world.chance.any(atHub(world).filter((other) => other !== branch));
  const kind = world.chance.any(Object.keys(FORGE)) ?? '';
  if (base === undefined) return;
  world.together(`${kind} ${branch} into ${base} on the forge`, () => {
    const folder = world.name('forge');
    scratch.git(['clone', '-q', '-b', base, HUB, `../${folder}`]);
    scratch.enter(folder);
    const done = FORGE[kind]?.(world, base, branch) === true;
    if (done) scratch.git(['push', '-q', 'origin', base]);
    scratch.enter(name);
    if (!done) return;
    scratch.git(['fetch', '-q', 'origin']);
    keeper(world, 'notes', 'fetch');
    keeper(world, 'notes', 'repair', `origin/${base}`);
    if (!world.chance.maybe(0.5)) return;
    scratch.git(['checkout', '-q', '-B', base, `origin/${base}`]);
  });
}
