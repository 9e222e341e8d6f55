/**
 * *Open Report* and *Open Report with Findings*: the page of `linekeeper report`, made by the command line so that
 * nothing else in the editor waits for it.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Runtime } from '../../git';
import type { Translate } from '../attribution-messages';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose';

/** A repository's page is far smaller. */
const BYTES_AT_MOST = 20_000_000;

/** The view type of a panel with a report, as in the manifest. */
const VIEW_TYPE = 'linekeeper.report';

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

/** Both commands: the report as configured in the settings, and the active one again with what danger rules find. */
export function reportCommands({ worktrees, runtime, t }: ReportPorts): {
  readonly 'linekeeper.openReport': () => Promise<void>;
  readonly 'linekeeper.openReportWithFindings': () => Promise<void>;
} {
  const panels = new Set<Open>();
  const show = async (worktree: Worktree, findings: boolean): Promise<void> => {
    const page = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Making the report…'), cancellable: true },
      (progress, token) =>
        reportPage(runtime, worktree.root, findings, (message) => progress.report({ message }), token),
    );
    if (page === undefined) return;
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
  return {
    'linekeeper.openReport': async () => {
      const worktree = await chooseWorktree(worktrees, t);
      if (!worktree) return;
      const settings = vscode.workspace.getConfiguration('linekeeper', vscode.Uri.file(worktree.root));
      await show(worktree, settings.get<boolean>(FINDINGS_SETTING, false));
    },
    'linekeeper.openReportWithFindings': async () => {
      const inFront = [...panels].find(({ panel }) => panel.active);
      const worktree = inFront?.worktree ?? (await chooseWorktree(worktrees, t));
      if (worktree) await show(worktree, true);
    },
  };
}

/** The page; undefined when the person cancelled. Throws the command line's error message. */
function reportPage(
  { executable, cli, electron }: Runtime,
  root: string,
  findings: boolean,
  progress: (message: string) => void,
  token: vscode.CancellationToken,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, [cli, 'report', '--format', 'html', ...(findings ? ['--findings'] : [])], {
      cwd: root,
      windowsHide: true,
      env: { ...process.env, ...(electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    let size = 0;
    let last = '';
    token.onCancellationRequested(() => child.kill());
    child.stdout.on('data', (data: Buffer) => {
      size += data.length;
      if (size > BYTES_AT_MOST) child.kill();
      else out.push(data);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      last =
        text
          .trim()
          .split('\n')
          .at(-1)
          ?.replace(/^linekeeper: /, '') ?? last;
      progress(last);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (token.isCancellationRequested) resolve(undefined);
      else if (code === 0) resolve(Buffer.concat(out).toString('utf8'));
      else reject(new Error(last === '' ? `exit ${String(code)}` : last));
    });
  });
}
