/** The authors of each character of a change that is known by lines, such as from a note. Pure. */
import { AuthoredText, sharedEnds, splitLines, type ProvenanceOfLine } from '../../authorship';
import type { KnownChange } from './replay-input';

/** The authors of a change that has no known author. */
const byNobody: ProvenanceOfLine = () => undefined;

/** Made once for all replays that are given the same change. */
const made = new WeakMap<KnownChange, AuthoredText>();

/** `before` and `after`: the change's texts, as a replay has decoded them. */
export function authoredChange(change: KnownChange, before: string, after: string): AuthoredText {
  const known = made.get(change);
  if (known?.base === before && known.text === after) return known;
  const text = change.hands === undefined ? byLines(before, after, {}) : aroundChanges(before, after, change.hands);
  made.set(change, text);
  return text;
}

type Authors = Required<KnownChange>['hands'];

const byLines = (before: string, after: string, { added, removed }: Partial<Authors>): AuthoredText =>
  AuthoredText.carried(before).replaceByLines(after, added ?? byNobody, removed ?? byNobody);

/** So many lines around the changed ones are compared, too: what shares a line's ends is told by its neighbours. */
const AROUND = 2;

/** The same without looking at the lines before the first changed one and behind the last: most texts hardly change. */
export function aroundChanges(before: string, after: string, { added, removed }: Authors): AuthoredText {
  const [older, newer] = [splitLines(before), splitLines(after)];
  const isPlain = (x: number, y: number): boolean =>
    older[x] === newer[y] && removed(x + 1) === undefined && added(y + 1) === undefined;
  const shared = sharedEnds(older.length, newer.length, isPlain);
  const head = Math.max(0, shared.head - AROUND);
  const tail = Math.max(0, shared.tail - AROUND);
  const lengthOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length, 0);
  const [start, end] = [lengthOf(older.slice(0, head)), lengthOf(older.slice(older.length - tail))];
  if (start + end === 0) return byLines(before, after, { added, removed });
  const inner = byLines(before.slice(start, before.length - end), after.slice(start, after.length - end), {
    added: (line) => added(line + head),
    removed: (line) => removed(line + head),
  });
  return AuthoredText.of(
    before,
    after,
    [
      { length: start, base: 0, by: null },
      ...inner.pieces.map((piece) => (piece.base < 0 ? piece : { ...piece, base: piece.base + start })),
      { length: end, base: before.length - end, by: null },
    ].filter(({ length }) => length > 0),
    inner.deletions.map((deletion) => ({ ...deletion, start: deletion.start + start, end: deletion.end + start })),
    new Map([...inner.broken].map(([line, by]) => [line + head, by])),
  );
}
