/** Classifies a change of a document: what it turned out to be, and by whom. */
import { endOf, isEmptySpan, type Aftermath, type SeenChange, type Signals, type Span } from '../classify/change-event';
import type { Draft } from '../buffer/document-draft';
import type { ClipboardHistory, Lost } from '../clipboard/clipboard-history';
import { classify, needsClipboard, type Verdict } from '../classify/author-of-change';
import { pieceOf, type Cutting } from '../buffer/pasted-spans';
import { mayBeAcceptance } from '../classify/acceptance-shapes';
import { PERSON } from '../classify/settle-by-detailed-reason';
import { isToLineBeside } from '../classify/edit-shapes';
import { CLIPBOARD } from '../commands/snippets';
import { isPersonsCommand, mayBeCommand } from '../commands/credit-for-editor-command';
import type { ReportedEvent } from './reported-event';
import type { TrackHost } from './document-tracker-ports';
import { isLines, linesAt, textIn } from './text-lines';

/** A change that waits for what else the editor reports about it. */
export interface Waiting {
  event: ReportedEvent;
  readonly at: number;
  /** `ClipboardHistory.reportedCopies` when it happened. */
  readonly copiesBefore: number;
  /** The document had unsaved changes after it. */
  dirty: boolean;
  aftermath: Aftermath;
  after?: readonly Span[];
  /** A character was typed right behind its insertion, at the same time. */
  typedNext?: true;
  /** Hears what it takes out, where that may be put into another document. */
  takes?: (cuttings: readonly Cutting[]) => void;
  /** What other documents have just lost. */
  readonly lostElsewhere?: readonly Lost['find'][];
  /** What was on the clipboard when it happened, where that was read at once. */
  readonly clipboard?: Promise<string | undefined>;
}

/** A tracked document, with what was cut and copied in the window. */
export interface Tracked {
  readonly draft: Draft;
  readonly host: TrackHost;
  readonly cuttings: ClipboardHistory;
}

/**
 * What a change turned out to be. `takenOver`: the whole text of a formerly untitled file; `commanded`: an editor
 * command made it for a person, perhaps around what they had copied.
 */
export type Understood =
  | Exclude<Verdict, { kind: 'tool' }>
  | { readonly kind: 'commanded'; readonly around?: string }
  | { readonly kind: 'takenOver'; readonly from: Cutting };

/** Whether a key press might also be a paste of somebody else's short text. */
export function mayBeOthers({ detail, changes }: ReportedEvent, cuttings: ClipboardHistory): boolean {
  return detail === undefined && changes.some(({ inserted }) => cuttings.mayBeOthers(inserted));
}

/** UTF-16 code units of a tag and its attributes in the line of its end. */
const LONGEST_TAG = 1_000;

/** Who made a change, as far as that is known by now. */
export async function verdictOn(
  { event, copiesBefore, dirty, aftermath, after, typedNext, clipboard: pending }: Waiting,
  { draft, host, cuttings }: Tracked,
): Promise<Understood> {
  const changes = event.changes.map((change) => ({
    span: change.span,
    inserted: change.inserted,
    deleted: draft.slice(change.offset, change.offset + change.deleted),
  }));
  const { changes: _changes, ...rest } = event;
  const [tag] = event.changes;
  const textBefore =
    tag !== undefined && event.changes.length === 1 && tag.deleted === 0 && tag.inserted.endsWith('>')
      ? draft.slice(Math.max(0, tag.offset - Math.min(tag.span.start.character, LONGEST_TAG)), tag.offset)
      : undefined;
  const areLinesAsked = changes.some(({ inserted }) => isLines(inserted)) || isToLineBeside(changes);
  const signals: Signals = {
    ...rest,
    dirty,
    changes,
    aftermath,
    ...(after ? { after } : {}),
    ...(typedNext ? { typedNext } : {}),
    ...(textBefore === undefined ? {} : { textBefore }),
    ...(mayRepeatSelection(event) ? { selected: textIn(draft.text, event.before?.[0]) } : {}),
    ...(areLinesAsked ? { lines: linesAt(draft.text, event.before ?? []) } : {}),
  };
  const isPerhapsOthers = mayBeOthers(event, cuttings);
  const found = isPerhapsOthers || needsClipboard(signals) ? await (pending ?? host.clipboard()) : undefined;
  // The clipboard says nothing about a change that came before a later cut or copy.
  const clipboard = pending === undefined && cuttings.reportedCopies > copiesBefore ? undefined : found;
  const known = clipboard === undefined ? signals : { ...signals, clipboard };
  const verdict = classify(known);
  // A key press and a short text from the clipboard look alike.
  const isOthers =
    isPerhapsOthers &&
    verdict.kind === 'by' &&
    verdict.by.author === 'human' &&
    changes.some(({ inserted }) =>
      clipboard === undefined ? cuttings.mayStillBeOthers(inserted) : inserted === clipboard,
    );
  if (isOthers) return { kind: 'nobody' };
  const chats = await chatsVerdict(verdict, known, { draft, host, cuttings });
  if (chats) return chats;
  const arePaths = (): boolean => changes.every(({ inserted }) => host.arePaths(inserted));
  if (verdict.kind === 'pasted' && arePaths()) return { kind: 'pasted', by: PERSON };
  if (verdict.kind !== 'nobody' && verdict.kind !== 'tool') return verdict;
  if (mayBeCommand(signals)) {
    const surroundings = host.surroundings();
    const isKnownTool =
      verdict.kind === 'tool' &&
      verdict.extension !== undefined &&
      surroundings.rule !== 'strict' &&
      !host.isAssistant(verdict.extension);
    if (isKnownTool || isPersonsCommand(known, surroundings)) return { kind: 'commanded' };
    if (surroundings.rule === 'fair' && surroundings.assistants === 'silent') {
      const from = await takenFromLeft(changes, host);
      if (from) return { kind: 'takenOver', from };
      if (arePaths()) return { kind: 'commanded' };
      const texts = changes.map(({ inserted }) => inserted).filter((text) => text !== '');
      if (await areSnippets(texts, host)) return { kind: 'commanded' };
      const [text = '', ...more] = texts;
      const around = more.length === 0 ? cuttings.within(text)?.text.trim() : undefined;
      if (around !== undefined && (await areSnippets([text.replace(around, CLIPBOARD)], host)))
        return { kind: 'commanded', around };
    }
  }
  return verdict.kind === 'tool' ? { kind: 'by', by: verdict.by } : verdict;
}

