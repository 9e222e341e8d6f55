/**
 * *Investigate Incident*: asks what is known about an outage, looks for the commits behind it, and starts the incident
 * file.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { declareWritten } from '../../decision/declarations';
import { GitError } from '../../git';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { columnBeside, showPage } from '../show-page';
import type { VirtualPages } from '../virtual';
import type { Translate } from '../attribution-messages';
import { chooseWorktree } from './choose';

interface IncidentPorts {
  readonly worktrees: Worktrees;
  readonly pages: VirtualPages;
  readonly t: Translate;
  readonly now: () => number;
}

const TEXT_AT_MOST = 16 * 1024 * 1024;

/** What a caller knows already, such as a test or another extension. */
interface Given {
  readonly title?: unknown;
  readonly began?: unknown;
  readonly text?: unknown;
}

export function investigateIncident({ worktrees, pages, t, now }: IncidentPorts): (given?: Given) => Promise<void> {
  return async (given) => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    const title =
      typeof given?.title === 'string'
        ? given.title
        : await vscode.window.showInputBox({
            title: t('Investigate Incident'),
            prompt: t('What went wrong, in a few words?'),
            ignoreFocusOut: true,
          });
    if (title === undefined || title.trim() === '') return;
    const asked =
      typeof given?.began === 'string'
        ? given.began
        : await vscode.window.showInputBox({
            title: t('Investigate Incident'),
            prompt: t('When did it begin?'),
            value: new Date(now()).toISOString().slice(0, 16).concat('Z'),
            ignoreFocusOut: true,
            validateInput: (value) =>
              Number.isNaN(Date.parse(value)) ? t('Write a time such as {0}.', '2026-11-24T10:12Z') : undefined,
          });
    if (asked === undefined) return;
    const text = typeof given?.text === 'string' ? given.text : await evidence(t);
    if (text === undefined) return;
    // Another extension that called it with arguments is not a person.
    const isPersons = typeof given?.title !== 'string';
    await begin(worktree, { title: title.trim(), began: Date.parse(asked), text, isPersons }, pages, t);
  };
}

/** Stack trace, log lines or a plan; empty when there is none, undefined when the person cancelled. */
async function evidence(t: Translate): Promise<string | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: t('Stack trace or log on the clipboard'),
        read: () => Promise.resolve(vscode.env.clipboard.readText()),
      },
      { label: t('Stack trace, log or plan in a file…'), read: () => fromFile(t) },
      { label: t('Nothing yet: start from the last deployment'), read: () => Promise.resolve('') },
    ],
    { title: t('Investigate Incident'), placeHolder: t('What do you have?'), ignoreFocusOut: true },
  );
  return picked?.read();
}

async function fromFile(t: Translate): Promise<string | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title: t('Investigate Incident'), canSelectMany: false })) ?? [];
  return file === undefined ? undefined : (await readFile(file.fsPath)).subarray(0, TEXT_AT_MOST).toString('utf8');
}

async function begin(
  worktree: Worktree,
  {
    isPersons,
    ...known
  }: { readonly title: string; readonly began: number; readonly text: string; readonly isPersons: boolean },
  pages: VirtualPages,
  t: Translate,
): Promise<void> {
  const { repository, now, root } = worktree;
  const { attributionByNotes, beginIncident, begunText } = await import('../../after-merge');
  try {
    const begun = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Searching for suspect commits…') },
      () =>
        beginIncident({
          repository,
          ...known,
          services: [],
          paths: [],
          deployed: null,
          lastGood: null,
          attributionOf: attributionByNotes(repository, now),
          now,
        }),
    );
    const found = pages.answer('Commits behind the Incident', root, begunText(begun, 'editor'));
    // The file replaces what was in front; the findings are shown next to it.
    const inFront = vscode.window.tabGroups.activeTabGroup.viewColumn;
    await showPage(found, { preview: false, preserveFocus: true, viewColumn: columnBeside(found) });
    if (begun.file !== null) {
      if (isPersons) await declareWritten(repository, begun.file, now);
      await vscode.window.showTextDocument(vscode.Uri.file(join(root, begun.file)), {
        preview: false,
        viewColumn: inFront,
      });
    }
  } catch (error) {
    // An error about what can't be decided is shown as it is; its class comes from another bundle.
    if (!(error instanceof GitError) && !(error instanceof Error && error.name === 'GateError')) throw error;
    void vscode.window.showErrorMessage(error.message);
  }
}
