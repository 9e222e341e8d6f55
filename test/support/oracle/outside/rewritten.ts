/** History made anew in ways that git's hooks do not see, or see in part only. */
import { branches, clean, head, other } from './branches';
import { finish, settle } from './conflicts';
import { commit } from './commits';
import { editFile } from './edits';
import { AGENTS, type World } from './world';

const reaches = (world: World, revision: string) => world.scratch.ask('rev-parse', '-q', '--verify', revision) !== '';

/** The merges of the branch too, or its very first commit. */
function whole(world: World): void {
  clean(world);
  const how =
    world.chance.any([
      ['--root'],
      ['--rebase-merges', '--root'],
      ['--rebase-merges', `HEAD~${String(1 + world.chance.below(4))}`],
      ['--rebase-merges', world.chance.any(branches(world)) ?? 'HEAD'],
      ['--force-rebase', 'HEAD~2'],
      ['--apply', '--force-rebase', 'HEAD~2'],
      ['-x', 'true', 'HEAD~2'],
      ['--exec', 'git commit -q --amend --no-edit --allow-empty', 'HEAD~2'],
      ['--reset-author-date', 'HEAD~2'],
      ['--signoff', 'HEAD~2'],
    ]) ?? [];
  if (!reaches(world, how.at(-1)?.startsWith('HEAD') === true ? (how.at(-1) ?? '') : 'HEAD')) return;
  world.say(`rebase ${how.join(' ')}`);
  world.scratch.git(['rebase', ...how]);
  finish(world);
}

const FILTERS: Record<string, (world: World) => string[]> = {
  message: () => ['--msg-filter', 'sed "1s/$/ (again)/"'],
  gone: (world) => {
    const path = world.chance.any(world.scratch.ask('ls-files', '-z').split('\0').filter(Boolean)) ?? 'none';
    return ['--index-filter', `git rm -q --cached --ignore-unmatch -- '${path}'`];
  },
  license: (world) => ['--tree-filter', `echo '${world.fresh('unknown')} ${world.fresh('unknown')}' > LICENSE`],
  committer: () => ['--env-filter', 'GIT_COMMITTER_NAME=Other'],
};

/**
 * Every commit of a branch made anew by a filter, which runs no hook; `notes repair` looks for what they were made of.
 */
function filtered(world: World): void {
  clean(world);
  const kind = world.chance.any(Object.keys(FILTERS)) ?? '';
  world.say(`filter-branch: ${kind}`);
  world.together('filter-branch', () => {
    world.scratch.git(['filter-branch', '-f', ...(FILTERS[kind]?.(world) ?? []), 'HEAD'], {
      env: { FILTER_BRANCH_SQUELCH_WARNING: '1' },
    });
    world.scratch.keeper(['notes', 'repair']);
  });
}

/** A merge that is looked at, and worked on, before it is committed. */
function merging(world: World): void {
  const name = other(world);
  if (name === undefined) return;
  clean(world);
  const how =
    world.chance.any([
      ['--no-commit', '--no-ff'],
      ['-s', 'ours'],
      ['-X', 'ours'],
      ['--ff-only'],
      ['--squash', '-X', 'theirs'],
    ]) ?? [];
  world.say(`merge ${how.join(' ')} ${name}`);
  world.scratch.git(['merge', '-q', ...how, ...(how.includes('--squash') ? [] : ['--no-edit']), name]);
  settle(world);
  if (how.includes('--no-commit') && world.chance.maybe(0.6)) {
    editFile(world);
    world.scratch.git(['add', '-A']);
  }
  finish(world);
  clean(world);
}

/** A merge, or several commits, taken back or picked as one. */
function several(world: World): void {
  const merge = world.scratch.ask('rev-list', '--merges', '-n', '1', '--all').trim();
  clean(world);
  const actor = world.chance.maybe(0.2) ? world.chance.pick(AGENTS) : 'unknown';
  const dice = world.chance.below(3);
  if (dice === 0 && merge !== '') {
    world.restore(actor, 'revert -m 1', () => void world.scratch.git(['revert', '--no-edit', '-m', '1', merge]));
  } else if (dice === 1 && merge !== '') {
    world.say('cherry-pick -m 1');
    world.scratch.git(['cherry-pick', '-m', '1', merge]);
  } else if (reaches(world, 'HEAD~3')) {
    world.restore(actor, 'revert several', () => void world.scratch.git(['revert', '--no-edit', 'HEAD~2..HEAD']));
  }
  finish(world);
}

/** A patch that git applies to the work tree or the index. */
function applied(world: World): void {
  const name = other(world);
  if (name === undefined) return;
  const patch = world.scratch.ask('diff-tree', '-p', '--binary', '--full-index', `${name}^`, name);
  if (patch === '') return;
  clean(world);
  const actor = world.chance.maybe(0.2) ? world.chance.pick(AGENTS) : 'unknown';
  world.restore(
    actor,
    `apply a patch of ${name}`,
    () =>
      void world.scratch.git(['apply', ...(world.chance.any([[], ['--index'], ['-3'], ['-R']]) ?? []), '-'], {
        input: patch,
      }),
  );
  settle(world);
  commit(world);
  world.scratch.git(['reset', '-q']);
}

/** Uncommitted work taken along to another branch. */
function along(world: World): void {
  const name = other(world);
  if (name === undefined || head(world) === '') return;
  world.say(`checkout -m ${name}`);
  world.scratch.git(['checkout', '-q', '-m', name]);
  settle(world);
}

/** Parts of the work taken back, or out of the index, hunk by hunk. */
function partly(world: World): void {
  if (head(world) === '') return;
  const input = Array.from({ length: 40 }, () => (world.chance.maybe(0.4) ? 'y\n' : 'n\n')).join('');
  const args =
    world.chance.any([
      ['checkout', '-p'],
      ['reset', '-q', '-p'],
      ['restore', '-p'],
      ['checkout', '-p', 'HEAD~1'],
    ]) ?? [];
  world.restore('unknown', args.join(' '), () => void world.scratch.git(args, { input }));
}

/** What changes nothing but git's own house. */
function house(world: World): void {
  world.scratch.git(
    world.chance.any([
      ['gc', '-q'],
      ['pack-refs', '--all'],
      ['repack', '-adq'],
      ['update-index', '--split-index'],
      ['update-index', '--no-split-index'],
      ['maintenance', 'run', '--task=commit-graph'],
      ['update-index', '--really-refresh'],
    ]) ?? [],
  );
}

export function remake(world: World): void {
  if (head(world) === '') return;
  const act = world.chance.any([whole, whole, filtered, merging, merging, several, applied, along, partly, house]);
  act?.(world);
}
