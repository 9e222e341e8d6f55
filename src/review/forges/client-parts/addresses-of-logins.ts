/** Which accounts the addresses of commits belong to, as forges say it commit by commit. */

/** A commit's author and committer, with the accounts that the forge links to them. */
interface LinkedCommit {
  readonly commit: {
    readonly author?: { readonly email?: string | undefined } | null | undefined;
    readonly committer?: { readonly email?: string | undefined } | null | undefined;
  };
  readonly author?: { readonly login?: string | undefined } | null | undefined;
  readonly committer?: { readonly login?: string | undefined } | null | undefined;
}

/** Addresses by login. `leftOut`: an account of the forge itself, which commits for anybody. */
export function addressesOf(commits: readonly LinkedCommit[], leftOut?: string): Record<string, string[]> {
  const known = new Map<string, Set<string>>();
  for (const { commit, author, committer } of commits)
    for (const [email = '', login = ''] of [
      [commit.author?.email, author?.login],
      [commit.committer?.email, committer?.login],
    ])
      if (email !== '' && login !== '' && login !== leftOut)
        known.set(login, (known.get(login) ?? new Set()).add(email));
  return Object.fromEntries([...known].map(([login, emails]) => [login, [...emails]]));
}