/** Code of the chat: put in at the caret by its button, or copied there, and nowhere in the repository, and pasted. */
async function chatsVerdict(
  verdict: Verdict,
  signals: Signals,
  { host, cuttings }: Tracked,
): Promise<Understood | undefined> {
  const [change, ...more] = signals.changes;
  if (!change || more.length > 0 || !mayBeCommand(signals) || cuttings.find(change.inserted)) return undefined;
  const isPasted = verdict.kind === 'pasted';
  if (!isPasted && !(verdict.kind === 'nobody' && mayBeAcceptance(signals))) return undefined;
  const by = await host.authorInChat(change.inserted);
  return by && { kind: isPasted ? 'pasted' : 'by', by };
}

/** The block that the arrow of a comparison takes over: whole lines of the left side. */
async function takenFromLeft([change, ...more]: readonly SeenChange[], host: TrackHost): Promise<Cutting | undefined> {
  if (change === undefined || more.length > 0 || change.inserted.trim() === '') return undefined;
  const leftSide = await host.comparedWith();
  const at = leftSide ? `\n${leftSide.text}\n`.indexOf(`\n${change.inserted.replace(/\n?$/, '\n')}`) : -1;
  return leftSide && at >= 0 ? pieceOf(leftSide, at, change.inserted) : undefined;
}

/** Whether each text that is put in is that of a snippet. */
async function areSnippets(inserted: readonly string[], host: TrackHost): Promise<boolean> {
  const texts = [...new Set(inserted)];
  return texts.length > 0 && texts.length <= SNIPPETS_AT_ONCE && (await host.areSnippets(texts));
}

/** Several carets may put in the same one. */
const SNIPPETS_AT_ONCE = 3;

/** Whether a single insertion may repeat what is selected. */
function mayRepeatSelection({
  changes: [change, ...more],
  before: [selection, ...others] = [],
}: ReportedEvent): boolean {
  return (
    change !== undefined &&
    selection !== undefined &&
    more.length === 0 &&
    others.length === 0 &&
    change.deleted === 0 &&
    change.inserted !== '' &&
    !isEmptySpan(selection)
  );
}

/** What the editor does behind a change, and a typed character that accepts a suggestion, come within this time: no hand is as quick. */
export const AT_ONCE_MS = 60;

/**
 * A typed character that accepts an item of the suggestion list is reported right after that item, mostly before the
 * editor reports where the caret is. Returns the event with that caret.
 */
export function afterAccepting(event: ReportedEvent, last: Waiting | undefined, now: number): ReportedEvent {
  const [put, ...more] = last && last.aftermath !== 'keyboard' && now - last.at <= AT_ONCE_MS ? last.event.changes : [];
  const [typed, ...others] = event.changes;
  if (
    !last ||
    !put ||
    !typed ||
    more.length > 0 ||
    others.length > 0 ||
    put.inserted.length <= 1 ||
    typed.deleted > 0 ||
    [...typed.inserted].length > 2
  )
    return event;
  if (typed.offset !== put.offset + put.inserted.length || typed.inserted.trim() === '') return event;
  last.typedNext = true;
  const caret = endOf(put.span.start, put.inserted);
  return { ...event, before: [{ start: caret, end: caret }] };
}
