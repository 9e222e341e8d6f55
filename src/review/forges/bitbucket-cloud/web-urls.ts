/** Bitbucket Cloud. Its page accepts the two branches but no text. */
import { encodePath, query } from '../percent-encode';
import type { ForgeLink } from '../forge-interface';

export const link: ForgeLink = {
  recognises: ({ host }) => host === 'bitbucket.org',
  takesText: false,
  reviewPage: ({ webUrl }, { number, head }) =>
    number === null ? `${webUrl}/branch/${encodePath(head)}` : `${webUrl}/pull-requests/${String(number)}`,
  address: ({ webUrl }, { base, head }) =>
    `${webUrl}/pull-requests/new` +
    query([
      ['source', head],
      ['dest', base],
      ['t', '1'],
    ]),
};
