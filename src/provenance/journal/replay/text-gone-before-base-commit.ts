/** Text that was gone before the latest commit that a change is based on: nobody could put it back, only write it anew. */
import { BASELINE, IntervalSet, type CharacterStore, type Operation, type Snapshot } from '../../authorship';
import type { FileHistory } from './file-history';
import { runs } from './patches-spans-and-runs-of-versions';

export class LostText {
  /** At that commit: the operations before it, and what the work tree and the stashes had. */
  private at: { readonly order: number; readonly held: readonly Snapshot[]; places?: IntervalSet } | undefined;
  private played = -1;

  constructor(
    private readonly store: CharacterStore,
    private readonly files: () => readonly FileHistory[],
  ) {}

  /** Before the record `next` is replayed. `commits`: the records of such commits; `order`: of the latest operation. */
  upTo(next: number, commits: readonly number[], order: number): void {
    if (commits.some((at) => at >= this.played && at < next))
      this.at = { order, held: this.files().flatMap(({ held }) => held) };
    this.played = next;
  }

  /** Whether the character at a place of the store is lost. */
  has(place: number): boolean {
    const { order } = this.store.insertedBy(place);
    if (!this.at || order === BASELINE.order || order > this.at.order) return false;
    this.at.places ??= new IntervalSet(
      [
        ...this.at.held,
        ...this.files().flatMap(({ commitments }) => commitments.map(({ version }) => version)),
      ].flatMap((version) => runs(version, 'textOffset')),
    );
    return !this.at.places.has(place);
  }

  /** Whether a person's operation that leads to a version writes lost text in it. */
  isNew({ spans }: Snapshot, { by }: Operation): boolean {
    return by?.author === 'human' && spans.some(({ deletedBy, textOffset }) => !deletedBy && this.has(textOffset));
  }
}
