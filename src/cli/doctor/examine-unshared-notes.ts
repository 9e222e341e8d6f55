/** Notes that were not fetched here, or are not pushed: git itself does neither. */
import type { AssistantFinding } from '../../provenance/assistants/coverage';
import { showCommits } from '../../provenance/commits';
import { outputLines, type Repository } from '../../git';
import {
  lostNotes,
  pushesNotesAlong,
  remotesLeftOut,
  remotesOf,
  whyNoNotes,
} from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { printable } from '../../policy';

/** How many of the latest commits are examined. */
const LOOKED_AT = 30;

/** Which notes are missing, and how to fix that; empty when all is well, or when there is no remote. */
export async function examineNotes(repository: Repository): Promise<AssistantFinding[]> {
  const trouble = await whyNoNotes(repository);
  if (trouble !== undefined) return [{ name: 'notes', ok: false, says: trouble }];
  const lost = (await lostNotes(repository)).map(({ says }) => ({ name: 'notes', ok: false, says: printable(says) }));
  if ((await remotesOf(repository)).length === 0) return lost;
  const carried = await pushesNotesAlong(repository);
  return [...lost, ...(await missing(repository, carried)), ...(carried ? await leftOut(repository) : [STAYS])];
}

const STAYS: AssistantFinding = {
  name: 'notes',
  ok: false,
  note: true,
  says: 'who wrote which lines stays on this machine when you push; "linekeeper install --notes" lets plain "git push" and "git fetch" carry the notes, "linekeeper notes push" brings them once',
};

async function leftOut(repository: Repository): Promise<AssistantFinding[]> {
  const remotes = await remotesLeftOut(repository);
  if (remotes.length === 0) return [];
  return [
    {
      name: 'notes',
      ok: false,
      note: true,
      says: `plain "git fetch" does not bring all notes and sign-offs of ${remotes.map(printable).join(', ')}; "linekeeper install --notes" again lets it`,
    },
  ];
}

async function missing(repository: Repository, carried: boolean): Promise<AssistantFinding[]> {
  const list = await repository.git(['rev-list', '--no-merges', `--max-count=${String(LOOKED_AT)}`, 'HEAD'], {
    codes: [0, 128],
  });
  const ids = list.code === 0 ? outputLines(list.stdout) : [];
  const shown = await showCommits(repository, ids);
  const without = ids.filter((id) => shown.get(id)?.provenance === 'trailers');
  if (without.length === 0) return [];
  const named = without
    .slice(0, 5)
    .map((id) => id.slice(0, 10))
    .join(', ');
  const mend = carried
    ? '"git fetch" brings them once their authors have pushed them'
    : '"linekeeper notes fetch" brings them once their authors have pushed them';
  return [
    {
      name: 'notes',
      ok: false,
      note: true,
      says: `${String(without.length)} of the last ${String(ids.length)} commits have AI lines by their trailers and no note here, so their lines count as unknown: ${named}${without.length > 5 ? ', …' : ''}. ${mend} ("linekeeper notes push"); for commits that were squashed or rebased on the Git host, "linekeeper notes repair" finds them.`,
    },
  ];
}
