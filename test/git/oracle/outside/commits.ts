/** The ways in which a commit is made of what is in the worktree. */
import { linesOf } from './ledger';
import { partOf } from './lines';
import { AGENTS, type World } from './world';

const changedPaths = (world: World, ...filter: string[]) => world.scratch.ask('diff', '--name-only', '-z', ...filter).split('\0').filter(Boolean);

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

const WAYS: Record<string, (world: World, message: string) => string[]> = {
  all: (world, message) => {
    world.scratch.git(['add', '-A']);
    return ['commit', '-q', '-m', message];
  },
  tracked: (_world, message) => ['commit', '-q', '-a', '-m', message],
  part: (world, message) => {
    stagePart(world);
    if (world.chance.maybe(0.4)) stagePart(world);
    return ['commit', '-q', '-m', message];
  },
  path: (world, message) => {
    const path = world.chance.any(changedPaths(world, '--diff-filter=M'));
    return path === undefined ? ['commit', '-q', '-a', '-m', message] : ['commit', '-q', '-m', message, '--', path];
  },
  someFiles: (world, message) => {
    const paths = world.scratch.ask('ls-files', '-z', '-m', '-o', '-d', '--exclude-standard').split('\0').filter(Boolean);
    for (const path of world.chance.some(paths)) world.scratch.git(['add', '-A', '--', path]);
    return ['commit', '-q', '-m', message];
  },
  amend: (world) => {
    if (world.chance.maybe(0.6)) world.scratch.git(['add', '-A']);
    else stagePart(world);
    return ['commit', '-q', '--amend', '--no-edit'];
  },
  amendMessage: (_world, message) => ['commit', '-q', '--amend', '-m', message],
  intent: (world, message) => {
    world.scratch.git(['add', '-N', '.']);
    return ['commit', '-q', '-a', '-m', message];
  },
  verbose: (world, message) => {
    world.scratch.git(['add', '-A']);
    return ['-c', 'commit.verbose=true', 'commit', '-q', '-e', '-m', message];
  },
};
const ORDER = ['all', 'all', 'all', 'tracked', 'part', 'part', 'part', 'path', 'someFiles', 'someFiles', 'amend', 'amendMessage', 'intent', 'verbose'];

export function commit(world: World, hooks = true): void {
  const kind = world.chance.any(ORDER) ?? 'all';
  if (kind.startsWith('amend') && world.scratch.ask('rev-parse', '-q', '--verify', 'HEAD') === '') return;
  const subject = world.name('commit ');
  const message = world.chance.maybe(0.2) ? `${subject}\n\nSome words: of it.\n\nReviewed-by: Jane <jane@example.com>` : subject;
  world.say(`commit: ${kind}${hooks ? '' : ' without hooks'}`);
  const args = WAYS[kind]?.(world, message) ?? [];
  world.commit(hooks ? args : ['-c', 'core.hooksPath=/dev/null', ...args], kind === 'amend' ? '' : message);
}

/** An assistant's own command that edits and commits. */
export function agentCommits(world: World, edit: (actor: string) => string | undefined): void {
  const actor = world.chance.pick(AGENTS);
  world.by(actor, 'edits and commits in one command', () => {
    const path = edit(actor);
    if (path === undefined) return;
    world.scratch.git(['add', '--', path]);
    world.scratch.git(['commit', '-q', '-m', world.name('agent commit ')]);
  }, { command: 'make all' });
}
