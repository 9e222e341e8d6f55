import assert from 'node:assert/strict';
import { grantException } from '../../../src/provenance/journal/exceptions';
import { Repository } from '../../../src/git';
import { useWindow } from '../../support/editor-window';

describe('an allowance for agents in a folder that nobody trusts yet', () => {
  const window = useWindow(
    (workspace) => {
      workspace.write('src/cost.txt', 'one\n');
      workspace.commit('Begin');
      const { gitDir } = Repository.find(workspace.root) ?? assert.fail('no repository');
      const granted = { minutes: 15, reason: 'moving the database', by: 'sue@example.com', session: null, tier: null };
      grantException(gitDir, granted, Date.now());
    },
    { trusted: false },
  );

  it('an allowance: stands in the status bar with its minutes when the person trusts the folder', async () => {
    const { state, shown } = window();
    state.trusted = true;
    state.on.grantTrust.fire();
    await shown.waitStatus(/Agent restrictions off: 15 min/);
  });
});
