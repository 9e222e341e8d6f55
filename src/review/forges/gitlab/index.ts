/** GitLab, its cloud and self-managed. */
import type { Forge } from '../forge-interface';
import { textIn } from '../forge-probe-answer';
import { firstWordOf } from '../client-parts/ci-events-and-variables';
import { link } from './web-urls';
import { workflow } from './workflow';

const apiAddress = ({ origin }: { readonly origin: string }): string => `${origin}/api/v4`;

const program: Forge['program'] & object = {
  name: 'glab',
  tokenWords: (host) => ['config', 'get', 'token', '--host', host],
  signIn: 'glab auth login',
};

export const gitlab: Forge = {
  id: 'gitlab',
  name: 'GitLab',
  ...link,
  templates: ['.gitlab/merge_request_templates/Default.md', '.gitlab/merge_request_templates/default.md'],
  // The version is for those who are signed in; the refusal has a form of its own.
  tellsBy: {
    path: '/api/v4/version',
    isIt: (answer) =>
      (answer.status === 200 && textIn(answer, 'revision') !== undefined) ||
      (answer.status === 401 && textIn(answer, 'message') === '401 Unauthorized'),
  },
  apiAddress,
  program,
  jobs: {
    runner: 'GitLab CI',
    isHere: (env) =>
      env['GITLAB_CI'] !== undefined || firstWordOf(env, 'CI_PROJECT_ID', 'CI_PROJECT_PATH') !== undefined,
    keptRef: (number) => `refs/merge-requests/${String(number)}/head`,
    numbersIn: (message) =>
      message.split('\n').flatMap((line) => {
        const number = /^See merge request \S*!([1-9]\d{0,9})$/.exec(line.trim())?.[1];
        return number === undefined ? [] : [Number(number)];
      }),
    wholeClone: 'variables: { GIT_DEPTH: "0" }',
    workflow,
    imageVariable: 'LINEKEEPER_IMAGE',
    next: 'Add this line to .gitlab-ci.yml, then commit both: include: [{ local: .gitlab/linekeeper.yml }]',
    environmentFor: async (remote, env, tokenBy) => ({
      ...env,
      CI_PROJECT_PATH: remote.path,
      LINEKEEPER_GITLAB_TOKEN:
        firstWordOf(env, 'LINEKEEPER_GITLAB_TOKEN', 'GITLAB_TOKEN') ??
        (await tokenBy(program.name, program.tokenWords(remote.host))),
      CI_API_V4_URL: env['CI_API_V4_URL'] ?? apiAddress(remote),
    }),
  },
  client: async () => (await import('./forge-client')).client,
};
