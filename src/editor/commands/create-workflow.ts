/** A row of *Set Up*: the file that makes the forge run the gate. It is opened, for the person to commit. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { CiError, workflowFor, workflowForge, writeWorkflow, type Workflow, type WorkflowForge } from '../../ci/set-up';
import { GitError } from '../../git';
import { JournalError } from '../../journal';
import { declareLines } from '../../declarations';
import type { Translate } from '../attribution-messages';
import type { Worktree } from '../workspace/worktree';

interface WorkflowRow {
  readonly label: string;
  readonly detail: string;
  /** Writes the file and opens it; returns a sentence about what was done. */
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

export async function workflowRow(worktree: Worktree, t: Translate): Promise<WorkflowRow | undefined> {
  const missing = await missingWorkflow(worktree);
  if (missing === undefined) return undefined;
  const { forge, workflow } = missing;
  return {
    label: t('Check in {0}', forge.jobs.runner),
    detail: t('Fails pull requests that lack a sign-off. Writes {0} and opens it.', workflow.path),
    perform: () => written(worktree, forge, workflow, t),
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
