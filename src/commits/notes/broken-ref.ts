/** Refs that git itself can neither read nor write, and passes over in silence. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../../git';

/**
 * Why a ref that git does not resolve is not simply absent; undefined when it is. Looks at the loose file: git writes no
 * broken ref into its packed ones.
 */
export function whyBroken({ commonDir }: Pick<Repository, 'commonDir'>, ref: string): string | undefined {
  const way = [ref];
  for (;;) {
    const [name = ref] = way.slice(-1);
    let text: string;
    try {
      text = readFileSync(path.join(commonDir, name), 'utf8').trim();
    } catch {
      return undefined; // absent, or a symbolic ref to one that is not there yet
    }
    const target = /^ref:\s*(refs\/\S+)$/.exec(text)?.[1];
    if (target === undefined)
      return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
        ? `${ref} is at ${text.slice(0, 12)}, which is not in this repository, so nothing can be read there. A fetch from where it came from brings it; "git update-ref -d ${ref}" takes the ref away.`
        : `${name} is damaged (its file holds no commit), so nothing can be read or written there. Remove ${path.join(commonDir, name)}; "linekeeper notes fetch" brings what a remote has.`;
    if (target.split('/').includes('..')) return undefined;
    if (way.includes(target))
      return `${ref} is a symbolic ref that leads back to itself (${[...way, target].join(' → ')}), so nothing can be read or written there. "git symbolic-ref --delete ${ref}" takes it away.`;
    way.push(target);
  }
}
