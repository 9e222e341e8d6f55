/** The page that shows a pull request's text before it is sent. Pure. */
import type { Translate } from '../attribution-messages';

/** What it is called; its end makes the editor colour it. */
export const REQUEST_PAGE = 'Pull Request.md';

export interface RequestText {
  /** Null: that of the pull request stays. */
  readonly title: string | null;
  readonly base: string;
  readonly head: string;
  /** With what waits for each already, where that is known. */
  readonly reviewers: readonly string[];
  readonly labels: readonly string[];
  readonly body: string;
}

/** Title and body as they are sent, and above the line what goes along with them. */
export function pageText({ title, base, head, reviewers, labels, body }: RequestText, t: Translate): string {
  const none = t('none');
  return [
    `# ${title ?? t('The title stays')}`,
    '',
    `- ${t('Branch')}: ${t('{0} into {1}', head, base)}`,
    `- ${t('Reviewers')}: ${reviewers.join(', ') || none}`,
    `- ${t('Labels')}: ${labels.join(', ') || none}`,
    '',
    '---',
    '',
    body,
  ].join('\n');
}
