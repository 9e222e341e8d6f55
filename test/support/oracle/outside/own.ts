/**
 * An assistant at work with git: its command commits, or moves between branches and brings work together, while its
 * bracket is open.
 */
import { change, merge } from './branches';
import { texts, work } from './edits';
import { reset, stash, unstash } from './putback';
import { cherryPick, rebase } from './rewrites';
import { AGENTS, type World } from './world';

/** How an assistant's own command commits what it has done, and what else is there. */
const COMMITS: Record<string, (world: World) => void> = {
  all: (world) => {
    world.scratch.git(['add', '-A']);
    world.scratch.git(['commit', '-q', '-m', world.name('agent commit ')]);
  },
  tracked: (world) => void world.scratch.git(['commit', '-q', '-a', '-m', world.name('agent commit ')]),
  unseen: (world) =>
    void world.scratch.git(['-c', 'core.hooksPath=/dev/null', 'commit', '-q', '-a', '-m', world.name('agent commit ')]),
  amend: (world) => {
    if (world.scratch.ask('rev-parse', '-q', '--verify', 'HEAD') !== '')
      world.scratch.git(['commit', '-q', '-a', '--amend', '--no-edit']);
  },
};

/** One edit and one commit of it, in one command. */
export function agentCommits(world: World): void {
  const actor = world.chance.pick(AGENTS);
  world.by(
    actor,
    'edits and commits in one command',
    () => {
      const path = world.chance.any(texts(world));
      if (path === undefined) return;
      world.scratch.write(path, `${world.fresh(actor)} ${world.fresh(actor)}\n${world.scratch.read(path) ?? ''}`);
      world.scratch.git(['add', '--', path]);
      world.scratch.git(['commit', '-q', '-m', world.name('agent commit ')]);
    },
    { command: 'make all' },
  );
}

/** Edits and commits in turn, in one command. */
export function agentWorks(world: World): void {
  const actor = world.chance.pick(AGENTS);
  world.by(
    actor,
    'edits and commits',
    () => {
      for (let count = 1 + world.chance.below(3); count > 0; count -= 1) {
        const path = world.chance.any(texts(world));
        if (path === undefined) return;
        work(world, actor, path);
        if (world.chance.maybe(0.7)) COMMITS[world.chance.any(Object.keys(COMMITS)) ?? '']?.(world);
      }
    },
    { command: 'make all' },
  );
}

/** What a person may do with git, done by an assistant's command. */
export function agentGit(world: World): void {
  const act = world.chance.any([change, merge, rebase, cherryPick, reset, stash, unstash]);
  if (act !== undefined) world.by(world.chance.pick(AGENTS), 'works with git', () => act(world), { command: 'git' });
}
