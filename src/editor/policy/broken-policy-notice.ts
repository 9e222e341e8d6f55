/** Reports a broken policy once for each state of it: until it is fixed, nothing in it is in effect. */
import * as vscode from 'vscode';
import type { Notices } from '../hooks/notice-queue';
import type { Pictures } from '../state/changed-files';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';

export function watchPolicy({
  pictures,
  worktrees,
  notices,
  t,
}: {
  readonly pictures: Pictures;
  readonly worktrees: () => readonly Worktree[];
  readonly notices: Notices;
  readonly t: Translate;
}): vscode.Disposable {
  /** The last reported problem, by work tree. */
  const notified = new WeakMap<Worktree, string>();
  const tell = (worktree: Worktree): void => {
    const policy = pictures.survey(worktree)?.local.policy;
    const [problem] = policy?.problems ?? [];
    if (!policy || !problem) {
      notified.delete(worktree);
      return;
    }
    // While it is being edited one mistake follows another: once is enough until it has been valid again.
    if (notified.has(worktree) || notices.isOpen || !vscode.window.state.focused) return;
    notified.set(worktree, problem.message);
    const open = t('Open Policy');
    void notices
      .show(
        t(
          '{0} is broken (line {1}: {2}), so its rules are not in effect. CI cannot pass until it is fixed.',
          problem.file ?? policy.source,
          problem.line,
          problem.message,
        ),
        open,
      )
      .then((answer) => {
        if (answer === open) void vscode.commands.executeCommand('linekeeper.openPolicy');
      });
  };
  const tellAll = (): void => worktrees().forEach(tell);
  return vscode.Disposable.from(
    pictures.onDidChange(tell),
    // What could not be reported when it happened is reported later.
    notices.onDidClose(tellAll),
    vscode.window.onDidChangeWindowState(tellAll),
  );
}
