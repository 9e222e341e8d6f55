/** What assistants could be doing in the window, for edits that have no other evidence. */
import * as vscode from 'vscode';
import type { Worktree } from '../../workspace/worktree';
import { isAssistantExtension, type Manifest } from '../classify/assistant-extensions';
import type { Assistants, CommandsRule, Surroundings } from '../commands/editor-commands';
import { assistantOfExtension } from '../classify/extension-assistant';

const COMMANDS_SETTING = 'recording.editorCommands';

/** Our own manifest mentions assistants too. */
const OURS = 'linekeeper.linekeeper';
/** Editors without a built-in assistant that no extension would reveal. */
const WITHOUT_ASSISTANT = /^(?:Visual Studio Code|VSCodium|Code - OSS|code-server|OpenVSCode Server)\b/;
/** The assistant whose turns are reported by hooks that we bring; it offers nothing in the suggestion list. */
const REPORTED = 'github-copilot';
/** An assistant's last edits may arrive a little after it reports that it is done. */
const STILL_WORKING_MS = 5_000;

export class AssistantsInWindow {
  private readonly known = new Map<string, boolean>();
  private readonly lastAtWork = new Map<Worktree, number>();

  constructor(private readonly now: () => number) {}

  /** Sessions are or are not at work in a work tree. Called whenever that may have changed. */
  atWork(worktree: Worktree, isAny: boolean): void {
    const last = this.lastAtWork.get(worktree);
    if (isAny) this.lastAtWork.set(worktree, Number.POSITIVE_INFINITY);
    else if (last === Number.POSITIVE_INFINITY) this.lastAtWork.set(worktree, this.now());
  }

  /** Whether an extension may write code by itself. */
  isAssistant(id: string): boolean {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const extension = vscode.extensions.getExtension(id);
    const is = id.toLowerCase() !== OURS && isAssistantExtension(id, (extension?.packageJSON ?? {}) as Manifest);
    if (extension) this.known.set(id, is);
    return is;
  }

  around(document: vscode.TextDocument): Surroundings {
    const rule = vscode.workspace.getConfiguration('linekeeper', document).get<CommandsRule>(COMMANDS_SETTING, 'fair');
    const active = vscode.extensions.all
      .filter(({ id, isActive }) => isActive && this.isAssistant(id))
      .map(({ id }) => id);
    const unreported = active.filter((id) => assistantOfExtension(id) !== REPORTED);
    return {
      rule,
      assistants: this.assistants(active, unreported),
      offersItems: unreported.length > 0 || !WITHOUT_ASSISTANT.test(vscode.env.appName),
    };
  }

  private assistants(active: readonly string[], unreported: readonly string[]): Assistants {
    if ([...this.lastAtWork.values()].some((last) => this.now() - last < STILL_WORKING_MS)) return 'working';
    if (unreported.length > 0 || !WITHOUT_ASSISTANT.test(vscode.env.appName)) return 'able';
    if (active.length === 0) return 'none';
    return this.isReported() ? 'idle' : 'able';
  }

  /** Whether the editor's chat agent runs our hooks. */
  private isReported(): boolean {
    const on = (name: string): boolean => vscode.workspace.getConfiguration().get<boolean>(name, true);
    return (
      vscode.workspace.isTrusted &&
      on('linekeeper.chatAgent.record') &&
      on('chat.useHooks') &&
      on('chat.plugins.enabled')
    );
  }
}
