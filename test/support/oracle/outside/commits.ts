/** The ways in which a commit is made of what is in the worktree. */
import { linesOf } from './ledger';
import { partOf } from './lines';
import { wording } from './messages';
import type { World } from './world';

const changedPaths = (world: World, ...filter: string[]) =>
  world.scratch
    .ask('diff', '--name-only', '-z', ...filter)
    .split('\0')
    .filter(Boolean);

/** Puts only some hunks, or some lines, of a file into the index. */
export function stagePart(world: World): void {
  const path = world.chance.any(changedPaths(world, '--diff-filter=M'));
  if (path === undefined) return;
  const { scratch } = world;
  const old = scratch.ask('cat-file', 'blob', `:${path}`);
  const now = scratch.ask('cat-file', 'blob', scratch.ask('hash-object', '-w', '--', path).trim());
  const each = world.chance.maybe(0.7) ? 'hunk' : 'line';
  const part = partOf(linesOf(old), linesOf(now), each, () => world.chance.maybe(0.5));
  const blob = scratch.blob(part);
  const mode = scratch.ask('ls-files', '-s', '--', path).split(' ')[0] ?? '100644';
  world.say(`stage part of ${path} by ${each}`);
  scratch.git(['update-index', '--cacheinfo', `${mode},${blob},${path}`]);
}

/** What goes into the commit: the words before those of its message, and the paths behind them. */
type Way = (world: World) => { flags?: string[]; verbose?: boolean; paths?: string[] };

const WAYS: Record<string, Way> = {
  all: (world) => {
    world.scratch.git(['add', '-A']);
    return {};
  },
  tracked: () => ({ flags: ['-a'] }),
  part: (world) => {
    stagePart(world);
    if (world.chance.maybe(0.4)) stagePart(world);
    return {};
  },
  path: (world) => {
    const path = world.chance.any(changedPaths(world, '--diff-filter=M'));
    return path === undefined
      ? { flags: ['-a'] }
      : { flags: world.chance.any([[], ['--only'], ['-i']]) ?? [], paths: [path] };
  },
  someFiles: (world) => {
    const paths = world.scratch
      .ask('ls-files', '-z', '-m', '-o', '-d', '--exclude-standard')
      .split('\0')
      .filter(Boolean);
    for (const path of world.chance.some(paths)) world.scratch.git(['add', '-A', '--', path]);
    return {};
  },
  amend: (world) => {
    if (world.chance.maybe(0.6)) world.scratch.git(['add', '-A']);
    else stagePart(world);
    return { flags: ['--amend'] };
  },
  amendMessage: () => ({ flags: ['--amend'] }),
  amendTracked: () => ({ flags: ['--amend', '-a'] }),
  intent: (world) => {
    world.scratch.git(['add', '-N', '.']);
    return { flags: ['-a'] };
  },
  intentPart: (world) => {
    world.scratch.git(['add', '-N', '.']);
    addPart(world);
    return {};
  },
  addPart: (world) => {
    addPart(world);
    return {};
  },
  verbose: (world) => {
    world.scratch.git(['add', '-A']);
    return { verbose: true };
  },
};
const ORDER = [
  'all',
  'all',
  'all',
  'tracked',
  'part',
  'part',
  'part',
  'path',
  'someFiles',
  'someFiles',
  'amend',
  'amendMessage',
  'amendTracked',
  'intent',
  'intentPart',
  'addPart',
  'verbose',
];

/** Hunk by hunk, as somebody answers `git add -p`; `s` splits one. */
function addPart(world: World): void {
  const answers = Array.from({ length: 40 }, () => world.chance.any(['y', 'n', 's']) ?? 'n');
  world.say('add -p');
  world.scratch.git(['add', '-p'], { input: answers.map((answer) => `${answer}\n`).join('') });
}

export function commit(world: World, hooks = true): void {
  const kind = world.chance.any(ORDER) ?? 'all';
  if (kind.startsWith('amend') && world.scratch.ask('rev-parse', '-q', '--verify', 'HEAD') === '') return;
  world.say(`commit: ${kind}${hooks ? '' : ' without hooks'}`);
  const { flags = [], verbose = false, paths = [] } = WAYS[kind]?.(world) ?? {};
  const words = wording(world, flags.includes('--amend'));
  const told = verbose ? { ...words, args: ['-v', ...words.args] } : words;
  world.commit(
    [
      ...(hooks ? [] : ['-c', 'core.hooksPath=/dev/null']),
      'commit',
      '-q',
      ...flags,
      ...told.args,
      ...(paths.length === 0 ? [] : ['--', ...paths]),
    ],
    told,
  );
}
