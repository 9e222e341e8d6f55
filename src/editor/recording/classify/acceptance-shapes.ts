/**
 * Recognises what may be the acceptance of an assistant's suggestion that none of our keys brackets: ghost text or a
 * next edit accepted with the mouse or with a key of the person's own, or a chat's code put in with *Insert at Cursor*.
 * The editor puts the caret behind what it inserts then, wherever that is; code put over a selection stays selected. Pure.
 */
import {
  byStart,
  endOf,
  isEmptySpan,
  isPlaceIn,
  isWithin,
  samePlace,
  sameSpan,
  type SeenChange,
  type Signals,
  type Span,
} from './change-event';

/** Whether the change may be one. */
export function mayBeAcceptance({ changes, before = [], after, aftermath }: Signals): boolean {
  const ends = placesOf(changes, before);
  const isAtEnd = ({ end }: Span): boolean => ends.some((place) => samePlace(place, end));
  // Nothing moved: text of the same length in place of what ended at the caret looks like this.
  if (aftermath === 'none' || after === undefined) return before.some(isAtEnd);
  const isOverSelection = changes.every(({ span }) =>
    before.some((selected) => !isEmptySpan(selected) && isWithin(span.start, selected) && isWithin(span.end, selected)),
  );
  // Otherwise something selected another place behind it, as replacing one match after another does.
  const staysThere = changes.some(({ span, inserted }) =>
    after.some(({ start }) => isWithin(start, { start: span.start, end: endOf(span.start, inserted) })),
  );
  return (isOverSelection && staysThere) || after.some((span) => isEmptySpan(span) && isAtEnd(span));
}

/** Whether text may have been dropped there, from anywhere: the editor selects it, and a drop replaces nothing. */
export function mayBeDropped({ changes: [change, ...more], after = [] }: Signals): boolean {
  if (!change || more.length > 0 || change.inserted === '' || change.deleted !== '') return false;
  const dropped = { start: change.span.start, end: endOf(change.span.start, change.inserted) };
  return after.some((span) => sameSpan(span, dropped));
}

/** Whether whole lines may have been pasted above the caret's line, where nothing tells of the clipboard. */
export const mayBePastedAbove = ({ changes: [change, ...more], before = [] }: Signals): boolean =>
  change !== undefined &&
  more.length === 0 &&
  change.deleted === '' &&
  change.span.start.character === 0 &&
  change.inserted.endsWith('\n') &&
  before.some(({ start, end }) => samePlace(start, end) && start.line === change.span.start.line);

/**
 * Whether no assistant that is silent can have made the changes: an acceptance is a single change in the active editor,
 * after which the caret is behind it. So a set of changes, a change of a file that no editor shows or that is behind
 * another one, and one within a line beside the caret are the person's. What an assistant's extension puts in by itself, such as a suggestion of a
 * code review, is a single change as well: it replaces or inserts whole lines of the file in front.
 */
export function isBesideAcceptance(signals: Signals): boolean {
  const { changes, before } = signals;
  const [change, ...more] = changes;
  if (change === undefined) return false;
  if (signals.isBehind === true || isDeletedAround(signals) || isDeletedBeside(signals) || isPutOver(signals))
    return true;
  if (mayBeAcceptance(signals) || mayBeDropped(signals) || mayBePastedAbove(signals)) return false;
  return before === undefined || more.length > 0 || !isOfLines(change, signals);
}

/** A part of one line around the caret that a key deletes, such as the word that the caret is in. */
const isDeletedAround = ({ changes: [change, ...more], before = [] }: Signals): boolean =>
  change !== undefined &&
  more.length === 0 &&
  change.inserted === '' &&
  change.span.start.line === change.span.end.line &&
  before.some((caret) => isEmptySpan(caret) && isWithin(caret.start, change.span));

/** Parts that go, and leave the caret elsewhere, as *Replace All* takes lines out. */
const isDeletedBeside = (signals: Signals): boolean => {
  const { changes, aftermath, before = [] } = signals;
  return (
    changes.every(({ inserted }) => inserted === '') &&
    (changes.length > 1
      ? !mayBeAcceptance(signals)
      : aftermath === 'none' && changes.every(({ span }) => !before.some((caret) => samePlace(caret.end, span.start))))
  );
};

