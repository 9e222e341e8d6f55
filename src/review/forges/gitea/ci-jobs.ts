/** How the gate runs in the jobs of Gitea, and of Forgejo, which was made from it. */
import type { ForgeJobs } from '../forge-interface';
import { firstWordOf } from '../client-parts/ci-events-and-variables';

export const apiAddress = ({ origin }: { readonly origin: string }): string => `${origin}/api/v1`;

export const jobs = {
  keptRef: (number) => `refs/pull/${String(number)}/head`,
  numbersIn(message) {
    const found = message
      .split('\n')
      .flatMap((line, index) => [
        ...(index === 0 ? [/^Merge pull request '.*' \(#([1-9]\d{0,9})\) from |\(#([1-9]\d{0,9})\)$/.exec(line)] : []),
        /^Reviewed-on: \S+\/pulls\/([1-9]\d{0,9})$/.exec(line),
      ])
      .flatMap((match) => match?.[1] ?? match?.[2] ?? []);
    return [...new Set(found.map(Number))];
  },
  wholeClone:
    'fetch-depth: 0 with actions/checkout, and, where linekeeper does not run as the Action, not persist-credentials: false',
  usesAction: true,
  next: 'Commit it, then require the status "linekeeper" in the protection of the default branch, and "linekeeper (BRANCH)" in that of every other; require approvals there too, since a review that is dismissed starts no job.',
  async environmentFor(remote, env) {
    const [name = '', owner = '', ...below] = remote.path.split('/').reverse();
    const site = [remote.origin, ...below.toReversed()].join('/');
    return Promise.resolve({
      ...env,
      GITHUB_REPOSITORY: `${owner}/${name}`,
      GITHUB_API_URL: apiAddress({ origin: site }),
      GITHUB_TOKEN: firstWordOf(env, 'GITEA_TOKEN', 'FORGEJO_TOKEN'),
    });
  },
} satisfies Omit<ForgeJobs, 'runner' | 'isHere' | 'workflow'>;
