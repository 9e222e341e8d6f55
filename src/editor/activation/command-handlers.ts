/** What each command does. */
import * as vscode from 'vscode';
import { translate as t } from '../translate';
import { CHANGES_VIEW } from '../changes/changes-tree';
import { acknowledge, takeBackAcknowledgement } from '../commands/acknowledge';
import { declareAuthor } from '../commands/declare-author';
import { declareUnknown } from '../commands/declare-unknown-lines';
import { explainRule } from '../commands/explain-rule';
import { installCommandLine } from '../commands/install-command-line';
import { investigateIncident } from '../commands/record-incident';
import { openPolicy } from '../commands/open-policy';
import { openReport } from '../commands/open-report';
import { openSessionDiff } from '../commands/open-session-diff';
import { previewSetUp } from '../commands/preview-set-up';
import { previewTrailers } from '../commands/preview-trailers';
import { revertSession } from '../commands/revert-session';
import { setUp } from '../commands/set-up';
import { undoSetUp } from '../commands/undo-set-up';
import { showCoverage } from '../commands/show-assistant-coverage';
import { showProvenance } from '../commands/show-provenance';
import { whatWillCiSay } from '../commands/preview-ci-result';
import { switchRuleOff } from '../commands/switch-rule-off';
import { toggleAttribution } from '../commands/toggle-attribution';
import { allowForAWhile, endAllowance } from '../agent-refusals/suspend-agent-restrictions';
import { rememberHooks } from '../hooks/repair-hooks';
import { registerRuntime } from '../hooks/runtime-for-hooks';
import { installGitHooks } from '../../provenance/commits';
import { fetchNotesOnAuthors } from '../review/fetch-notes';
import { requestChanges } from '../review/request-changes';
import { approveRun } from '../review/approve-run';
import { approveOnForge } from '../review/approve-on-forge';
import { goToNextUnread, markReadAndGoOn, openReviewedFile, showReview } from '../review/go-to-unread';
import { signReview } from '../review/sign-review';
import { askTeams } from '../request-review/resolve-team-members';
import { requestSeniorReview } from '../request-review/request-senior-review';
import { traceLine } from '../commands/trace-line';
import type { Known, Surfaces } from './wire-views';

export function handlersOf(
  context: vscode.ExtensionContext,
  { workplace, recording, knowledge }: Known,
  surfaces: Surfaces,
) {
  const { now, home, runtime, places, worktrees } = workplace;
  const { recorder } = recording;
  const { surveys, sights, pictures } = knowledge;
  const { acknowledgements, pages, announcer, sessions, ruleAt, problems, allowing, reviewing, settingUp } = surfaces;

  return {
    'linekeeper.requestSeniorReview': requestSeniorReview({
      worktrees,
      surveys,
      pages,
      installHooks: async ({ repository }) => {
        registerRuntime(home, runtime);
        await installGitHooks(repository, runtime);
        await rememberHooks(context.globalState, runtime);
        await announcer.announce();
      },
      t,
    }),
    'linekeeper.askTeams': askTeams({ worktrees, now, changed: (worktree) => surveys.request(worktree), t }),
    'linekeeper.previewTrailers': previewTrailers(worktrees, pages, (worktree) => surveys.fresh(worktree), t),
    'linekeeper.showProvenance': showProvenance({
      sights,
      pictures,
      ruleUri: ({ worktree, tier }) => ruleAt(worktree, tier?.line ?? null),
      pages,
      t,
      now,
    }),
    'linekeeper.showChanges': () => vscode.commands.executeCommand(`${CHANGES_VIEW}.focus`),
    'linekeeper.openSessionDiff': openSessionDiff(sessions),
    'linekeeper.revertSession': revertSession(sessions),
    'linekeeper.toggleAttribution': toggleAttribution,
    'linekeeper.acknowledge': acknowledge({ problems, acknowledgements, places, worktrees, t }),
    'linekeeper.switchRuleOff': switchRuleOff({ places, worktrees, t }),
    'linekeeper.declareAuthor': declareAuthor({ places, worktrees, recorder, t }),
    'linekeeper.declareUnknown': declareUnknown({ worktrees, survey: (worktree) => surveys.fresh(worktree), t }),
    'linekeeper.setUp': setUp(settingUp),
    'linekeeper.previewSetUp': previewSetUp(worktrees, pages, t),
    'linekeeper.undoSetUp': undoSetUp(settingUp),
    'linekeeper.installCommandLine': installCommandLine(settingUp),
    'linekeeper.showCoverage': showCoverage(worktrees, pages, t),
    'linekeeper.openPolicy': openPolicy(worktrees, pages, t),
    'linekeeper.openReport': openReport({ worktrees, runtime, t }),
    'linekeeper.explainRule': explainRule(context.extensionUri, t),
    'linekeeper.takeBackAcknowledgement': takeBackAcknowledgement({ problems, acknowledgements, places, worktrees, t }),
    'linekeeper.allowForAWhile': allowForAWhile(allowing),
    'linekeeper.endAllowance': endAllowance(allowing),
    'linekeeper.approveRun': approveRun({ worktrees, now, t }),
    'linekeeper.traceLine': traceLine({ worktrees, places, pages, t }),
    'linekeeper.whatWillCiSay': whatWillCiSay({ worktrees, surveys, pages, runtime, t }),
    'linekeeper.requestChanges': requestChanges(reviewing),
    'linekeeper.showReview': showReview(reviewing),
    'linekeeper.nextUnread': goToNextUnread(reviewing),
    'linekeeper.readAndNext': markReadAndGoOn(reviewing),
    'linekeeper.openReviewedFile': openReviewedFile(reviewing),
    'linekeeper.approveOnForge': approveOnForge(reviewing),
    'linekeeper.signReview': signReview(reviewing),
    'linekeeper.fetchNotes': fetchNotesOnAuthors(reviewing),
    'linekeeper.investigateIncident': investigateIncident({ worktrees, pages, t, now }),
  };
}
