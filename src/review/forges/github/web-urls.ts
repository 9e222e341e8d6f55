/**
 * GitHub and GitHub Enterprise.
 * https://docs.github.com/pull-requests/reference/using-query-parameters-to-create-a-pull-request
 */
import { encodePath, query } from '../percent-encode';
import type { ForgeLink } from '../forge-interface';

export const link: ForgeLink = {
  recognises: ({ host }) => host.includes('github') || host.endsWith('.ghe.com'),
  takesText: true,
  lineAddress:
    ({ webUrl }, commit) =>
    (path, line) =>
      `${webUrl}/blob/${commit}/${encodePath(path)}#L${String(line)}`,
  reviewPage: ({ webUrl }, { number, head }) =>
    number === null
      ? `${webUrl}/pulls${query([['q', `is:pr is:open head:${head}`]])}`
      : `${webUrl}/pull/${String(number)}`,
  address: ({ webUrl }, { base, head, title, body, labels }) =>
    `${webUrl}/compare/${encodePath(base)}...${encodePath(head)}` +
    query([
      ['quick_pull', '1'],
      ['title', title],
      ['body', body],
      ['labels', labels.join(',')],
    ]),
};
