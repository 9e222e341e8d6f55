/** Commits that were made while git's hooks did not run: an agent disabled them, or a program does not run any. */
import { showCommits } from '../../provenance/commits';
import { type Repository } from '../../git';
import type { Finding } from './finding';

/** How many of the latest commits are examined. */
const LOOKED_AT = 30;

/** Those with AI lines in their note but no trace of it in their message. */
export async function examineCommits(repository: Repository): Promise<Finding[]> {
  const list = await repository.git(['rev-list', '--no-merges', `--max-count=${String(LOOKED_AT)}`, 'HEAD'], {
    codes: [0, 128],
  });
  if (list.code !== 0) return [];
  const ids = list.stdout.toString('utf8').split('\n').filter(Boolean);
  const shown = await showCommits(repository, ids);
  const without = ids.filter(
    (id) =>
      shown.get(id)?.provenance === 'note' &&
      (shown.get(id)?.assistants.length ?? 0) > 0 &&
      Object.keys(shown.get(id)?.trailers ?? {}).length === 0,
  );
  if (without.length === 0) return [];
  const named = without
    .slice(0, 5)
    .map((id) => id.slice(0, 10))
    .join(', ');
  const who = [...new Set(without.flatMap((id) => shown.get(id)?.assistants ?? []))].join(', ');
  return [
    {
      name: 'trailers',
      ok: false,
      note: true,
      says: `${String(without.length)} of the last ${String(ids.length)} commits have lines of AI (${who}) and no trailers: ${named}${without.length > 5 ? ', …' : ''}. Git's hooks did not run for them; their notes say it all the same, and "git commit --amend --no-edit" adds the trailers to the last one.`,
    },
  ];
}
