/** Azure DevOps Services and Server. */
import type { Forge } from '../forge';
import { link } from './link';

export const azure: Forge = {
  id: 'azure',
  name: 'Azure DevOps',
  ...link,
  templates: [
    '.azuredevops/pull_request_template.md',
    '.vsts/pull_request_template.md',
    'docs/pull_request_template.md',
    'pull_request_template.md',
  ],
};
