/** What only a person may say at Forgejo; what it shares with Gitea are rows there. */
import { once } from '../../../danger/commands';
import type { ForgeActs } from './types';

export const FORGEJO_ACTS = once((): ForgeActs => ({
  commands: [
    { act: 'merge', program: 'fj', verb: 'pr merge' },
    { act: 'publish', program: 'fj', verb: 'release create', without: /^--draft$/ },
    { act: 'deploy', program: 'fj', verb: 'actions dispatch' },
  ],
}));
