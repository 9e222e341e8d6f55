/** A part of a file that an undo in an editor makes just what it was, though what is between had stayed. Pure. */
import { between, isUnrecorded, textOf, type Between, type Deed, type Gap, type Ink, type Remade, type Version } from '../../attribution';
import { comesBack, type Former, type KnownEdit } from './undo-edit';
import { placeOf, writersOf } from './locate-deleted';

/** The gaps of edits that make a part of the text just what it was in one of the former versions; not where others had it so by other hands. */
export function asTheyWere(ink: Ink, on: Version, groups: readonly (readonly KnownEdit[])[], { versions, order }: Former): Map<readonly KnownEdit[], readonly Gap[]> {
  const asked = groups.flatMap((group) => {
    const remade = remadeBy(group);
    return remade ? [{ group, remade }] : [];
  });
  if (asked.length === 0) return new Map();
  const others = versions.filter((version) => version !== on).map((version) => between(on, version, order, asked.map(({ remade }) => remade)));
  return new Map(
    asked.flatMap(({ group, remade }, i) => {
      const [one, ...more] = others.flatMap((ranges) => (ranges[i]?.isMade(on.text, ink) && !isTwofold(ink, remade, ranges[i]) ? [ranges[i]] : []));
      if (!one) return [];
      const hands = handsOf(ink, one);
      const isSame = (others: readonly Deed[]): boolean => others.length === hands.length && others.every((hand, at) => hand === hands[at]);
      return more.every((other) => isSame(handsOf(ink, other))) ? [[group, one.gaps]] : [];
    }),
  );
}

/** What edits that touch make of the text; undefined where not all of it is told to be taken out again or brought back, or nothing is brought back. */
function remadeBy(group: readonly KnownEdit[]): Remade | undefined {
  const back = group.find(comesBack)?.back;
  const [first] = group;
  const isAll = group.every((edit) => edit.back ?? (edit.from === edit.to && isUnrecorded(edit.by.by)));
  return first && back && isAll ? { from: first.from, to: group.at(-1)?.to ?? first.to, text: group.map(({ inserted }) => inserted).join(''), back } : undefined;
}

/** Whether a text that is made again in its place was there twice, by different hands. */
function isTwofold(ink: Ink, { text }: Remade, { all }: Between): boolean {
  const ever = textOf(ink, all);
  return ever.includes(text) && placeOf(ever, text, 0, all, ink) === undefined;
}

/** By whom each character is that is there, and by whom each is gone that is not. */
const handsOf = (ink: Ink, { there, gaps }: Between): Deed[] => [
  ...writersOf(ink, there),
  ...there.flatMap(({ length, put }) => Array.from({ length }, () => put)),
  ...gaps.flatMap(({ from, to, by }) => Array.from({ length: to - from }, () => by)),
];
