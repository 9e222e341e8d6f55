/**
 * The first notification about us, before the person has used anything: once ever, in the focused window, if there is
 * something to set up.
 */
import * as vscode from 'vscode';
import type { Translate } from '../attribution-messages';
import type { Worktree } from '../workspace/worktree';
import type { Notices } from './notices';

const KEY = 'firstRun.told';

interface FirstRunPorts {
  readonly memory: vscode.Memento;
  readonly notices: Notices;
  readonly worktrees: () => readonly Worktree[];
  readonly t: Translate;
}

/** Whether our walkthrough is open, which the editor shows by itself after an installation: it says the same. */
const isWalkthroughOpen = (): boolean =>
  vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ label, input }) => input === undefined && /Linekeeper|Know who wrote|Walkthrough/.test(label)),
  );

export async function tellOnce({ memory, notices, worktrees, t }: FirstRunPorts): Promise<void> {
  const [worktree] = worktrees();
  if (
    !worktree ||
    memory.get<boolean>(KEY) === true ||
    !vscode.workspace.isTrusted ||
    !vscode.window.state.focused ||
    notices.isOpen ||
    isWalkthroughOpen()
  )
    return;
  await memory.update(KEY, true);
  if ((await worktree.hooksState()) !== 'absent') return;
  const setUp = t('Set Up…');
  const preview = t('Preview');
  const message = [
    t('Linekeeper marks which lines AI wrote.'),
    t('Set it up to put that into your commits, too. Nothing leaves this machine.'),
  ].join(' ');
  const answer = await notices.show(message, setUp, preview, t('Not Now'));
  if (answer === setUp) await vscode.commands.executeCommand('linekeeper.setUp');
  if (answer === preview) await vscode.commands.executeCommand('linekeeper.previewSetUp');
}
