/** What is known: what changed, who wrote it, what it will be asked. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Filler } from '../transcripts/backfill-in-background';
import { mayReadTranscripts, tellOfTranscripts } from '../transcripts/transcript-consent';
import { Pictures } from '../state/changed-files';
import { CommittedAuthors } from '../state/committed-authors';
import { Sights } from '../state/visible-document-hunks';
import { Surveys } from '../state/survey-worktrees';
import { translate as t } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Recording } from './wire-recording';
import type { Workplace } from './window-context';

export function knowledgeOf(
  context: vscode.ExtensionContext,
  workplace: Workplace,
  { recorder }: Pick<Recording, 'recorder'>,
) {
  const { now, home, log, places, worktrees, ofDocuments, ofWorktrees } = workplace;

  const filler = new Filler({
    background: ofWorktrees,
    program: join(context.extensionPath, 'dist', 'fill.js'),
    home,
    now,
    isAllowed: mayReadTranscripts,
    found: () => void tellOfTranscripts(context.globalState, t),
    log,
  });
  const fill = (): void => {
    if (vscode.workspace.isTrusted && vscode.window.state.focused)
      for (const { root } of worktrees.all()) filler.request(root);
  };
  const surveys = new Surveys({ background: ofWorktrees, now, log });
  const formerPath = (worktree: Worktree, path: string): string | undefined =>
    surveys.of(worktree)?.change.files.find((file) => file.path === path)?.from ?? undefined;
  const sights = new Sights({ recorder, places, worktrees, background: ofDocuments, formerPath, now, log });
  const pictures = new Pictures(surveys, sights);
  const committed = new CommittedAuthors({ background: ofDocuments, formerPath });
  return { filler, fill, surveys, formerPath, sights, pictures, committed };
}

export type Knowledge = ReturnType<typeof knowledgeOf>;
