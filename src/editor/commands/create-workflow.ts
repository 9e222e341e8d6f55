/** A row of *Set Up*: the file that makes the forge run the gate, shown before it is written. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { CiError, workflowFor, workflowForge, writeWorkflow, type Workflow, type WorkflowForge } from '../../ci/set-up';
import { GitError } from '../../git';
import { JournalError } from '../../journal';
import { declareLines } from '../../decision/declarations';
import type { Translate } from '../attribution-messages';
import type { VirtualPages } from '../virtual';
import type { Worktree } from '../workspace/worktree';

/** The page's name; its extension makes the editor highlight it. */
const PAGE = 'Preview of linekeeper.yml';

interface WorkflowRow {
  readonly label: string;
  readonly detail: string;
  /** Shows the file and asks; returns a sentence about what was done. */
  readonly perform: () => Promise<string>;
}

/** The file that would be written; undefined when there is none for the forge, or it exists already. */
export async function missingWorkflow({
  repository,
  root,
}: Worktree): Promise<{ readonly forge: WorkflowForge; readonly workflow: Workflow } | undefined> {
  const forge = await workflowForge(repository);
  if (forge === undefined) return undefined;
  const workflow = await workflowFor(repository, forge);
  return existsSync(path.join(root, workflow.path)) ? undefined : { forge, workflow };
}

export async function workflowRow(
  worktree: Worktree,
  pages: VirtualPages,
  t: Translate,
): Promise<WorkflowRow | undefined> {
  const missing = await missingWorkflow(worktree);
  if (missing === undefined) return undefined;
  const { forge, workflow } = missing;
  return {
    label: t('Check in {0}', forge.jobs.runner),
    detail: t('Writes {0}, which fails a pull request that lacks a sign-off. You see it first.', workflow.path),
    perform: async () => {
      await vscode.window.showTextDocument(
        await vscode.workspace.openTextDocument(pages.answer(PAGE, worktree.root, workflow.text)),
        { preview: true },
      );
      const write = t('Write File');
      if (
        (await vscode.window.showInformationMessage(
          t('Write {0}? Its text is open in the editor.', workflow.path),
          write,
          t("Don't Write"),
        )) !== write
      )
        return t('{0} was not written.', workflow.path);
      return written(worktree, forge, workflow, t);
    },
  };
}

async function written(
  { repository, now }: Worktree,
  { jobs }: WorkflowForge,
  workflow: Workflow,
  t: Translate,
): Promise<string> {
  try {
    await vscode.window.showTextDocument(vscode.Uri.file(writeWorkflow(repository, workflow)));
  } catch (error) {
    if (error instanceof CiError) return error.message;
    throw error;
  }
  try {
    await declareLines(
      repository,
      { path: workflow.path, lines: null, by: { author: 'human', evidence: 'declared' } },
      now,
    );
  } catch (error) {
    if (!(error instanceof GitError) && !(error instanceof JournalError)) throw error; // its lines stay unknown, and the file is there
  }
  return `${t('{0} written.', workflow.path)} ${jobs.next ?? ''}`.trim();
}
