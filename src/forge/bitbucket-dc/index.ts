/** Bitbucket Data Center (formerly Server, formerly Stash). */
import type { Forge } from '../forge';
import { textIn } from '../server-answer';
import { link } from './link';

export const bitbucketDc: Forge = {
  id: 'bitbucket-dc',
  name: 'Bitbucket Data Center',
  ...link,
  tellsBy: {
    path: '/rest/api/latest/application-properties',
    isIt: (answer) => answer.status === 200 && textIn(answer, 'displayName') === 'Bitbucket',
  },
};
