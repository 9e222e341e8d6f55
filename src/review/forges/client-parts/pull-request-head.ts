/** The branch that a pull request wants to bring in, as GitHub, Gitea and Forgejo describe it. */
import { z } from 'zod';
import { commitIdSchema } from './read-event-file-and-variables';
import type { ForgeChange } from './forge-api-interface';

/** `repo` is null where the repository of the branch is gone. */
export const pullHeadSchema = z.object({
  sha: commitIdSchema,
  repo: z.object({ full_name: z.string(), clone_url: z.string().nullish() }).nullish(),
});

/** Whether the branch is a fork's, and where that can be fetched from. `base`: the full name of the other repository. */
export function forkOf(
  { repo }: z.infer<typeof pullHeadSchema>,
  base: string,
): Pick<ForgeChange, 'fork' | 'forkAddress'> {
  const fork = repo?.full_name !== base;
  return { fork, ...(fork && typeof repo?.clone_url === 'string' ? { forkAddress: repo.clone_url } : {}) };
}

/** An address of a repository without the user that some forges write into it: git has its own for the server. */
export function withoutUser(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.username = '';
  return url.href;
}
