/**
 * Pushes the notes on who wrote what beside a branch, through the editor's own git, which knows the person's
 * credentials.
 */
import * as vscode from 'vscode';
import { NOTES_REF } from '../../git';
import type { Transport } from '../../git/sync';
import type { Translate } from '../attribution-messages';
import type { Worktree } from '../workspace/worktree';

/** What is used of the editor's git (`vscode.git`, version 1). */
export interface GitTransport {
  readonly fetch: (remote: string, ref: string) => Promise<void>;
  readonly push: (remote: string, ref: string, setUpstream: boolean) => Promise<void>;
}

/** The branch is there already: that its notes are not is said, and stops nothing. */
export async function pushNotesToo(
  { repository }: Worktree,
  remote: string,
  git: GitTransport,
  t: Translate,
): Promise<void> {
  try {
    const { areNotesOn, pushNotes } = await import('../../git/sync');
    // The pre-push hook may have taken them along. What it says of a failure nobody sees in the editor.
    if (await areNotesOn(repository, remote)) return;
    await pushNotes(repository, remote, through(git));
  } catch (error) {
    void vscode.window.showWarningMessage(
      t(
        'The branch was pushed, but not its notes: {0} Run “linekeeper notes push” to try again.',
        sentence(reasonOf(error)),
      ),
    );
  }
}

/** What the editor's git throws becomes git's own answer. */
export function through(git: GitTransport): Transport {
  const asked = async (work: () => Promise<void>): Promise<{ code: number; stdout: string; stderr: string }> => {
    try {
      await work();
      return { code: 0, stdout: '', stderr: '' };
    } catch (error) {
      const stderr = reasonOf(error);
      // It tells refused from unreachable by words only.
      return { code: 1, stdout: /rejected|non-fast-forward|fetch first/i.test(stderr) ? `!\t${stderr}` : '', stderr };
    }
  };
  return {
    fetch: (remote, refspec) => asked(() => git.fetch(remote, refspec)),
    // What is here has all that is there, so git refuses only where somebody else was quicker.
    push: (remote, commit) => asked(() => git.push(remote, `${commit}:${NOTES_REF}`, false)),
  };
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What git said, where the extension passes that on. */
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
