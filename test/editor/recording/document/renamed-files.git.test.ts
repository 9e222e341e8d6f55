import { renameSync } from 'node:fs';
import { useWindow } from '../../../support/editor-window';
import type * as vscode from 'vscode';
import { modelled } from '../../../support/vscode/modelled';
import { Uri } from '../../../support/vscode/values';
import { agentWrites } from '../../agent';
import { expectAuthors } from '../../authors';

describe('a file renamed in the Explorer', () => {
  const window = useWindow((workspace) => {
    workspace.write('costs.txt', 'committed line of costs\n');
    workspace.commit('Begin');
  });

  it("committed lines: are the person's under the new name when git takes the file for a new one, and AI's stay its own", async () => {
    const { workspace, state } = window();
    await agentWrites(workspace, 'costs.txt', 'committed line of costs\nwritten by the agent here\n');
    workspace.write('costs.txt', `${workspace.read('costs.txt')}of nobody that is known, and long enough\n`);
    renameSync(workspace.at('costs.txt'), workspace.at('prices.txt'));
    const [oldUri, newUri] = ['costs.txt', 'prices.txt'].map((name) => Uri.file(workspace.at(name)));
    state.on.renamedFiles.fire(
      modelled<vscode.FileRenameEvent>('FileRenameEvent', { files: [{ oldUri, newUri }] as never }),
    );
    await expectAuthors(workspace, 'prices.txt', [
      'H committed line of costs',
      'A written by the agent here',
      '? of nobody that is known, and long enough',
    ]);
  });
});
