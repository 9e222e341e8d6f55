import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Repository } from '../../../src/git';
import { keepTeams } from '../../../src/policy/load';
import { agentWrites } from '../agent';
import { useEditor } from '../use-editor';

/** The author's level hangs on a team, which only the forge knows. */
const WITH_TEAM = `version: 1
people:
  senior: ["@acme/platform"]
  mid: [sue@example.com]
aliases: { ada: [ada@example.com] }
tiers:
  - name: critical
    paths: ["prod/**"]
    review:
      ai:
        junior: { from: mid, approvals: 1 }
`;

describe('changes outside the work tree (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', (editor) =>
    editor.openRepository((workspace) => {
      workspace.write('.linekeeper.yml', WITH_TEAM);
      workspace.write('prod/main.tf', 'size = 100\n');
      workspace.commit('Begin');
      workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
      workspace.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
      workspace.git('switch', '--quiet', '--create', 'smaller');
    }),
  );
  /** As `linekeeper policy people --refresh` does in a terminal. */
  const refresh = (root: string, members: readonly string[]): void => {
    const repository = Repository.find(root);
    assert.ok(repository);
    keepTeams(repository, { host: 'github.com', at: Date.now(), teams: { '@acme/platform': members } });
  };

  it('a new policy on the base and teams resolved in a linked work tree take effect without a reload', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    const linked = path.join(editor.home, 'linked');
    if (!existsSync(linked)) workspace.git('worktree', 'add', '--quiet', '-b', 'other', linked); // not at another try
    const there = await editor.openFolder(linked);
    await agentWrites(there, 'prod/main.tf', 'size = 6\n');
    await editor.workbench.waitStatus('1 sign-off needed');
    refresh(linked, ['ada']);
    await editor.workbench.waitStatus('1 AI line');
    // As a fetch does.
    there.write('.linekeeper.yml', WITH_TEAM.replace('junior: {', 'senior: {'));
    there.git('add', '.linekeeper.yml');
    const tree = there.git('write-tree').trim();
    there.git('reset', '--quiet', '--', '.linekeeper.yml');
    there.git('checkout', '--', '.linekeeper.yml');
    await editor.workbench.waitStatus('1 AI line');
    const stricter = there.git('commit-tree', '-m', 'Ask of seniors too', '-p', 'HEAD', tree).trim();
    there.git('update-ref', 'refs/remotes/origin/main', stricter);
    await editor.workbench.waitStatus('1 sign-off needed');
  });
});
