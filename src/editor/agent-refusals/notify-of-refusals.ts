/**
 * Tells a person at once, and once, that an agent was refused something, or changed what the policy forbids agents.
 */
import { statSync } from 'node:fs';
import { dataPlace } from '../../base/files';
import * as vscode from 'vscode';
import { breaches, type Breach } from '../../provenance/journal/breaches';
import type { Refusal } from '../../provenance/journal';
import type { Notices } from '../hooks/notice-queue';
import type { VirtualPages } from '../virtual-pages';
import { showMarkdown } from '../show-page';
import { assistantName } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import { gravity, Untold } from './unreported-refusals';
import { HELD_BACK_PAGE } from './refusals-page';

interface HeldBackPorts {
  readonly notices: Notices;
  readonly pages: VirtualPages;
  readonly now: () => number;
  /** Shows what a session did to files; `row`: as in the view. */
  readonly openDiff: (row: unknown) => Promise<void>;
  /** Reverts it. */
  readonly revert: (row: unknown) => Promise<void>;
  readonly t: Translate;
}

export class HeldBack {
  private readonly untold: Untold;
  /** When the breaches of a work tree had last changed, at the latest look. */
  private readonly looked = new Map<string, number>();

  constructor(private readonly ports: HeldBackPorts) {
    this.untold = new Untold(ports.now());
  }

  /** Something may have been recorded in a work tree. `refusals`: its known ones. */
  look(worktree: Worktree, refusals: readonly Refusal[]): void {
    if (!vscode.workspace.isTrusted) return;
    const news = this.untold.of(worktree.root, { refusals, breaches: this.breachesOf(worktree) });
    // One notification names the gravest: a change that was not stopped, then a blocked action. The page has all of them.
    const breach = [...news.breaches].sort((a, b) => b.paths.length - a.paths.length)[0];
    const refusal = [...news.refusals].sort((a, b) => gravity(b) - gravity(a))[0];
    if (breach) void this.tellBreach(worktree, breach);
    else if (refusal) void this.tellRefused(worktree, refusal);
  }

  /** Read only when they have changed. */
  private breachesOf({ root, repository: { gitDir } }: Worktree): readonly Breach[] {
    const changed = statSync(dataPlace(gitDir, 'breaches'), { throwIfNoEntry: false })?.mtimeMs;
    if (changed === undefined || this.looked.get(root) === changed) return [];
    this.looked.set(root, changed);
    return breaches(gitDir, this.ports.now());
  }

  private async tellRefused(worktree: Worktree, first: Refusal): Promise<void> {
    const { t, notices, pages } = this.ports;
    const name = assistantName(t, first.assistant);
    const why = t('Show Why');
    const message = first.brief
      ? t('{0} wanted to run “{1}”. Blocked: it {2}.', name, first.brief.command, first.brief.does)
      : t('{0} was stopped. {1}', name, first.reason);
    if ((await notices.show(message, why)) !== why) return;
    pages.refresh(worktree.root);
    await showMarkdown(pages.uri(HELD_BACK_PAGE, worktree.root));
  }

  private async tellBreach(worktree: Worktree, { assistant, session, tier, paths }: Breach): Promise<void> {
    const { t, notices, openDiff, revert } = this.ports;
    const row = { node: { worktree, session: { assistant, session }, paths } };
    const [restore, show] = [t('Revert…'), t('Show')];
    const [first = ''] = paths;
    const named = paths.length === 1 ? first : t('{0} and {1} more', first, paths.length - 1);
    const answer = await notices.show(
      t('{0} changed {1}, in tier {2}, which agents may not change.', assistantName(t, assistant), named, tier),
      restore,
      show,
    );
    if (answer === undefined) return;
    await openDiff(row);
    if (answer !== restore) return;
    const yes = t('Revert');
    if (
      (await notices.show(
        t('Revert what {0} changed in {1}? You can undo it.', assistantName(t, assistant), named),
        yes,
        t('Keep'),
      )) === yes
    )
      await revert(row);
  }
}
