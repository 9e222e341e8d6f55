/** What only a person may say at Gitea; the paths that it shares with GitHub are rows there. */
import { once } from '../../../danger/commands';
import type { ForgeActs } from './types';
import { field } from './pattern-parts';

const PULL = String.raw`\/pulls\/[^/]+`;

export const GITEA_ACTS = once((): ForgeActs => ({
  commands: [
    { act: 'approve', program: 'tea', verb: 'pr approve, pulls approve, pull approve, pr lgtm, pulls lgtm, pull lgtm' },
    { act: 'merge', program: 'tea', verb: 'pr merge, pulls merge, pull merge, pr m, pulls m' },
    { act: 'publish', program: 'tea', verb: 'release create, releases create, r create', without: /^(?:-d|--draft)$/ },
  ],
  requests: [
    { act: 'approve', method: 'post', path: new RegExp(`${PULL}/reviews/[^/]+$`), body: field('event', 'APPROVED?') },
    { act: 'merge', method: 'post', path: new RegExp(`${PULL}/merge$`) },
    { act: 'dismiss', method: 'post', path: new RegExp(`${PULL}/reviews/[^/]+/dismissals$`) },
    { act: 'push-base', method: 'post put', path: /\/repos\/[^/]+\/[^/]+\/contents(?:\/\S+)?$/, branch: 'body' },
    { act: 'publish', method: 'put post', path: /\/api\/packages\/[^/]+\/\S+$/ },
  ],
}));
