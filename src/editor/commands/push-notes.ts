/**
 * Pushes the attribution notes along with a branch, through the editor's own git, which has the person's credentials.
 */
import * as vscode from 'vscode';
import { NOTES_REF } from '../../provenance/commits';
import type { Transport } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';

/** The part of the editor's git API that is used (`vscode.git`, version 1). */
export interface GitTransport {
  readonly fetch: (remote: string, ref: string) => Promise<void>;
  readonly push: (remote: string, ref: string, setUpstream: boolean) => Promise<void>;
}

/** The branch has been pushed already: a failure for its notes is reported, and stops nothing. */
export async function pushNotesToo(
  { repository }: Pick<Worktree, 'repository'>,
  remote: string,
  git: GitTransport,
  t: Translate,
): Promise<void> {
  try {
    const { areNotesOn, pushNotes } = await import('../../provenance/commits/exports-for-notes-sync-and-upkeep');
    // The pre-push hook may have pushed them already. Its error messages are invisible in the editor.
    if (await areNotesOn(repository, remote)) return;
    await pushNotes(repository, remote, through(git));
  } catch (error) {
    const again = t('Try Again');
    const said = t('The branch was pushed, but not its notes: {0}', sentence(reasonOf(error)));
    void vscode.window.showWarningMessage(said, again).then(async (answer) => {
      if (answer === again) await pushNotesToo({ repository }, remote, git, t);
    });
  }
}

/** Turns an error of the editor's git into git's own answer. */
export function through(git: GitTransport): Transport {
  const finish = async (work: () => Promise<void>): Promise<{ code: number; stdout: string; stderr: string }> => {
    try {
      await work();
      return { code: 0, stdout: '', stderr: '' };
    } catch (error) {
      const stderr = reasonOf(error);
      // It distinguishes rejected from unreachable only by words.
      return { code: 1, stdout: /rejected|non-fast-forward|fetch first/i.test(stderr) ? `!\t${stderr}` : '', stderr };
    }
  };
  return {
    fetch: (remote, refspec) => finish(() => git.fetch(remote, refspec)),
    // The local notes include the remote's, so git rejects the push only if somebody else was faster.
    push: (remote, commit) => finish(() => git.push(remote, `${commit}:${NOTES_REF}`, false)),
  };
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Git's message, if the extension passes it on. */
export function reasonOf(error: unknown): string {
  if (
    typeof error === 'object' &&
    error !== null &&
    'stderr' in error &&
    typeof error.stderr === 'string' &&
    error.stderr !== ''
  )
    return error.stderr.trim();
  return error instanceof Error ? error.message : String(error);
}
