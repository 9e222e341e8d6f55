/** Who made a change, judged from what the editor reports about it. Whatever is uncertain has no known author. Pure. */
import type { By } from '../../../provenance/journal';
import { isListedName } from '../commands/command-shapes';
import { LONGEST_KEY_PRESS } from '../clipboard/clipboard-history';
import { UNKNOWN_ASSISTANT } from './assistant-of-extension';
import { PERSON, settle, SUGGESTION } from './settle-by-detailed-reason';
import {
  isCommentToggle,
  isComposed,
  isDedent,
  isDeletion,
  isEmptyLineMoved,
  isIndent,
  isKeyPress,
  isLineBreak,
  isLineCopy,
  isMove,
  isSelectionDoubled,
  isTypedInPlace,
  isTypedOverLines,
} from './edit-shapes';
import type { Signals } from './change-event';

export type Verdict =
  /** This author. */
  | { readonly kind: 'by'; readonly by: By }
  /** The author was not seen. */
  | { readonly kind: 'nobody' }
  /** An editor tool made it: `by` applies unless more is known. `extension`: whose tool it is. */
  | { readonly kind: 'tool'; readonly by: By; readonly extension?: string }
  /** An undo or a redo: text returns to its previous author. */
  | { readonly kind: 'restored' }
  /** From the clipboard. `by`: who wrote it, if it is from elsewhere and that is known. */
  | { readonly kind: 'pasted'; readonly by?: By }
  /** A person moved text from one place to another in one go. */
  | { readonly kind: 'moved' }
  /** A person duplicated the selected lines. */
  | { readonly kind: 'doubled' };

const NOBODY: Verdict = { kind: 'nobody' };
const BY_PERSON: Verdict = { kind: 'by', by: PERSON };

export function classify(signals: Signals): Verdict {
  if (signals.undo) return { kind: 'restored' };
  if (signals.detail) {
    const settled = settle(signals.detail);
    if (settled.kind === 'command') return byShape(signals) ?? BY_PERSON;
    if (settled.kind === 'tool' && settled.by.reason === SUGGESTION && isListedName(signals)) return BY_PERSON;
    return settled.kind === 'action' ? (byShape(signals) ?? NOBODY) : settled;
  }
  if (signals.accepting && signals.mayBeOwnOffer && isListedName(signals)) return NOBODY;
  if (signals.accepting)
    return { kind: 'by', by: { author: 'ai', assistant: UNKNOWN_ASSISTANT, evidence: 'observed' } };
  // A person's edit leaves the file unsaved.
  if (!signals.dirty) return NOBODY;
  if (isDedent(signals) || isComposed(signals)) return BY_PERSON;
  if (isFromClipboard(signals))
    return { kind: isLineCopy(signals) && !hasEndsOfClipboard(signals) ? 'doubled' : 'pasted' };
  if (signals.aftermath === 'keyboard' && (isTypedInPlace(signals) || isKeyPress(signals)))
    return mayBePasted(signals) && signals.clipboard === undefined ? NOBODY : BY_PERSON;
  return signals.aftermath === 'other' && isTypedOverLines(signals) ? BY_PERSON : (byShape(signals) ?? NOBODY);
}

/** Whether the clipboard is needed to distinguish pasting from typing. */
export function needsClipboard(signals: Signals): boolean {
  return (
    !signals.undo &&
    !signals.detail &&
    !signals.accepting &&
    signals.dirty &&
    mayBePasted(signals) &&
    isNearCaret(signals) &&
    !isDedent(signals)
  );
}

/** No key inserts a bracket and a line break at once. */
const mayBePasted = ({ changes }: Signals): boolean =>
  changes.some(
    ({ inserted }) =>
      inserted.trim() !== '' &&
      (inserted.length > LONGEST_KEY_PRESS || /[\r\n]/.test(inserted)) &&
      !ONE_EMOJI.test(inserted),
  );

/** A picker of emoji inserts one at once, of however many parts. */
const ONE_EMOJI =
  /^(?:\p{Extended_Pictographic}[\uFE0F\p{EMod}]?(?:\u200D\p{Extended_Pictographic}[\uFE0F\p{EMod}]?)*|\p{RI}{2}|[\d#*]\uFE0F?\u20E3)$/u;

const isNearCaret = ({ changes, before = [] }: Signals): boolean =>
  changes.every(({ span }) =>
    before.some((caret) => span.start.line <= caret.end.line && span.end.line >= caret.start.line),
  );

function byShape(signals: Signals): Verdict | undefined {
  if (isLineBreak(signals) || isDedent(signals) || isIndent(signals) || isDeletion(signals) || isCommentToggle(signals))
    return BY_PERSON;
  if (isLineCopy(signals) || isSelectionDoubled(signals)) return { kind: 'doubled' };
  return isMove(signals) || isEmptyLineMoved(signals) ? { kind: 'moved' } : undefined;
}

/** Pasting adds no line break before or after the clipboard's text. */
function hasEndsOfClipboard({ changes, clipboard = '' }: Signals): boolean {
  return [/^[\r\n]/, /[\r\n]$/].every((end) =>
    changes.every(({ inserted }) => end.test(inserted) === end.test(clipboard)),
  );
}

/** Of a link or a picture in Markdown: an address that is pasted over a word becomes one. */
export const addressIn = (inserted: string): string | undefined =>
  /^!?\[[^\n]*\]\(<?([^\n]*?)>?\)$/.exec(inserted)?.[1];

/** The clipboard's text at every caret, or one of its lines at each. Pasting may change the indentation. */
function isFromClipboard(signals: Signals): boolean {
  if (signals.clipboard === undefined || !mayBePasted(signals) || !isNearCaret(signals)) return false;
  const flat = (text: string): string =>
    text
      .split(/\r\n|\r|\n/)
      .map((line) => line.trim())
      .join('\n')
      .trim();
  const whole = flat(signals.clipboard);
  const lines = new Set(whole.split('\n'));
  return (
    whole !== '' &&
    signals.changes.every(
      ({ inserted }) =>
        inserted === '' ||
        flat(inserted) === whole ||
        flat(addressIn(inserted) ?? '') === whole ||
        (signals.changes.length > 1 && lines.has(flat(inserted))),
    )
  );
}
