/**
 * Bitbucket Data Center (formerly Server, formerly Stash). Its page, at the address that the server prints on a push,
 * accepts the two branches but no text.
 */
import { encode, encodePath } from '../percent-encode';
import type { Remote } from '../parse-remote';
import type { ForgeLink } from '../forge-interface';

export const link: ForgeLink = {
  recognises: ({ host, path }) =>
    (host !== 'bitbucket.org' && /bitbucket|stash/.test(host)) || /(?:^|\/)scm\/[^/]+\/[^/]+$/.test(path),
  takesText: false,
  reviewPage: (remote, { number }) =>
    `${project(remote)}/pull-requests${number === null ? '?state=OPEN' : `/${String(number)}/overview`}`,
  address: (remote, { base, head }) =>
    `${project(remote)}/pull-requests?create&sourceBranch=${encode(`refs/heads/${head}`)}&targetBranch=${encode(`refs/heads/${base}`)}`,
};

/**
 * `scm/KEY/repo`, possibly under a context path, is at `projects/KEY/repos/repo`; a person's `~jo/repo` at
 * `users/jo/repos/repo`.
 */
function project(remote: Remote): string {
  const { address, repository } = repositoryOf(remote);
  const [owner = '', name = ''] = repository.split('/');
  const place = owner.startsWith('~') ? ['users', owner.slice(1)] : ['projects', owner];
  return `${address}/${encodePath([...place, 'repos', name].join('/'))}`;
}

/** The address of its pages, and the repository there: `KEY/name`, or `~person/name`. */
export function repositoryOf({ origin, path }: Pick<Remote, 'origin' | 'path'>): {
  readonly address: string;
  readonly repository: string;
} {
  const segments = path.split('/');
  const name = segments.pop() ?? '';
  const owner = segments.pop() ?? '';
  const context = segments.filter((segment, index) => !(segment === 'scm' && index === segments.length - 1));
  return { address: [origin, ...context.map(encodePath)].join('/'), repository: `${owner}/${name}` };
}
