/**
 * The file that makes this repository's forge run the gate: which, where, and what else has to be done. A light door,
 * for the editor.
 */
import { lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createFile } from '../../base/files';
import { defaultRemote, NotesError } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { GitError, type Repository } from '../../git';
import { quoted } from '../../policy';
import { findAhead, whichForge } from '../pull-request';
import { CiError, FORGES, ReviewError, type ForgeId, type ForgeJobs, type JobProgram, type Workflow } from '../forges';

export { CiError, type Workflow } from '../forges';
export { findProgram, programNamed, type FoundProgram } from './find-action-package-or-image-for-job';

/** A forge that has a file for its jobs. */
export interface WorkflowForge {
  readonly id: ForgeId;
  readonly jobs: ForgeJobs & Required<Pick<ForgeJobs, 'workflow'>>;
}

/** The forges that there are files for. */
export const WORKFLOW_FORGES: readonly WorkflowForge[] = FORGES.flatMap(({ id, jobs }) =>
  jobs?.workflow === undefined ? [] : [{ id, jobs: { ...jobs, workflow: jobs.workflow } }],
);

/** The forge of the repository's remote, if there is a file for it. A missing remote never makes it throw. */
export async function workflowForge(repository: Repository): Promise<WorkflowForge | undefined> {
  try {
    const name = await defaultRemote(repository);
    const address = (await repository.text(['remote', 'get-url', '--', name])).trim();
    const { forge } = await whichForge(repository, { remote: { name, address }, mayAsk: false });
    return WORKFLOW_FORGES.find(({ id }) => id === forge);
  } catch (error) {
    if (error instanceof ReviewError || error instanceof NotesError || error instanceof GitError) return undefined;
    throw error;
  }
}

/** The file for a forge, for this repository's target branch. */
export async function workflowFor(
  repository: Repository,
  { jobs }: WorkflowForge,
  program: JobProgram,
): Promise<Workflow> {
  return jobs.workflow({
    ...program,
    branch: (await findAhead(repository.root).catch(() => undefined))?.base ?? 'main',
  });
}

/** Its path. Throws a {@link CiError} when something exists there already, or a link leads elsewhere. */
export function placeOfWorkflow({ root }: Pick<Repository, 'root'>, { path: name }: Workflow): string {
  const file = path.join(root, name);
  for (let folder = path.dirname(file); folder !== root; folder = path.dirname(folder)) {
    if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
      throw new CiError(`${quoted(path.relative(root, folder))} is no folder, so nothing was written.`);
  }
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined)
    throw new CiError(
      `${quoted(name)} already exists and was not changed. Delete it first to write it again, or use "linekeeper ci init FORGE --print", which prints a new one.`,
    );
  return file;
}

/** Writes it. Throws a {@link CiError}, or a file system error. */
export function writeWorkflow(repository: Pick<Repository, 'root'>, workflow: Workflow): string {
  const file = placeOfWorkflow(repository, workflow);
  mkdirSync(path.dirname(file), { recursive: true });
  createFile(file, workflow.text);
  return file;
}
