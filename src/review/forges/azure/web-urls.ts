/** Azure DevOps Services and Server. Its page accepts the two branches but no text. */
import { encodePath, query } from '../percent-encode';
import type { Remote } from '../parse-remote';
import type { ForgeLink } from '../forge-interface';

export const link: ForgeLink = {
  recognises: ({ host, path }) =>
    /(?:^|\.)(?:dev\.azure\.com|visualstudio\.com)$/.test(host) || /(?:^|\/)_git\//.test(path),
  takesText: false,
  reviewPage: (remote, { number }) =>
    `${project(remote)}/${number === null ? 'pullrequests?_a=active' : `pullrequest/${String(number)}`}`,
  address: (remote, { base, head }) =>
    `${project(remote)}/pullrequestcreate` +
    query([
      ['sourceRef', head],
      ['targetRef', base],
    ]),
};

/** SSH has `v3/ORG/PROJECT/REPO` on its own host; the pages are under `ORG/PROJECT/_git/REPO`. */
function project({ host, path, webUrl }: Remote): string {
  const [version, organisation, team, repository] = path.split('/');
  if (version !== 'v3' || organisation === undefined || team === undefined || repository === undefined) return webUrl;
  if (host.endsWith('visualstudio.com'))
    return `https://${organisation}.visualstudio.com/${encodePath(`${team}/_git/${repository}`)}`;
  return `https://dev.azure.com/${encodePath(`${organisation}/${team}/_git/${repository}`)}`;
}

/** Names for the API: the address of the organization or collection, the project, and the repository. */
export function placeOf(
  remote: Remote,
): { readonly collection: string; readonly project: string; readonly repository: string } | undefined {
  const page = new URL(project(remote));
  const [before = '', after] = page.pathname.split('/_git/');
  if (after === undefined) return undefined;
  const segments = before.split('/').filter((segment) => segment !== '');
  const repository = decodeURIComponent(after.split('/')[0] ?? '');
  // The page of a repository with its project's name leaves the project out; the organization is never left out.
  const organized = page.hostname === 'dev.azure.com' ? 1 : 0;
  const name = segments.length > organized ? decodeURIComponent(segments.pop() ?? '') : repository;
  return { collection: [page.origin, ...segments].join('/'), project: name, repository };
}
