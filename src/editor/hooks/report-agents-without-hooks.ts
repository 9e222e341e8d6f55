/**
 * Reports, once for each assistant and repository, an agent that is started in the integrated terminal while its hooks
 * do not work. Detected through the terminal's shell integration, which some forks of the editor and some shells lack.
 */
import * as vscode from 'vscode';
import { assistantStartedBy, type Assistant } from '../../provenance/assistants';
import { examineAssistant } from '../../provenance/assistants/coverage';
import { hasHooks, type SetupOptions } from '../../provenance/assistants/setup';
import { setupOptionsIn } from '../commands/hook-set-up-context';
import type { Translate } from '../translate';
import type { PlaceFinder } from '../workspace/worktree-of-file';
import type { Worktree } from '../workspace/worktree';
import type { Notices } from './notice-queue';

const KEY = 'terminalNotice.told';

interface TerminalNoticePorts {
  readonly places: PlaceFinder;
  readonly worktrees: () => readonly Worktree[];
  readonly setupOptions: SetupOptions;
  readonly memory: vscode.Memento;
  readonly notices: Notices;
  readonly t: Translate;
  readonly log: vscode.LogOutputChannel;
}

export function watchTerminals(ports: TerminalNoticePorts): vscode.Disposable {
  const { onDidStartTerminalShellExecution: started } = vscode.window as Partial<
    Pick<typeof vscode.window, 'onDidStartTerminalShellExecution'>
  >;
  if (!started) return vscode.Disposable.from();
  return started(({ execution }) => {
    const assistant = assistantStartedBy(execution.commandLine.value);
    const worktree = assistant && worktreeOf(execution.cwd, ports);
    if (assistant && worktree)
      tellOnce(assistant, worktree, ports).catch((error: unknown) =>
        ports.log.warn(`Whether the hooks of ${assistant.title} work could not be determined: ${String(error)}`),
      );
  });
}

/** One that the editor looks at; if the shell does not report its folder, the only one. */
function worktreeOf(folder: vscode.Uri | undefined, { places, worktrees }: TerminalNoticePorts): Worktree | undefined {
  const all = worktrees();
  const root = folder?.scheme === 'file' ? places.placesOf(folder.fsPath)?.root : undefined;
  return folder === undefined && all.length === 1 ? all[0] : all.find((worktree) => worktree.root === root);
}

async function tellOnce(
  assistant: Assistant,
  { repository }: Worktree,
  { setupOptions, memory, notices, t }: TerminalNoticePorts,
): Promise<void> {
  const notified = memory.get<readonly string[]>(KEY, []);
  const key = `${assistant.id} ${repository.commonDir}`;
  if (!vscode.workspace.isTrusted || notices.isOpen || notified.includes(key) || !hasHooks(assistant, setupOptions))
    return;
  const { hooks, trusted } = examineAssistant(assistant, repository, setupOptionsIn(repository, setupOptions));
  const absent = hooks.user === 'absent' && hooks.project === 'absent';
  if (!absent && trusted !== false) return; // hooks that are present but imperfect mostly work; see Show Coverage
  await memory.update(KEY, [...notified, key]);
  const [message, answer, command] = !absent
    ? [
        t(
          "{0} ignores Linekeeper's hooks until you trust them in {0}, so its edits may be recorded as unknown.",
          assistant.title,
        ),
        t('Check AI Assistants'),
        'linekeeper.showCoverage',
      ]
    : [
        t("{0} isn't set up for Linekeeper, so its edits may be recorded as unknown.", assistant.title),
        t('Set Up…'),
        'linekeeper.setUp',
      ];
  if ((await notices.show(message, answer)) === answer) await vscode.commands.executeCommand(command);
}
