/** What only a person may say at a forge: each forge's rows, in one table. Its rows are in its own folder. */
import { ANY_FORGE_ACTS } from './any-forge-tools-and-clicks';
import { AZURE_ACTS } from './azure';
import { BITBUCKET_CLOUD_ACTS } from './bitbucket-cloud';
import { BITBUCKET_DC_ACTS } from './bitbucket-dc';
import { FORGEJO_ACTS } from './forgejo';
import { GERRIT_ACTS } from './gerrit';
import { GITEA_ACTS } from './gitea';
import { GITHUB_ACTS } from './github';
import { GITLAB_ACTS } from './gitlab';
import type { ForgeActs } from './types';

export const FORGE_ACTS: readonly (() => ForgeActs)[] = [
  GITHUB_ACTS,
  GITLAB_ACTS,
  AZURE_ACTS,
  BITBUCKET_CLOUD_ACTS,
  BITBUCKET_DC_ACTS,
  GITEA_ACTS,
  FORGEJO_ACTS,
  GERRIT_ACTS,
  ANY_FORGE_ACTS,
];

export { OUR_STATUS } from './pattern-parts';
