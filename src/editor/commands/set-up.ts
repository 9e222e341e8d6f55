/** *Set Up*: one list of everything that Linekeeper may add, what each row writes where, and what was chosen is done. */
import * as vscode from 'vscode';
import { SetupError } from '../../provenance/assistants/setup';
import { GitError, HooksError } from '../../git';
import { rememberHooks } from '../hooks/repair-hooks';
import { registerRuntime } from '../hooks/runtime-for-hooks';
import type { Translate } from '../translate';
import { chooseWorktree } from './choose-worktree';
import { absentAssistants, choices, type Choice } from './set-up-rows';
import type { SetUpPorts } from './hook-set-up-context';

export function setUp(ports: SetUpPorts): () => Promise<void> {
  return async () => {
    const { worktrees, t } = ports;
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    const first = await pick(
      await choices(worktree, ports),
      t('Nothing is written before OK. Undo Set Up restores it.'),
      t,
    );
    const more = first?.some(({ act }) => act === 'more') === true;
    const others = more
      ? await pick(
          absentAssistants(worktree, ports),
          t('Linekeeper did not find these assistants on this machine. Choose the ones to record.'),
          t,
        )
      : [];
    const picked = [...(first ?? []), ...(others ?? [])].filter(({ perform }) => perform !== undefined);
    if (!first || picked.length === 0) return;
    const done: string[] = [];
    registerRuntime(ports.setupOptions.home, ports.runtime);
    try {
      for (const { perform } of picked) if (perform) done.push(await perform());
    } catch (error) {
      if (!isExpected(error)) throw error;
      void vscode.window.showErrorMessage(error.message);
    }
    if (done.length === 0) return;
    await rememberHooks(ports.memory, ports.runtime);
    await ports.changed();
    void vscode.window.showInformationMessage(done.join(' '));
  };
}

const pick = async (
  rows: readonly Choice[],
  placeHolder: string,
  t: Translate,
): Promise<readonly Choice[] | undefined> =>
  vscode.window.showQuickPick(rows, {
    title: t('Set Up Linekeeper'),
    placeHolder,
    canPickMany: true,
    ignoreFocusOut: true,
  });

/** Their messages are for people. */
export const isExpected = (error: unknown): error is Error =>
  error instanceof HooksError || error instanceof GitError || error instanceof SetupError;
