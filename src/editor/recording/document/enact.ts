/** Applies a classified change to the draft of its document. */
import type { TimeSliced } from '../../time-slices';
import type { Cutting } from '../buffer/cutting';
import { isEmptySpan, sameSpan } from '../classify/change-event';
import { PERSON } from '../classify/detailed-reason';
import { isReordered } from '../commands/command-shapes';
import { pieceOf, withCarriedLines } from '../clipboard/carried-lines';
import type { ReportedChange, ReportedEvent } from './reported-event';
import type { Tracked, Understood } from './understood';
import { isDistinctive, lineStart } from './text-lines';

/** Applies a change to the draft. `lookUp`: looks up who wrote the deleted text. */
export function* enact(
  { changes, before }: ReportedEvent,
  verdict: Understood,
  { draft, host, cuttings }: Tracked,
  lookUp: (remembered: readonly Cutting[]) => void,
): TimeSliced<void> {
  /** Whether it replaces what was selected. */
  const isOver = (change: ReportedChange | undefined): boolean =>
    change !== undefined && before?.some((selected) => sameSpan(selected, change.span)) === true;
  switch (verdict.kind) {
    case 'takenOver':
      yield* draft.changing(changes, () => null, { cutBefore: () => verdict.from });
      return;
    case 'restored':
      yield* draft.restoring(changes, PERSON);
      return;
    case 'moved': {
      const own = draft.cuttingsOf(changes);
      yield* draft.changing(changes, () => PERSON, {
        cutBefore: (inserted) => own.find((cutting) => cutting.text.trim() === inserted.trim()),
      });
      return;
    }
    case 'pasted': {
      const provenance = host.pasted();
      // Whoever wrote it, a person replaced the selection with it.
      yield* draft.changing(changes, (index) => (changes[index]?.inserted === '' ? PERSON : provenance), {
        cutBefore: (inserted) => cuttings.find(inserted),
        around: PERSON,
        taker: (index) => (isOver(changes[index]) ? PERSON : undefined),
      });
      return;
    }
    case 'by': {
      const cut = yield* draft.changing(changes, () => verdict.by);
      if (verdict.by.author === 'human')
        lookUp(
          before?.some((span) => !isEmptySpan(span)) === true && !host.copiesAreTold()
            ? cuttings.addSelected(cut, 'untold')
            : cuttings.add(cut),
        );
      return;
    }
    case 'commanded': {
      const taken = draft.cuttingsOf(changes);
      const reordered: Cutting[] = [];
      const whole = changes.map((change) => {
        const old = draft.slice(change.offset, change.offset + change.deleted);
        const carried = isReordered({ deleted: old, inserted: change.inserted })
          ? withCarriedLines(change.inserted, taken, PERSON)
          : undefined;
        if (!carried) return change;
        reordered.push(carried);
        return {
          ...change,
          splices: [{ oldStart: 0, oldEnd: change.deleted, newStart: 0, newEnd: change.inserted.length }],
        };
      });
      const cutBefore = (inserted: string): Cutting | undefined =>
        reordered.map((one) => pieceOf(one, inserted)).find((piece) => piece !== undefined) ??
        (isDistinctive(inserted) ? cuttings.find(inserted) : undefined) ??
        withCarriedLines(inserted, taken, PERSON);
      yield* draft.changing(whole, () => PERSON, { cutBefore, around: PERSON });
      return;
    }
    case 'doubled': {
      const { text } = draft;
      const own = changes.map(({ inserted }) => {
        const core = inserted.replace(/^[\r\n]+|[\r\n]+$/g, '');
        const { line = 0, character = 0 } = before?.[0]?.start ?? {};
        const from = lineStart(text, line);
        const isSelection = text.startsWith(core, from + character);
        const at = isSelection ? from + character : text.indexOf(core, from);
        return at < 0 ? undefined : draft.copyOf(at, at + core.length);
      });
      yield* draft.changing(changes, () => PERSON, { cutBefore: () => own[0] });
      return;
    }
    case 'nobody': {
      const cutBefore = (inserted: string): Cutting | undefined =>
        isDistinctive(inserted) ? cuttings.find(inserted) : undefined;
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
