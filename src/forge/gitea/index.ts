/** Gitea, and Forgejo, which was made from it. */
import type { Forge } from '../forge';
import { link } from './link';

export const gitea: Forge = {
  id: 'gitea',
  name: 'Gitea or Forgejo',
  ...link,
  templates: ['.gitea', '.github', '.', 'docs'].flatMap((folder) =>
    ['pull_request_template.md', 'PULL_REQUEST_TEMPLATE.md'].map((name) =>
      folder === '.' ? name : `${folder}/${name}`,
    ),
  ),
};
