/** Only the content on disk proves that this happened to the file. */
import * as vscode from 'vscode';
import type { Worktree } from '../../workspace/worktree';
import { isAssistantExtension, type Manifest } from '../classify/assistant-extensions';
import type { Assistants, CommandsRule, Surroundings } from '../commands/editor-commands';
import { assistantOfExtension } from '../classify/extension-assistant';

export const COMMANDS_SETTING = 'recording.editorCommands';

/** Which extensions are assistants, judged from their manifests. Ids are compared case-insensitively. Pure. */
const OURS = 'linekeeper.linekeeper';
/**
 * The parts of an extension's `package.json` that show what it is. It comes from outside: any part may be of another
 * type.
 */
const WITHOUT_ASSISTANT = /^(?:Visual Studio Code|VSCodium|Code - OSS|code-server|OpenVSCode Server)\b/;
/** Set by the editor itself: the extension came with the editor. */
const REPORTED = 'github-copilot';
/** Contributions made only by extensions with a language model. */
const STILL_WORKING_MS = 5_000;

export class AssistantsInWindow {
  private readonly known = new Map<string, boolean>();
  private readonly lastAtWork = new Map<Worktree, number>();

  constructor(private readonly now: () => number) {}

  /** API proposals for ghost text, or for what a chat does to files. */
  atWork(worktree: Worktree, isAny: boolean): void {
    const last = this.lastAtWork.get(worktree);
    if (isAny) this.lastAtWork.set(worktree, Number.POSITIVE_INFINITY);
    else if (last === Number.POSITIVE_INFINITY) this.lastAtWork.set(worktree, this.now());
  }

  /**
   * Extensions that come with the editor from its makers (language services, git) do not write by themselves; the
   * makers' assistant is known by its id.
   */
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

  /**
   * Whether an extension may write code by itself. Better too many than too few: a missed one's lines would count as a
   * person's.
   */
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
