import assert from 'node:assert/strict';
import { useWindow } from '../../support/editor-window';
import { healHooks } from '../../../src/editor/hooks/repair-hooks';
import type { Worktree } from '../../../src/editor/workspace/worktree';
import { pushNotesAlong, remotesLeftOut } from '../../../src/provenance/commits/exports-for-notes-sync-and-upkeep';
import { Repository } from '../../../src/git';

describe('a remote that is added after Set Up', () => {
  const window = useWindow();

  /** What healing uses of the editor: it has set up nothing itself. */
  const heal = async (repository: Repository): Promise<void> => {
    type Ports = Parameters<typeof healHooks>[1];
    const runtime = { executable: process.execPath, electron: false, cli: '/nowhere/cli.js' } as Ports['runtime'];
    await healHooks([{ repository } as unknown as Worktree], {
      memory: { get: () => undefined } as unknown as Ports['memory'],
      runtime,
      setupOptions: {} as Ports['setupOptions'],
      log: { info: () => undefined, warn: (text: string) => assert.fail(text) } as unknown as Ports['log'],
    });
  };

  it('a later remote: its notes are fetched from the next start on, only when the person asked for notes', async () => {
    const repository = Repository.find(window().workspace.root);
    assert.ok(repository);
    await repository.git(['remote', 'add', 'later', '/nowhere/later.git']);
    await heal(repository);
    assert.deepEqual(await remotesLeftOut(repository), ['later'], 'nobody asked');
    await pushNotesAlong(repository);
    await repository.git(['remote', 'add', 'latest', '/nowhere/latest.git']);
    assert.deepEqual(await remotesLeftOut(repository), ['latest']);
    await heal(repository);
    assert.deepEqual(await remotesLeftOut(repository), []);
  });
});
