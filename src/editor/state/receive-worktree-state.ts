/**
 * Receives the state of a work tree in pieces: thousands of files at once would block the receiving thread.
 */
import type { ChangeAttribution } from '../../provenance/authorship/types';
import type { Places } from '../../git';
import type { Background, Standing } from '../background';

/** Throws a GitError, a JournalError or a BackgroundError. */
export async function standingOf(background: Pick<Background, 'ask'>, places: Places): Promise<Standing> {
  const standing = await background.ask('standing', places);
  const files: ChangeAttribution['files'][number][] = [];
  const tiers = new Map(standing.tiers);
  for (;;) {
    const more = await background.ask('changed', { places, from: files.length });
    if (more.files.length === 0) return { ...standing, change: { ...standing.change, files }, tiers };
    files.push(...more.files);
    for (const [path, tier] of more.tiers) tiers.set(path, tier);
  }
}
