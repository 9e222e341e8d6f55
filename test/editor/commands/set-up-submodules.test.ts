/** Set Up in a repository with a submodule: one more row, and Undo Set Up takes it back. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { labelsOf } from '../../support/editor-people';
import { useWindow } from '../../support/editor-window';
import { builtCli } from '../../support/product';

describe('submodules in Set Up:', () => {
  const window = useWindow(async (workspace) => {
    await builtCli();
    workspace.write('a.txt', 'one line\n');
    workspace.commit('Begin');
    workspace.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', workspace.root, 'sub');
    workspace.commit('Submodule');
  });

  it('their row: installs hooks there when it is accepted, and Undo Set Up removes them', async () => {
    const { people, workspace } = window();
    const hook = workspace.at('.git/modules/sub/hooks/prepare-commit-msg');
    const settingUp = window().run('linekeeper.setUp');
    const { items } = await people.question('Set Up Linekeeper');
    const row = items.find(({ label }) => label === 'AI trailers in the commits of submodules');
    assert.equal(row?.detail, 'Also Git hooks in sub.');
    await people.accept('Set Up Linekeeper');
    await people.notice('Git hooks installed in 1 submodule.');
    people.clear();
    await settingUp;
    assert.ok(existsSync(hook));

    const undoing = window().run('linekeeper.undoSetUp');
    const undo = await people.question('Undo what Linekeeper set up?');
    const labels = labelsOf(undo);
    assert.equal(labels[0], 'Keep Set Up', 'the row that Enter takes');
    assert.ok(
      undo.items.some(({ detail }) => /The same in its submodules: sub\./.test(detail ?? '')),
      labels.join(', '),
    );
    assert.ok(labels.includes('Remove Everything'), labels.join(', '));
    await people.pick('Undo what Linekeeper set up?', 'Remove Everything');
    await people.notice('those of its submodules');
    await undoing;
    assert.ok(!existsSync(hook));
  });
});
