/** What only a person may say at Forgejo; what it shares with Gitea are rows there. */
import type { ForgeActs } from './types';

export const FORGEJO_ACTS: ForgeActs = {
  commands: [
    { act: 'merge', program: 'fj', verb: 'pr merge' },
    { act: 'publish', program: 'fj', verb: 'release create', without: /^--draft$/ },
    { act: 'deploy', program: 'fj', verb: 'actions dispatch' },
  ],
};
