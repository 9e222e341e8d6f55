/** *Open Report*: the page of `linekeeper report`, made by the command line so that nothing else in the editor waits for it. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Runtime } from '../../git';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose-worktree';
import { runCli } from './run-cli';

/** The view type of a panel with a report, as in the manifest. */
const VIEW_TYPE = 'linekeeper.report';

const STOPPED_MS = 10_000;

const FINDINGS_SETTING = 'report.findings';

interface ReportPorts {
  readonly worktrees: Worktrees;
  readonly runtime: Runtime;
  readonly t: Translate;
}

/** A repository's report has one panel, however often it is opened. */
interface Open {
  readonly worktree: Worktree;
  readonly panel: vscode.WebviewPanel;
}

/** The report as configured in the settings. */
export function openReport({ worktrees, runtime, t }: ReportPorts): () => Promise<void> {
  const panels = new Set<Open>();
  const show = async (worktree: Worktree, findings: boolean): Promise<void> => {
    const page = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Making the report…'), cancellable: true },
      (progress, token) =>
        runCli(runtime, ['report', '--format', 'html', ...(findings ? ['--findings'] : [])], {
          root: worktree.root,
          token,
          progress: (message) => progress.report({ message }),
        }),
    );
    if (page === undefined) {
      vscode.window.setStatusBarMessage(t('Report stopped. Open it again to go on from there.'), STOPPED_MS);
      return;
    }
    const { panel } = [...panels].find((one) => one.worktree === worktree) ?? opened(worktree);
    // The page's own content security policy lets nothing be loaded and nothing run.
    panel.webview.html = page;
    panel.reveal();
  };
  const opened = (worktree: Worktree): Open => {
    const panel = vscode.window.createWebviewPanel(
      VIEW_TYPE,
      t('AI Report: {0}', path.basename(worktree.root)),
      vscode.ViewColumn.Active,
      { enableScripts: false, enableForms: false, localResourceRoots: [], enableFindWidget: true },
    );
    const open = { worktree, panel };
    panels.add(open);
    panel.onDidDispose(() => panels.delete(open));
    return open;
  };
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    const settings = vscode.workspace.getConfiguration('linekeeper', vscode.Uri.file(worktree.root));
    await show(worktree, settings.get<boolean>(FINDINGS_SETTING, false));
  };
}