/**
 * Words over what was selected, with the caret behind them, as a find widget replaces its last match: there is no
 * ghost text over a selection, and what the chat puts there stays selected. They are not the clipboard's, which is known.
 */
const isPutOver = ({ changes: [change, ...more], before = [], after = [], clipboard }: Signals): boolean =>
  change !== undefined &&
  more.length === 0 &&
  clipboard !== undefined &&
  change.deleted !== '' &&
  !/[\r\n]/.test(change.inserted) &&
  before.some((selected) => sameSpan(selected, change.span)) &&
  after.some((caret) => isEmptySpan(caret) && samePlace(caret.start, endOf(change.span.start, change.inserted)));

/** Whether a change brings or replaces whole lines, other than imports and a snippet in whose places the carets are. */
function isOfLines({ span, deleted, inserted }: SeenChange, { before = [], after = [] }: Signals): boolean {
  const isSnippet =
    before.some((caret) => isWithin(caret.start, span)) && after.some((place) => isPlaceIn(place, { span, inserted }));
  const isSelected = before.some((selected) => sameSpan(selected, span));
  return (
    (deleted !== '' && span.start.character === 0 && !isSelected) ||
    (/[\r\n]/.test(inserted) && !IMPORTS.test(inserted) && !isSnippet)
  );
}

/** Whether the carets are then within what was put in, as in the places of a snippet: an item of a list may be one. */
export const hasPlaces = ({ changes, after = [] }: Signals): boolean =>
  changes.some((change) => after.some((place) => isPlaceIn(place, change)));

/** Whether the changes bring nothing but imports. */
export const bringsImports = ({ changes }: Signals): boolean =>
  changes.length > 0 && changes.every(({ inserted }) => inserted.trim() === '' || IMPORTS.test(inserted));

const IMPORTS =
  /^\s*(?:(?:import|export|from|use|using|require|include|#include|@import|const \w+ = require)\b[^\r\n]*\s*)+$/;

/**
 * Where an acceptance puts the caret: an edit that is accepted may be several changes, and the caret is put behind the
 * last one then, if it was not there for a rename. What is accepted at several carets, or brings imports, ends at each.
 */
function placesOf(changes: readonly SeenChange[], before: readonly Span[]): readonly Span['start'][] {
  const ends = endsOf(changes);
  const isOneEdit = changes.filter(({ inserted }) => !IMPORTS.test(inserted)).length > Math.max(1, before.length);
  if (!isOneEdit) return ends;
  const last = [...changes].sort((a, b) => byStart(a.span, b.span)).at(-1);
  const isThere = before.some(({ end }) => last && samePlace(end, last.span.end));
  return isThere && isSameEverywhere(changes) ? [] : ends.slice(-1);
}

/**
 * One word in place of another at several places, as a rename does it at the one with the caret, too. The editor reports
 * each place as several changes where the two words have letters in common.
 */
function isSameEverywhere(changes: readonly SeenChange[]): boolean {
  const ordered = [...changes].sort((a, b) => byStart(a.span, b.span));
  const texts = ordered.map(({ deleted, inserted }) => `${deleted}\n${inserted}`.toLowerCase());
  return texts.some(
    (_, length) => length > 0 && texts.length % length === 0 && texts.every((text, i) => text === texts[i % length]),
  );
}

/** Where the changes' insertions end in the text after all of them; of one that only deletes, where it was. */
function endsOf(changes: readonly SeenChange[]): readonly Span['start'][] {
  const ordered = [...changes].sort((a, b) => byStart(a.span, b.span));
  const ends: Span['start'][] = [];
  let lines = 0;
  /** The last line that an earlier change ended on, in the text before, and how far its characters move. */
  let moved = { line: -1, by: 0 };
  for (const { span, inserted } of ordered) {
    const shift = span.start.line === moved.line ? moved.by : 0;
    const end = endOf({ line: span.start.line + lines, character: span.start.character + shift }, inserted);
    ends.push(end);
    lines = end.line - span.end.line;
    moved = { line: span.end.line, by: end.character - span.end.character };
  }
  return ends;
}
