/** Draws faults by a seed over all rooms: a room with four times the lines has twice the faults, each room has one. */
import { KINDS, type Fault } from './faults';
import type { Proposal } from './propose';
import { randomOf, shuffled } from './random';

/** A folder of `src` with all its files, and what proposes the faults of one of them. */
export interface Room {
  readonly name: string;
  readonly lines: number;
  readonly proposals: () => readonly Proposal[];
  /** Whether the file can still be read with it. */
  readonly works: (proposal: Proposal) => boolean;
}

/** How many faults each room gets, `count` in all and at least one each. */
export function sharesOf(rooms: readonly Pick<Room, 'name' | 'lines'>[], count: number): Map<string, number> {
  const weight = rooms.reduce((sum, { lines }) => sum + Math.sqrt(lines), 0);
  const shares = rooms.map(({ name, lines }) => {
    const exact = (count * Math.sqrt(lines)) / weight;
    return { name, exact, share: Math.max(1, Math.floor(exact)) };
  });
  const sum = (): number => shares.reduce((total, { share }) => total + share, 0);
  const missing = (room: (typeof shares)[number]): number => room.exact - room.share;
  while (sum() !== count) {
    const more = sum() < count;
    const next = shares
      .filter(({ share }) => more || share > 1)
      .reduce((a, b) => ((more ? missing(b) > missing(a) : missing(b) < missing(a)) ? b : a));
    next.share += more ? 1 : -1;
  }
  return new Map(shares.map(({ name, share }) => [name, share]));
}

const isSame = (a: Proposal, b: Proposal): boolean =>
  a.file === b.file && a.before === b.before && a.after === b.after && a.nth === b.nth;

/**
 * The faults of a seed. The same rooms, seed and refusals give the same faults; what is refused gives its place to the
 * next of its room. Throws when there are more rooms than faults.
 */
export function drawn(
  rooms: readonly Room[],
  { seed, count, refused }: { readonly seed: number; readonly count: number; readonly refused: readonly Proposal[] },
): Fault[] {
  if (rooms.length > count) throw new Error(`${String(count)} faults are too few for ${String(rooms.length)} rooms`);
  const shares = sharesOf(rooms, count);
  const faults: Fault[] = [];
  const kinds = randomOf(seed);
  let order: (typeof KINDS)[number][] = [];
  for (const room of rooms) {
    // A room's draw depends on its own files only: a change of one room leaves the faults of all others.
    const random = randomOf(seed ^ hashOf(room.name));
    const open = shuffled(room.proposals(), random).filter((proposal) => !refused.some((no) => isSame(no, proposal)));
    for (let left = shares.get(room.name) ?? 0; left > 0;) {
      if (order.length === 0) order = shuffled(KINDS, kinds);
      const wanted = order.at(-1);
      const isOther = ({ file }: Proposal): boolean => !faults.some((fault) => fault.file === file);
      const next =
        open.find((one) => one.kind === wanted && isOther(one)) ??
        open.find(isOther) ??
        open.find((one) => one.kind === wanted) ??
        open[0];
      if (next === undefined) break;
      open.splice(open.indexOf(next), 1);
      if (!room.works(next)) continue;
      left--;
      order.pop();
      faults.push({
        id: `${room.name}-${String(faults.filter(({ id }) => id.startsWith(`${room.name}-`)).length + 1)}`,
        ...next,
      });
    }
  }
  return faults;
}

const hashOf = (text: string): number =>
  [...text].reduce((hash, letter) => (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) | 0, 7);
