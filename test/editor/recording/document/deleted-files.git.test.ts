import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import type * as vscode from 'vscode';
import { useWindow } from '../../../support/editor-window';
import { commands } from '../../../support/vscode/commands';
import { modelled } from '../../../support/vscode/modelled';
import { Uri } from '../../../support/vscode/values';
import { agentWrites } from '../../agent';
import { expectAuthors } from '../../authors';

const LINES = 'first line of the costs\nsecond line of the costs\n';

describe('a file deleted in the Explorer', () => {
  const window = useWindow((workspace) => {
    for (const name of ['costs.txt', 'old/prices.txt', 'taxes.txt', 'menu.txt', 'fees.txt', 'rents.txt'])
      workspace.write(name, LINES.replaceAll('costs', name));
    workspace.commit('Begin');
  });

  /** The editor reports it before and after, and waits for those who hear of it before. */
  async function editorDeletes(name: string): Promise<void> {
    const { workspace, state } = window();
    const files = [Uri.file(workspace.at(name))] as never;
    const waits: unknown[] = [];
    state.on.deleteFiles.fire(
      modelled<vscode.FileWillDeleteEvent>('FileWillDeleteEvent', {
        files,
        waitUntil: (work: Thenable<unknown>) => void waits.push(work),
      }),
    );
    await Promise.all(waits);
    rmSync(workspace.at(name), { recursive: true });
    state.on.deletedFiles.fire(modelled<vscode.FileDeleteEvent>('FileDeleteEvent', { files }));
  }

  /** With the key that is ours. */
  async function personDeletes(name: string): Promise<void> {
    const editors = commands.registerCommand('moveFileToTrash', () => editorDeletes(name));
    try {
      await commands.executeCommand('linekeeper.moveFileToTrash');
    } finally {
      editors.dispose();
    }
  }

  const removedBy = (author: string): string[] => [`-${author}`, `-${author}`];

  it('its lines: are removed by the person when their key deleted it, alone or with its folder', async () => {
    const { workspace } = window();
    await personDeletes('costs.txt');
    await expectAuthors(workspace, 'costs.txt', removedBy('H'));
    await personDeletes('old');
    await expectAuthors(workspace, 'old/prices.txt', removedBy('H'));
  });

  it('its lines: are removed by the person when a menu of the window in front deleted it, and no assistant is at work', async () => {
    const { workspace } = window();
    await editorDeletes('menu.txt');
    await expectAuthors(workspace, 'menu.txt', removedBy('H'));
  });

  it('its lines: are removed by nobody known when it goes while the window is not in front', async () => {
    const { workspace, state } = window();
    state.focused = false;
    await editorDeletes('taxes.txt');
    state.focused = true;
    await personDeletes('fees.txt');
    await expectAuthors(workspace, 'fees.txt', removedBy('H'));
    await expectAuthors(workspace, 'taxes.txt', removedBy('?'));
  });

  it("an assistant's lines in it: stay its own when the person takes the deletion back", async () => {
    const { workspace } = window();
    await agentWrites(workspace, 'rents.txt', `${workspace.read('rents.txt')}written by the agent here\n`);
    const before = workspace.read('rents.txt');
    assert.match(before, /agent/);
    await personDeletes('rents.txt');
    await expectAuthors(workspace, 'rents.txt', removedBy('H'));
    writeFileSync(workspace.at('rents.txt'), before);
    const file = Uri.file(workspace.at('rents.txt'));
    window().state.on.createFiles.fire(modelled<vscode.FileCreateEvent>('FileCreateEvent', { files: [file] }));
    await expectAuthors(workspace, 'rents.txt', [
      '. first line of the rents.txt',
      '. second line of the rents.txt',
      'A written by the agent here',
    ]);
  });
});
