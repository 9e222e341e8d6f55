/** What only a person may say at Gitea; the paths that it shares with GitHub are rows there. */
import { once } from '../../../danger/commands';
import type { ForgeActs } from './types';
import { DEPLOYS, field } from './pattern-parts';

const PULL = String.raw`\/pulls\/[^/]+`;
/** Its program's group for pull requests has three names. */
const verbs = (names: string): string =>
  names
    .split(' ')
    .map((name) => `pr ${name}, pull ${name}, pulls ${name}`)
    .join(', ');

export const GITEA_ACTS = once((): ForgeActs => ({
  commands: [
    { act: 'approve', program: 'tea', verb: verbs('approve lgtm a') },
    { act: 'merge', program: 'tea', verb: verbs('merge m') },
    { act: 'resolve', program: 'tea', verb: verbs('resolve') },
    {
      act: 'publish',
      program: 'tea',
      verb: 'release create, releases create, r create, release c, releases c, r c',
      without: /^(?:-d|--draft)$/,
    },
    { act: 'deploy', program: 'tea', verb: 'actions workflows dispatch', line: DEPLOYS },
  ],
  requests: [
    { act: 'approve', method: 'post', path: new RegExp(`${PULL}/reviews/[^/]+$`), body: field('event', 'APPROVED?') },
    { act: 'merge', method: 'post', path: new RegExp(`${PULL}/merge$`) },
    { act: 'dismiss', method: 'post', path: new RegExp(`${PULL}/reviews/[^/]+/dismissals$`) },
    // a request for changes goes with its review, and a dismissed approval counts again
    { act: 'dismiss', method: 'delete', path: new RegExp(`/api/v1/\\S*${PULL}/reviews/[^/]+$`) },
    { act: 'approve', method: 'post', path: new RegExp(`${PULL}/reviews/[^/]+/undismissals$`) },
    { act: 'resolve', method: 'post', path: /\/pulls\/comments\/[^/]+\/resolve$/ },
    // what its pages send themselves
    {
      act: 'approve',
      method: 'post',
      path: /\/pulls\/\d+\/(?:files\/)?reviews\/submit$/,
      body: field('type', 'approve'),
    },
    { act: 'push-base', method: 'post put', path: /\/repos\/[^/]+\/[^/]+\/contents(?:\/\S+)?$/, branch: 'body' },
    { act: 'push-base', method: 'post', path: /\/repos\/[^/]+\/[^/]+\/diffpatch$/, branch: 'body' },
    { act: 'push-base', method: 'put', path: /\/api\/v1\/repos\/[^/]+\/[^/]+\/branches\/([^/\s]+)$/, branch: 'path' },
    { act: 'publish', method: 'put post', path: /\/api\/packages\/[^/]+\/\S+$/ },
  ],
}));
