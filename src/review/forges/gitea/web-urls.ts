/**
 * Gitea and Forgejo (Codeberg). Newer versions accept a title and a body like GitHub; older ones ignore them.
 */
import { encodePath, query } from '../percent-encode';
import type { ForgeLink } from '../forge-interface';

export const link: ForgeLink = {
  recognises: ({ host }) => host.includes('gitea'),
  takesText: true,
  reviewPage: ({ webUrl }, { number }) => `${webUrl}/pulls${number === null ? '?state=open' : `/${String(number)}`}`,
  address: ({ webUrl }, { base, head, title, body }) =>
    `${webUrl}/compare/${encodePath(base)}...${encodePath(head)}` +
    query([
      ['quick_pull', '1'],
      ['title', title],
      ['body', body],
    ]),
};
