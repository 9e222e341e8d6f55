/** Squashes: `git merge --squash` puts commits together. */

/** The commits that `git merge --squash` lists in its message, oldest first. */
export function squashedCommits(message: string): string[] {
  if (!message.startsWith('Squashed commit of the following:')) return [];
  return [...message.matchAll(/^commit ([0-9a-f]{40,64})$/gm)].flatMap((match) => match[1] ?? []).reverse();
}
