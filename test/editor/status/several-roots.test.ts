import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { useWindow } from '../../support/editor-window';
import { agentWrites } from '../agent';
import { SENIOR_FOR_PRODUCTION } from '../policies';

describe('the status item with several roots and no file open', () => {
  const window = useWindow(
    (workspace) => {
      workspace.write('.linekeeper.yml', SENIOR_FOR_PRODUCTION);
      workspace.commit('Begin');
    },
    {
      folders: ({ root }) => {
        const quiet = path.join(path.dirname(root), 'quiet');
        execFileSync('git', ['init', '-q', quiet]);
        return [quiet, root];
      },
    },
  );

  it('several roots without an open file: the status shows and names the one that needs a sign-off', async () => {
    const { shown, workspace } = window();
    await agentWrites(workspace, 'prod/main.tf', 'resource "x" "y" {}\n');
    await shown.waitStatus(/1 sign-off needed/);
    await shown.waitStatus(new RegExp(`In ${path.basename(workspace.root)}:`));
  });
});
