/**
 * The notes of a branch that somebody checked out to review: asked once for each repository whether to fetch them, and
 * then they are fetched whenever some are missing.
 */
import * as vscode from 'vscode';
import type { Translate } from '../translate';
import type { Notices } from '../hooks/notice-queue';
import type { Surveys } from '../state/survey-worktrees';
import type { Worktree } from '../workspace/worktree';

const KEY = 'notes.fetch';

interface OfferNotesPorts {
  readonly memory: vscode.Memento;
  readonly notices: Notices;
  readonly surveys: Pick<Surveys, 'of'>;
  /** Fetches them; says nothing but what went wrong. */
  readonly fetch: (worktree: Worktree) => Promise<void>;
  readonly t: Translate;
}

export class OfferNotes {
  /** The head for which it was tried already, by work tree. */
  private readonly tried = new Map<string, string>();

  constructor(private readonly ports: OfferNotesPorts) {}

  /** There is a new survey of a work tree. */
  async look(worktree: Worktree): Promise<void> {
    const { memory, notices, surveys, fetch, t } = this.ports;
    const survey = surveys.of(worktree);
    const missing = survey?.branch?.withoutNotes ?? 0;
    if (!survey?.head || missing === 0 || this.tried.get(worktree.root) === survey.head) return;
    if (!vscode.workspace.isTrusted || !vscode.window.state.focused || notices.isOpen) return;
    const { commonDir } = worktree.repository;
    const answers = memory.get<Readonly<Record<string, boolean>>>(KEY, {});
    if (answers[commonDir] === false) return;
    this.tried.set(worktree.root, survey.head);
    if (answers[commonDir] === true) return fetch(worktree);
    const [yes, no] = [t('Fetch'), t('Never in This Repository')];
    const answer = await notices.show(
      missing === 1
        ? t('1 commit has AI lines, but its AI note is not here. Fetch notes?')
        : t('{0} commits have AI lines, but their AI notes are not here. Fetch notes?', missing),
      yes,
      t('Not Now'),
      no,
    );
    if (answer === yes || answer === no) await memory.update(KEY, { ...answers, [commonDir]: answer === yes });
    if (answer === yes) await fetch(worktree);
  }
}
