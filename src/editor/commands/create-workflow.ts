/** A row of *Set Up*: the file that makes the forge run the gate. It is opened, for the person to commit. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  CiError,
  findProgram,
  programNamed,
  workflowFor,
  workflowForge,
  writeWorkflow,
  type FoundProgram,
  type Workflow,
  type WorkflowForge,
} from '../../review/ci/write-workflow';
import { GitError, type Repository } from '../../git';
import { JournalError } from '../../provenance/journal';
import { declareLines } from '../../provenance/declarations';
import type { Translate } from '../translate';
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
  const workflow = await workflowFor(repository, forge, {});
  return existsSync(path.join(root, workflow.path)) ? undefined : { forge, workflow };
}

export async function workflowRow(worktree: Worktree, t: Translate): Promise<WorkflowRow | undefined> {
  const missing = await missingWorkflow(worktree);
  if (missing === undefined) return undefined;
  const { forge, workflow } = missing;
  return {
    label: t('Check in {0}', forge.jobs.runner),
    detail: t('Fails pull requests that lack a sign-off. Writes {0} and opens it.', workflow.path),
    perform: () => written(worktree, forge, t),
  };
}

async function written({ repository, now }: Worktree, forge: WorkflowForge, t: Translate): Promise<string> {
  const found = await programFor(repository, forge, t);
  if (found === undefined) return t('Nothing was written.');
  const workflow = await workflowFor(repository, forge, found.program);
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
  return `${t('{0} written.', workflow.path)} ${forge.jobs.next ?? ''} ${found.missing ?? ''}`.trim();
}

/** How the job gets Linekeeper; where that can't be found, the person names it. Undefined when they don't. */
async function programFor(
  repository: Repository,
  { jobs }: WorkflowForge,
  t: Translate,
): Promise<FoundProgram | undefined> {
  try {
    return await findProgram(repository, jobs, {});
  } catch (error) {
    if (!(error instanceof CiError)) throw error;
  }
  const title =
    jobs.usesAction === true
      ? t("Linekeeper's Action was not found. Name yours, or a package that the job can install.")
      : t('The job needs Linekeeper. Name an image that has it, or a package that the job can install.');
  const example = t('For example {0}', EXAMPLES[jobs.usesAction === true ? 'action' : 'image']);
  const problemOf = (text: string): string | undefined => {
    const program = programNamed(text.trim());
    return program === undefined || (jobs.usesAction === true ? 'image' in program : 'action' in program)
      ? example
      : undefined;
  };
  const text = await vscode.window.showInputBox({
    title,
    prompt: example,
    ignoreFocusOut: true,
    validateInput: problemOf,
  });
  const program = text === undefined ? undefined : programNamed(text.trim());
  return program === undefined ? undefined : findProgram(repository, jobs, program);
}

const EXAMPLES = {
  action: 'acme/linekeeper@COMMIT, https://packages.example.com/linekeeper-1.2.3.tgz',
  image: 'registry.example.com/linekeeper:1.2.3, https://packages.example.com/linekeeper-1.2.3.tgz',
};
