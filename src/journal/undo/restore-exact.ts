/** A part of a file that an undo in an editor makes just what it was, though what is between had stayed. Pure. */
import {
  diffRange,
  isUnrecorded,
  textOf,
  type RangeDiff,
  type Operation,
  type Hunk,
  type CharacterStore,
  type RestoredRange,
  type Snapshot,
} from '../../attribution';
import { isRestored, type EarlierContent, type KnownEdit } from './known-edit';
import { locateDeleted, authorsOfText } from './locate-deleted';

/**
 * The hunks of edits that make a part of the text just what it was in one of the former versions; not where others had
 * it so by other hands.
 */
export function restoreExact(
  store: CharacterStore,
  on: Snapshot,
  groups: readonly (readonly KnownEdit[])[],
  { versions, order }: EarlierContent,
): Map<readonly KnownEdit[], readonly Hunk[]> {
  const asked = groups.flatMap((group) => {
    const remade = remadeBy(group);
    return remade ? [{ group, remade }] : [];
  });
  if (asked.length === 0) return new Map();
  const others = versions
    .filter((version) => version !== on)
    .map((version) =>
      diffRange(
        on,
        version,
        order,
        asked.map(({ remade }) => remade),
      ),
    );
  return new Map(
    asked.flatMap(({ group, remade }, i) => {
      const [one, ...more] = others.flatMap((ranges) =>
        ranges[i]?.isMade(on.text, store) && !isTwofold(store, remade, ranges[i]) ? [ranges[i]] : [],
      );
      if (!one) return [];
      const provenances = provenancesOf(store, one);
      const isSame = (others: readonly Operation[]): boolean =>
        others.length === provenances.length && others.every((provenance, at) => provenance === provenances[at]);
      return more.every((other) => isSame(provenancesOf(store, other))) ? [[group, one.hunks]] : [];
    }),
  );
}

/**
 * What edits that touch make of the text; undefined where not all of it is told to be taken out again or brought back,
 * or nothing is brought back.
 */
function remadeBy(group: readonly KnownEdit[]): RestoredRange | undefined {
  const restoredBy = group.find(isRestored)?.back;
  const [first] = group;
  const isAll = group.every((edit) => edit.back ?? (edit.from === edit.to && isUnrecorded(edit.by.by)));
  return first && restoredBy && isAll
    ? {
        from: first.from,
        to: group.at(-1)?.to ?? first.to,
        text: group.map(({ inserted }) => inserted).join(''),
        restoredBy,
      }
    : undefined;
}

/** Whether a text that is made again in its place was there twice, by different hands. */
function isTwofold(store: CharacterStore, { text }: RestoredRange, { all }: RangeDiff): boolean {
  const ever = textOf(store, all);
  return ever.includes(text) && locateDeleted(ever, text, 0, all, store) === undefined;
}

/** By whom each character is that is there, and by whom each is gone that is not. */
const provenancesOf = (store: CharacterStore, { there, hunks }: RangeDiff): Operation[] => [
  ...authorsOfText(store, there),
  ...there.flatMap(({ length, insertedBy: insertedBy }) => Array.from({ length }, () => insertedBy)),
  ...hunks.flatMap(({ from, to, by }) => Array.from({ length: to - from }, () => by)),
];
