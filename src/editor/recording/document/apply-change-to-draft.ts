/** Applies a classified change to the draft of its document. */
import type { TimeSliced } from '../../time-slices';
import { pieceOf, textAround, type Cutting } from '../buffer/pasted-spans';
import { byStart, isEmptySpan, sameSpan } from '../classify/change-event';
import { addressIn } from '../classify/author-of-change';
import { PERSON } from '../classify/settle-by-detailed-reason';
import { isReordered } from '../commands/command-shapes';
import type { Provenance } from '../buffer/text-spans';
import type { TextChange } from '../buffer/text-change';
import type { ReportedChange, ReportedEvent } from './reported-event';
import type { Tracked, Understood } from './classify-tracked-change';
import { isDistinctive, lineStart } from './text-lines';

// Lines that an editor command removes and inserts elsewhere, as sorting does, keep their authors. Pure.

/** Shorter lines occur in many places, */
const LEAST = 4;
/** and those in many files. */
const LEAST_CARRIED = 8;

/**
 * An inserted text, with the lines in it that are removed at the same time, or of which a part is: a service of the
 * editor may move an expression into a line of its own. The rest is by `by`. Undefined when there are none. `least`: the
 * characters of a line that tell where it is from. `elsewhere`: what is removed there.
 */
function withCarriedLines(
  inserted: string,
  cuttings: readonly Cutting[],
  by: Provenance,
  least = LEAST,
  elsewhere: readonly Cutting[] = [],
): Cutting | undefined {
  const lines = cuttings.flatMap(linesOf);
  const pieces = elsewhere.flatMap(linesOf).filter(({ text }) => text.length >= LEAST);
  const found: (readonly [at: number, line: Cutting])[] = [];
  let start = 0;
  for (const line of inserted.split(/(?<=\n)/)) {
    const core = line.trim();
    const at = core.length < least ? -1 : lines.findIndex(({ text }) => text === core);
    const [carried = pieces.find(({ text }) => line.includes(text))] = at < 0 ? [] : lines.splice(at, 1);
    if (carried) found.push([start + line.indexOf(carried.text), carried]);
    start += line.length;
  }
  return found.length > 0 ? textAround(inserted, found, by) : undefined;
}

/** An inserted text with all of these that are in it as they were; the rest is by `by`. */
function withBlocks(inserted: string, cuttings: readonly Cutting[], by: Provenance): Cutting | undefined {
  const blocks = cuttings
    .filter(({ text }) => isDistinctive(text))
    .map((whole) => [inserted.indexOf(whole.text.trim()), foundIn(whole, whole.text.trim())] as const)
    .flatMap(([at, piece]) => (at >= 0 && piece ? [[at, piece] as const] : []))
    .sort(([a], [b]) => a - b);
  return blocks.length > 0 ? textAround(inserted, blocks, by) : undefined;
}

/** A link that the editor makes of an address in the clipboard and the words that it is pasted over. */
function linkOf(
  inserted: string,
  taken: readonly Cutting[],
  found: (text: string) => Cutting | undefined,
): Cutting | undefined {
  const address = addressIn(inserted);
  const whole = address === undefined ? undefined : found(address);
  const target = whole && foundIn(whole, address ?? '');
  const words = taken.find(({ text }) => inserted.includes(`[${text}]`));
  if (!target || !words) return undefined;
  const at = inserted.lastIndexOf(target.text);
  return textAround(
    inserted,
    [
      [inserted.indexOf(`[${words.text}]`) + 1, words],
      [at, target],
    ],
    PERSON,
  );
}

/** A piece of a text. */
function foundIn(whole: Cutting, piece: string): Cutting | undefined {
  const at = whole.text.indexOf(piece);
  return at < 0 || piece === '' ? undefined : pieceOf(whole, at, piece);
}

/** Without the blanks around them. */
const linesOf = (whole: Cutting): readonly Cutting[] => {
  let start = 0;
  return whole.text.split(/(?<=\n)/).flatMap((line) => {
    const core = line.trim();
    const from = start + line.indexOf(core);
    start += line.length;
    return core === '' ? [] : [pieceOf(whole, from, core)];
  });
};

/** The change as a deletion of all and an insertion of all: none of the old text stays. */
const uncompared = (change: ReportedChange): TextChange => ({
  ...change,
  splices: [
    { oldStart: 0, oldEnd: change.deleted, newStart: 0, newEnd: 0 },
    { oldStart: change.deleted, oldEnd: change.deleted, newStart: 0, newEnd: change.inserted.length },
  ],
});

/**
 * Applies a change to the draft. `lookUp`: looks up who wrote the deleted text. `moved`: what other documents have just
 * lost.
 */
