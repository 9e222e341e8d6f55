/** GitHub's cloud and GitHub Enterprise. */
import type { Forge } from '../forge-interface';
import { firstWordOf, wordOf } from '../client-parts/ci-events-and-variables';
import { link } from './web-urls';
import { workflow } from './workflow';

/**
 * For example `https://api.github.com`; GitHub Enterprise Cloud with data residency has its own (`api.acme.ghe.com`),
 * and a self-hosted server has it under `/api/v3`.
 */
function apiAddress({ host, origin }: { readonly host: string; readonly origin: string }): string {
  if (host === 'github.com') return 'https://api.github.com';
  return host.endsWith('.ghe.com') ? `https://api.${host}` : `${origin}/api/v3`;
}

const program: Forge['program'] & object = {
  name: 'gh',
  tokenWords: (host) => ['auth', 'token', '--hostname', host],
  signIn: 'gh auth login',
};

export const github: Forge = {
  id: 'github',
  name: 'GitHub',
  ...link,
  templates: ['.github', '.', 'docs'].flatMap((folder) =>
    ['pull_request_template.md', 'PULL_REQUEST_TEMPLATE.md'].map((name) =>
      folder === '.' ? name : `${folder}/${name}`,
    ),
  ),
  tellsBy: { path: '/api/v3/meta', isIt: ({ headers }) => headers.has('x-github-enterprise-version') },
  apiAddress,
  program,
  jobs: {
    runner: 'GitHub Actions',
    // Gitea and Forgejo set the same variables, and these.
    isHere: (env) =>
      firstWordOf(env, 'GITEA_ACTIONS', 'FORGEJO_ACTIONS') === undefined &&
      (env['GITHUB_EVENT_NAME'] !== undefined || wordOf(env, 'GITHUB_REPOSITORY') !== undefined),
    keptRef: (number) => `refs/pull/${String(number)}/head`,
    numbersIn(message) {
      const match = /^Merge pull request #([1-9]\d{0,9})\b|\(#([1-9]\d{0,9})\)$/.exec(
        (message.split('\n')[0] ?? '').trim(),
      );
      return match === null ? [] : [Number(match[1] ?? match[2])];
    },
    wholeClone:
      'fetch-depth: 0 with actions/checkout, and, where linekeeper does not run as the Action, not persist-credentials: false',
    marks: true,
    workflow,
    usesAction: true,
    next: 'Commit it, then require the status "linekeeper" in the protection of the default branch, and "linekeeper (BRANCH)" in that of every other.',
    environmentFor: async (remote, env, tokenBy) => ({
      ...env,
      GITHUB_REPOSITORY: remote.path,
      GITHUB_TOKEN:
        firstWordOf(env, 'GITHUB_TOKEN', 'GH_TOKEN') ?? (await tokenBy(program.name, program.tokenWords(remote.host))),
      GITHUB_API_URL: env['GITHUB_API_URL'] ?? apiAddress(remote),
    }),
  },
  client: async () => (await import('./forge-client')).client,
};
