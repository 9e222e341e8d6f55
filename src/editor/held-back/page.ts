/**
 * The page that lists what agents were refused recently, what they changed in spite of the policy, and what a person
 * allowed them.
 */
import * as vscode from 'vscode';
import { breaches } from '../../journal/breaches';
import { activeExceptions } from '../../journal/exceptions';
import { refusalsIn } from '../../journal';
import { assistantName, shortened, type Translate } from '../attribution-messages';
import type { Worktree } from '../workspace/worktree';
import { granted } from './exception-status';

export const HELD_BACK_PAGE = 'Agents Held Back.md';

export function heldBackPage({ repository, now }: Worktree, t: Translate): string {
  const time = (at: number): string =>
    new Date(at).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  const who = (assistant: string, session: string | null): string =>
    [assistantName(t, assistant), ...(session === null ? [] : [t('session {0}', shortened(session))])].join(', ');
  const refused = refusalsIn(repository.gitDir, now()).map(
    ({ assistant, session, reason, at }) => `- ${time(at)}, ${who(assistant, session)}: ${oneLine(reason)}`,
  );
  const changed = breaches(repository.gitDir, now()).map(
    ({ assistant, session, tier, paths, at }) =>
      `- ${time(at)}, ${who(assistant, session)}: ${t('changed {0}, in tier {1}', paths.map(oneLine).join(', '), tier)}`,
  );
  const allowed = activeExceptions(repository.gitDir, now()).map((one) => `- ${oneLine(granted(t, one))}`);
  return [
    `# ${t('Agents held back')}`,
    t(
      'The policy keeps agents from some actions. They were told what to do instead, such as proposing a plan or asking for a review.',
    ),
    ...section(t('Refused in the last day'), refused),
    ...section(t('Changed in spite of the policy'), changed),
    ...section(t('Allowed for now'), allowed),
    `## ${t('What you can do')}`,
    [
      t('- Do it yourself, after reading what it would change.'),
      t(
        "- Let agents go on for some minutes: run “Linekeeper: Allow Agents for a While…”. The reason goes into the commits' notes.",
      ),
      t('- Change the rule: run “Linekeeper: Open Policy”.'),
    ].join('\n'),
  ].join('\n\n');
}

const section = (title: string, rows: readonly string[]): string[] =>
  rows.length === 0 ? [] : [`## ${title}`, rows.join('\n')];

/** Text from outside stays on its line. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
