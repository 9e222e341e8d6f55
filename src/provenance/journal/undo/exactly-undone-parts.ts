/** A part of a file that an undo in an editor restores exactly, even where text within it had stayed. Pure. */
import {
  diffRange,
  isUnrecorded,
  textOf,
  type RangeDiff,
  type Operation,
  type WeaveHunk,
  type CharacterStore,
  type RestoredRange,
  type Snapshot,
} from '../../authorship';
import { isRestored, type EarlierContent, type KnownEdit } from './editor-edits-and-earlier-contents';
import { locateDeleted, authorsOfText } from './locate-deleted-text';

/**
 * The hunks of edits that restore a part of the text exactly as one of the earlier versions had it; not where other
 * versions had the same text by other authors.
 */
export function restoreExact(
  store: CharacterStore,
  on: Snapshot,
  groups: readonly (readonly KnownEdit[])[],
  { versions, order }: EarlierContent,
): Map<readonly KnownEdit[], readonly WeaveHunk[]> {
  const remakes = groups.flatMap((group) => {
    const remade = remadeBy(group);
    return remade ? [{ group, remade }] : [];
  });
  if (remakes.length === 0) return new Map();
  const others = versions
    .filter((version) => version !== on)
    .map((version) =>
      diffRange(
        on,
        version,
        order,
        remakes.map(({ remade }) => remade),
      ),
    );
  return new Map(
    remakes.flatMap(({ group, remade }, i) => {
      const [range, ...more] = others.flatMap((ranges) =>
        ranges[i]?.isMade(on.text, store) && !isTwofold(store, remade, ranges[i]) ? [ranges[i]] : [],
      );
      if (!range) return [];
      const provenances = provenancesOf(store, range);
      const isSame = (others: readonly Operation[]): boolean =>
        others.length === provenances.length && others.every((provenance, at) => provenance === provenances[at]);
      return more.every((other) => isSame(provenancesOf(store, other))) ? [[group, range.hunks]] : [];
    }),
  );
}

/**
 * The result of a group of touching edits; undefined where not all of it is reported as removed or restored by an undo,
 * or where nothing is restored.
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

/** Whether a restored text existed twice at its place, by different authors. */
function isTwofold(store: CharacterStore, { text }: RestoredRange, { all }: RangeDiff): boolean {
  const ever = textOf(store, all);
  return ever.includes(text) && locateDeleted(ever, text, 0, all, store) === undefined;
}

/** The author of each character present, and of each deletion. */
const provenancesOf = (store: CharacterStore, { there, hunks }: RangeDiff): Operation[] => [
  ...authorsOfText(store, there),
  ...there.flatMap(({ length, insertedBy }) => Array.from({ length }, () => insertedBy)),
  ...hunks.flatMap(({ from, to, by }) => Array.from({ length: to - from }, () => by)),
];
