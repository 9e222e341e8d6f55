/** The caret ends where typing leaves it: anywhere else, a separate key moved it. */
import type { By } from '../../../journal';
import { isListedName } from '../commands/command-shapes';
import { LONGEST_KEY_PRESS } from '../clipboard/history';
import { UNKNOWN_ASSISTANT } from './extension-assistant';
import { PERSON, settle, SUGGESTION } from './detailed-reason';
import {
  isCommentToggle,
  isDedent,
  isDeletion,
  isEmptyLineMoved,
  isIndent,
  isLineBreak,
  isLineCopy,
  isMove,
  isTypedInPlace,
  isTypedOverLines,
} from './edit-shapes';
import type { Signals } from './change-event';

export type Verdict =
  /**
   * One character replacing each selection, with the caret after it. The editor does not report it as typed when the
   * selections span several lines.
   */
  | { readonly kind: 'by'; readonly by: By }
  /**
   * A closing bracket or a keyword's last letter that the editor outdents as it is typed: only blanks are before it.
   */
  | { readonly kind: 'nobody' }
  /** A line break with its indentation, or with what continues a comment or a list. */
  | { readonly kind: 'tool'; readonly by: By; readonly extension?: string }
  /** Enter: a line break at each caret; blanks elsewhere on the line may be removed. */
  | { readonly kind: 'restored' }
  /** Enter removes the blanks around the caret, or the selection. */
  | { readonly kind: 'pasted' }
  /** Tab, Shift+Tab and re-indenting: only blanks are added or removed, on the lines of the selections. */
  | { readonly kind: 'moved' }
  /** Comment markers added before or around the lines of the selections, or removed. */
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
  if (signals.accepting)
    return { kind: 'by', by: { author: 'ai', assistant: UNKNOWN_ASSISTANT, evidence: 'observed' } };
  // What a person does leaves the file to be saved.
  if (!signals.dirty) return NOBODY;
  if (isDedent(signals)) return BY_PERSON;
  if (isFromClipboard(signals))
    return { kind: isLineCopy(signals) && !hasEndsOfClipboard(signals) ? 'doubled' : 'pasted' };
  if (signals.aftermath === 'keyboard' && isTypedInPlace(signals))
    return mayBePasted(signals) && signals.clipboard === undefined ? NOBODY : BY_PERSON;
  return signals.aftermath === 'other' && isTypedOverLines(signals) ? BY_PERSON : (byShape(signals) ?? NOBODY);
}

/** The lines of a selection with one line break, the one after or the one before them. */
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

/** Lines with the break after or the one before them. */
const mayBePasted = ({ changes }: Signals): boolean =>
  changes.some(
    ({ inserted }) => inserted.trim() !== '' && (inserted.length > LONGEST_KEY_PRESS || /[\r\n]/.test(inserted)),
  );

const isNearCaret = ({ changes, before = [] }: Signals): boolean =>
  changes.every(({ span }) =>
    before.some((caret) => span.start.line <= caret.end.line && span.end.line >= caret.start.line),
  );

function byShape(signals: Signals): Verdict | undefined {
  if (isLineBreak(signals) || isDedent(signals) || isIndent(signals) || isDeletion(signals) || isCommentToggle(signals))
    return BY_PERSON;
  if (isLineCopy(signals)) return { kind: 'doubled' };
  return isMove(signals) || isEmptyLineMoved(signals) ? { kind: 'moved' } : undefined;
}

/** Text removed at one place and inserted at another in a single step, as when lines are moved. */
function hasEndsOfClipboard({ changes, clipboard = '' }: Signals): boolean {
  return [/^[\r\n]/, /[\r\n]$/].every((end) =>
    changes.every(({ inserted }) => end.test(inserted) === end.test(clipboard)),
  );
}

/** A formatter that removes a semicolon from one line and adds one to another moves nothing. */
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
        inserted === '' || flat(inserted) === whole || (signals.changes.length > 1 && lines.has(flat(inserted))),
    )
  );
}
