/** Bitbucket Cloud. Its page accepts the two branches but no text. */
import { encodePath, query } from '../percent-encode';
import type { Forge } from './forge';

export const bitbucketCloud: Forge = {
  id: 'bitbucket-cloud',
  name: 'Bitbucket Cloud',
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
