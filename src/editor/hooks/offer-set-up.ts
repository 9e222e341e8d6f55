/**
 * The offer to set up, when there is a reason: the first lines that an assistant wrote in a repository without our
 * hooks. Once for each repository, never to people without AI, and never again for somebody who said so.
 */
import * as vscode from 'vscode';
import { assistantName, lineCount } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import type { Pictures } from '../state/changed-files';
import type { Worktree } from '../workspace/worktree';
import type { SetUpAnnouncer } from './announce-set-up-state';
import type { Notices } from './notice-queue';

const REPOSITORIES_KEY = 'firstRun.repositories';
const OFFER_SETTING = 'setUp.offer';
const REPOSITORIES_AT_MOST = 500;

const isWanted = (): boolean => vscode.workspace.getConfiguration('linekeeper').get<boolean>(OFFER_SETTING, true);

interface FirstRunPorts {
  readonly memory: vscode.Memento;
  readonly notices: Notices;
  readonly pictures: Pictures;
  readonly hooks: Pick<SetUpAnnouncer, 'writesTrailers'>;
  readonly t: Translate;
  readonly log: vscode.LogOutputChannel;
}

export class FirstRun {
  constructor(private readonly ports: FirstRunPorts) {}

  /** Something changed in a work tree, or in its set-up. */
  look(worktree: Worktree): void {
    const { memory, notices, pictures, hooks } = this.ports;
    if (!vscode.workspace.isTrusted || !vscode.window.state.focused || notices.isOpen) return;
    if (hooks.writesTrailers(worktree) !== false || !isWanted()) return;
    const survey = pictures.survey(worktree);
    if (!survey || survey.heard.atWork.length > 0) return; // it may write more
    const known = memory.get<readonly string[]>(REPOSITORIES_KEY, []);
    const { commonDir } = worktree.repository;
    if (known.includes(commonDir)) return;
    const written = this.writtenIn(worktree);
    if (written.lines === 0) return;
    this.offer(written, [...known, commonDir].slice(-REPOSITORIES_AT_MOST)).catch((error: unknown) =>
      this.ports.log.warn(`The offer to set up could not be shown: ${String(error)}`),
    );
  }

  private writtenIn(worktree: Worktree): { readonly lines: number; readonly by: string } {
    const { pictures, t } = this.ports;
    const runs = pictures
      .of(worktree)
      .flatMap(({ counts, lines }) =>
        counts.ai.added === 0 ? [] : lines.added.filter(({ author }) => author === 'ai'),
      );
    const names = new Set(runs.map(({ assistant }) => assistant));
    const [only = null] = names;
    return {
      lines: runs.reduce((sum, { start, end }) => sum + end - start + 1, 0),
      by: names.size === 1 ? assistantName(t, only) : t('AI'),
    };
  }

  private async offer({ lines, by }: ReturnType<FirstRun['writtenIn']>, known: readonly string[]): Promise<void> {
    const { memory, notices, t } = this.ports;
    await memory.update(REPOSITORIES_KEY, known);
    const [setUp, never] = [t('Set Up…'), t('Never Ask')];
    const answer = await notices.show(
      t('{0} wrote {1} here. Name the assistant in your commits?', by, lineCount(t, lines)),
      setUp,
      t('Not Now'),
      never,
    );
    if (answer === setUp) await vscode.commands.executeCommand('linekeeper.setUp');
    if (answer === never)
      await vscode.workspace
        .getConfiguration('linekeeper')
        .update(OFFER_SETTING, false, vscode.ConfigurationTarget.Global);
  }
}
