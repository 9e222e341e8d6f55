/** A first policy from the editor, over the floor of a machine. */
import assert from 'node:assert/strict';
import { useWindow } from '../../support/editor-window';
import { findPlaces, Repository } from '../../../src/git';
import { createPolicy } from '../../../src/editor/commands/create-policy';
import type { Worktree } from '../../../src/editor/workspace/worktree';

const FLOOR = `version: 1
levels: [author, owner]
tiers: [{ name: critical, paths: ["infra/**"], review: { any: { from: owner } } }]
`;

describe('the first policy in the editor', () => {
  const window = useWindow((workspace) => {
    workspace.write('infra/a.tf', 'a\n');
    workspace.commit('Begin');
  });

  it('a new policy: has the levels of the floor when the machine has one', async () => {
    const { people, workspace } = window();
    const { root } = workspace;
    const places = findPlaces(root);
    assert.ok(places);
    const worktree = { root, repository: new Repository(places), now: Date.now } as unknown as Worktree;
    const writing = createPolicy(worktree, [{ file: 'floor.yml', bytes: Buffer.from(FLOOR) }]);
    await people.pick('What Should the Policy Do?', 'Observe First');
    await writing;
    assert.match(workspace.read('.linekeeper.yml'), /^levels: \["author", "owner"\]$/m);
  });
});
