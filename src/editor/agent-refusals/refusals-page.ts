/**
 * The page that lists what agents were refused recently, what they changed in spite of the policy, and what a person
 * allowed them.
 */
import * as vscode from 'vscode';
import { breaches } from '../../provenance/journal/breaches';
import { activeExceptions } from '../../provenance/journal/exceptions';
import { refusalsIn } from '../../provenance/journal';
import { assistantName, plain, shortSessionId } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import { granted } from './exception-status';

export const HELD_BACK_PAGE = 'What Agents May Not Do.md';

export function heldBackPage({ repository, now }: Worktree, t: Translate): string {
  const time = (at: number): string =>
    new Date(at).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  const who = (assistant: string, session: string | null): string =>
    [assistantName(t, assistant), ...(session === null ? [] : [t('session {0}', shortSessionId(session))])].join(', ');
  const byAndAt = (assistant: string, session: string | null, at: number): string =>
    `*${plain(who(assistant, session))}, ${time(at)}*`;
  const refused = refusalsIn(repository.gitDir, now()).map(
    ({ assistant, session, reason, brief, at }) =>
      `- ${brief ? `**${plain(brief.command)}**: ${plain(t('it {0}', brief.does))}. ` : ''}${plain(reason)}  \n  ${byAndAt(assistant, session, at)}`,
  );
  const changed = breaches(repository.gitDir, now()).map(
    ({ assistant, session, tier, paths, at }) =>
      `- **${plain(paths.join(', '))}**, ${plain(t('in tier {0}', tier))}  \n  ${byAndAt(assistant, session, at)}`,
  );
  const allowed = activeExceptions(repository.gitDir, now()).map((one) => `- ${plain(granted(t, one))}`);
  return [
    `# ${t('Restrictions on agents')}`,
    t(
      'The policy refuses some actions of agents. Linekeeper told the agent what to do instead, such as showing you a plan.',
    ),
    ...section(t('Refused in the last day'), refused),
    ...section(t('Changed against the policy'), changed),
    ...section(t('Lifted for some minutes'), allowed),
    `## ${t('Your options')}`,
    [
      t('- Do it yourself, after reading what it would change.'),
      t(
        "- Allow it for some minutes: run “Linekeeper: Suspend Agent Restrictions…”. Your reason goes into the commits' notes.",
      ),
      t('- Change the rule: run “Linekeeper: Open Policy”.'),
    ].join('\n'),
  ].join('\n\n');
}

const section = (title: string, rows: readonly string[]): string[] =>
  rows.length === 0 ? [] : [`## ${title}`, rows.join('\n')];
