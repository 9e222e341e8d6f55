/** The page that shows a pull request's text before it is sent. Pure. */
import type { Translate } from '../translate';

/** Its name; the extension makes the editor highlight it. */
export const REQUEST_PAGE = 'Pull Request.md';

interface RequestText {
  /** Null: that of the pull request is kept. */
  readonly title: string | null;
  readonly base: string;
  readonly head: string;
  /** With what waits for each already, if known. */
  readonly reviewers: readonly string[];
  readonly labels: readonly string[];
  readonly body: string;
}

/** Title and body as they are sent, and above the line what else is sent. */
export function pageText({ title, base, head, reviewers, labels, body }: RequestText, t: Translate): string {
  const none = t('none');
  return [
    `# ${title ?? t('Title unchanged')}`,
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