export function* enact(
  { changes, before }: ReportedEvent,
  verdict: Understood,
  { draft, host, cuttings }: Tracked,
  lookUp: (remembered: readonly Cutting[]) => void,
  moved: readonly Cutting[] = [],
): TimeSliced<void> {
  /** Whether it replaces what was selected. */
  const isOver = (change: ReportedChange | undefined): boolean =>
    change !== undefined && before?.some((selected) => sameSpan(selected, change.span)) === true;
  const found = (inserted: string): Cutting | undefined => cuttings.find(inserted, changes.length > 1);
  switch (verdict.kind) {
    case 'takenOver':
      yield* draft.changing(changes, (index) => (changes[index]?.inserted === '' ? PERSON : null), {
        cutBefore: () => verdict.from,
        around: PERSON,
        taker: () => PERSON,
      });
      return;
    case 'restored':
      yield* draft.restoring(changes, PERSON);
      return;
    case 'moved': {
      const ownCuttings = draft.cuttingsOf(changes);
      yield* draft.changing(changes, () => PERSON, {
        cutBefore: (inserted) => ownCuttings.find((cutting) => cutting.text.trim() === inserted.trim()),
      });
      return;
    }
    case 'pasted': {
      const provenance = verdict.by ?? host.pasted();
      const ownCuttings = draft.cuttingsOf(changes);
      // Whoever wrote it, a person replaced the selection with it.
      yield* draft.changing(changes, (index) => (changes[index]?.inserted === '' ? PERSON : provenance), {
        cutBefore: (inserted) => found(inserted) ?? linkOf(inserted, ownCuttings, found),
        around: PERSON,
        taker: (index) => (isOver(changes[index]) ? PERSON : undefined),
      });
      return;
    }
    case 'by': {
      // The first character that a person types over a selection is no rest of it, even where both begin alike.
      const isTypedOver = (change: ReportedChange): boolean =>
        verdict.by.author === 'human' && isOver(change) && [...change.inserted].length === 1;
      const cut = yield* draft.changing(
        changes.map((change) => (isTypedOver(change) ? uncompared(change) : change)),
        () => verdict.by,
      );
      if (verdict.by.author === 'human')
        lookUp(
          before?.some((span) => !isEmptySpan(span)) === true && !host.copiesAreTold()
            ? cuttings.addSelected(cut, 'untold')
            : cuttings.add(cut),
        );
      return;
    }
    case 'commanded': {
      const deletedCuttings = draft.cuttingsOf(changes);
      const reordered: Cutting[] = [];
      const whole = changes.map((change) => {
        const old = draft.slice(change.offset, change.offset + change.deleted);
        const carried = isReordered({ deleted: old, inserted: change.inserted })
          ? withCarriedLines(change.inserted, draft.cuttingsOf([change]), PERSON, 1)
          : undefined;
        if (!carried) return change;
        reordered.push(carried);
        return uncompared(change); // lines that begin alike are other lines all the same
      });
      const cutBefore = (inserted: string): Cutting | undefined =>
        reordered.map((one) => foundIn(one, inserted)).find((piece) => piece !== undefined) ??
        (isDistinctive(inserted) ? found(inserted) : undefined) ??
        withCarriedLines(
          inserted,
          deletedCuttings,
          PERSON,
          LEAST,
          draft.cuttingsOf(changes.filter((change) => change.inserted !== inserted)),
        ) ??
        (changes.some((change) => change.deleted === 0 && change.inserted === inserted)
          ? (withBlocks(inserted, moved, PERSON) ?? withCarriedLines(inserted, moved, PERSON, LEAST_CARRIED))
          : undefined);
      yield* draft.changing(whole, () => PERSON, { cutBefore, around: PERSON });
      return;
    }
    case 'doubled': {
      const { text } = draft;
      const carets = [...(before ?? [])].sort(byStart);
      const inOrder = [...changes].sort((a, b) => a.offset - b.offset);
      const copies = changes.map((change) => {
        const core = change.inserted.replace(/^[\r\n]+|[\r\n]+$/g, '');
        const { line = 0, character = 0 } = carets[inOrder.indexOf(change)]?.start ?? {};
        const from = lineStart(text, line);
        const isSelection = text.startsWith(core, from + character);
        const at = isSelection ? from + character : text.indexOf(core, from);
        return at < 0 ? undefined : draft.copyOf(at, at + core.length);
      });
      yield* draft.changing(changes, () => PERSON, {
        cutBefore: (inserted) => copies[changes.findIndex((change) => change.inserted === inserted)],
      });
      return;
    }
    case 'nobody': {
      const cutBefore = (inserted: string): Cutting | undefined =>
        isDistinctive(inserted) ? found(inserted) : undefined;
      // A person inserts what was cut or copied.
      const isPasted = (change: ReportedChange | undefined): boolean =>
        change !== undefined && cutBefore(change.inserted) !== undefined;
      yield* draft.changing(changes, () => null, {
        cutBefore,
        around: PERSON,
        taker: (index) => (isOver(changes[index]) && isPasted(changes[index]) ? PERSON : undefined),
      });
    }
  }
}
