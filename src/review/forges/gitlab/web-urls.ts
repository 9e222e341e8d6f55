/**
 * GitLab, its cloud and self-managed. The page accepts reviewers and labels only by number, but the description accepts
 * quick actions (https://docs.gitlab.com/user/project/quick_actions), which use names.
 */
import { encodePath, query } from '../percent-encode';
import type { ForgeLink, PullRequest } from '../forge-interface';

export const link: ForgeLink = {
  recognises: ({ host }) => host.includes('gitlab'),
  takesText: true,
  lineAddress:
    ({ webUrl }, commit) =>
    (path, line) =>
      `${webUrl}/-/blob/${commit}/${encodePath(path)}#L${String(line)}`,
  reviewPage: ({ webUrl }, { number, head }) =>
    `${webUrl}/-/merge_requests${
      number === null
        ? query([
            ['state', 'opened'],
            ['source_branch', head],
          ])
        : `/${String(number)}`
    }`,
  address: ({ webUrl }, request) =>
    `${webUrl}/-/merge_requests/new` +
    query([
      ['merge_request[source_branch]', request.head],
      ['merge_request[target_branch]', request.base],
      ['merge_request[title]', request.title],
      ['merge_request[description]', withActions(request)],
    ]),
};

function withActions({ body, labels, reviewers }: PullRequest): string {
  const people = reviewers.filter((name) => /^\w[\w.-]*$/.test(name)).map((name) => `@${name}`);
  const names = labels.filter((label) => !/["\r\n]/.test(label)).map((label) => `~"${label}"`);
  const actions = [
    ...(names.length > 0 ? [`/label ${names.join(' ')}`] : []),
    ...(people.length > 0 ? [`/assign_reviewer ${people.join(' ')}`] : []),
  ].join('\n');
  return [body, actions].filter((part) => part !== '').join('\n\n');
}
