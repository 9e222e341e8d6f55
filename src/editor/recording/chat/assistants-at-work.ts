/** What assistants could be doing in the window, for edits that have no other evidence. */
import * as vscode from 'vscode';
import type { Worktree } from '../../workspace/worktree';
import { lockedSetting, personsSetting } from '../../personal-and-locked-settings';
import { isAssistantExtension, type Manifest } from '../classify/is-assistant-extension';
import { isLeftToPerson, type CommandsRule, type Surroundings } from '../commands/credit-for-editor-command';
import { assistantOfExtension } from '../classify/assistant-of-extension';
import { assistantsIn, unseenIn, type Presence, type Unseen } from './assistants-editing-unseen';

/** Our own manifest mentions assistants too. */
const OURS = 'linekeeper.linekeeper';
/** Editors without a built-in assistant that no extension would reveal. */
const WITHOUT_ASSISTANT = /^(?:Visual Studio Code|VSCodium|Code - OSS|code-server|OpenVSCode Server)\b/;
/** The assistant whose turns are reported by hooks that we bring; it offers nothing in the suggestion list. */
const REPORTED = 'github-copilot';
/** An assistant's last edits may arrive a little after it reports that it is done. */
const STILL_WORKING_MS = 5_000;
/** What is in the journal for longer has been noticed, and so has that it ended. */
const NOTICED_WITHIN_MS = 60_000;

interface AssistantsPorts {
  readonly now: () => number;
  /** Whether an assistant of the editor may have changed a document just now: its chat, or an accepted completion. */
  readonly isEditing: (document: vscode.Uri) => boolean;
}

export class AssistantsInWindow {
  private readonly known = new Map<string, boolean>();
  private readonly lastAtWork = new Map<Worktree, number>();

  constructor(private readonly ports: AssistantsPorts) {}

  /** Sessions are or are not at work in a work tree. Called whenever that may have changed. */
  atWork(worktree: Worktree, isAny: boolean): void {
    const last = this.lastAtWork.get(worktree);
    if (isAny) this.lastAtWork.set(worktree, Number.POSITIVE_INFINITY);
    else if (last === Number.POSITIVE_INFINITY) this.lastAtWork.set(worktree, this.ports.now());
  }

  /** Whether an extension may write code by itself. */
  isAssistant(id: string): boolean {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const extension = vscode.extensions.getExtension(id);
    const isAssistant =
      id.toLowerCase() !== OURS && isAssistantExtension(id, (extension?.packageJSON ?? {}) as Manifest);
    if (extension) this.known.set(id, isAssistant);
    return isAssistant;
  }

  /** Whether no other assistant is installed, active or not, and none is part of the editor. */
  get isCopilotTheOnlyOne(): boolean {
    const { isEditorUnknown } = this.presence();
    return !isEditorUnknown && vscode.extensions.all.every(({ id }) => !this.isAssistant(id) || isReporting(id));
  }

  /** `worktree`: the document's, if it has one. */
  around(document: vscode.Uri, worktree: Worktree | undefined, presence = this.presence()): Surroundings {
    const rule: CommandsRule = personsSetting('editorCommands', 'fair');
    return {
      rule,
      assistants: assistantsIn(presence, this.isWorking(presence, document, worktree)),
      offersItems: presence.isEditorUnknown || presence.active.some((id) => !isReporting(id)),
    };
  }

  /** Whether what happens to a document follows from what the person does, with no other evidence of who does it. */
  leaveToPerson(document: vscode.Uri, worktree: Worktree | undefined): boolean {
    return isLeftToPerson(this.around(document, worktree));
  }

  /** The same for a file that is copied, moved or deleted: no key accepts such a thing, whether ours are on or not. */
  leaveFileToPerson(file: vscode.Uri, worktree: Worktree | undefined): boolean {
    const { off, ...presence } = this.presence();
    return isLeftToPerson(this.around(file, worktree, { ...presence, off: off === 'keys' ? undefined : off }));
  }

  /** Those that may be editing unseen for as long as they are active, and what makes them so. */
  unseen(): readonly Unseen[] {
    return unseenIn(this.presence());
  }

  private presence(): Presence {
    return {
      active: vscode.extensions.all.filter(({ id, isActive }) => isActive && this.isAssistant(id)).map(({ id }) => id),
      isReporting,
      off: switchedOff(),
      isEditorUnknown: !WITHOUT_ASSISTANT.test(vscode.env.appName),
    };
  }

  private isWorking({ active }: Presence, document: vscode.Uri, worktree: Worktree | undefined): boolean {
    if ([...this.lastAtWork.values()].some((last) => this.ports.now() - last < STILL_WORKING_MS)) return true;
    if (this.ports.isEditing(document)) return true;
    // A hook that has just run is in the journal before anybody has looked there.
    return active.length > 0 && worktree !== undefined && hasJustBegun(worktree, this.ports.now());
  }
}

const isReporting = (extension: string): boolean => assistantOfExtension(extension) === REPORTED;

function hasJustBegun(worktree: Worktree, now: number): boolean {
  try {
    return worktree.journal.openRecords().some(({ record }) => now - record.at < NOTICED_WITHIN_MS);
  } catch {
    return true; // what can't be read may say so
  }
}

/** What keeps our hooks or our keys from showing what the editor's own assistant does. */
function switchedOff(): Presence['off'] {
  const settings = vscode.workspace.getConfiguration();
  const switches = ['linekeeper.chatAgent.record', 'chat.useHooks', 'chat.plugins.enabled'] as const;
  if (!vscode.workspace.isTrusted) return 'untrusted';
  const lockedAgent = lockedSetting('chatAgent');
  const off = switches.find((name) =>
    name === 'linekeeper.chatAgent.record' && lockedAgent !== undefined
      ? !lockedAgent
      : !settings.get<boolean>(name, true),
  );
  return off ?? (settings.get<boolean>('linekeeper.keybindings.enabled', true) ? undefined : 'keys');
}
