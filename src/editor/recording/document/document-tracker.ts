/**
 * One document that is open: collects what happens to it, finds out by whom as soon as that can be known, and writes it
 * down when the document is saved. The event handlers only collect.
 */
import { runSliced, yieldIfDue, yieldNow, type TimeSliced } from '../../time-slices';
import { classify, needsClipboard, type Verdict } from '../classify/classify';
import { pieceOf, withCarriedLines } from '../clipboard/carried-lines';
import { isReordered } from '../commands/command-shapes';
import { howCopied, type ToldCopy } from '../clipboard/cut-or-copy';
import type { ClipboardHistory } from '../clipboard/history';
import { Draft } from '../buffer/draft';
import { isCompared, type AuthoredChange, type TextChange } from '../buffer/text-change';
import type { Cutting } from '../buffer/cutting';
import { isPersonsCommand, mayBeCommand } from '../commands/editor-commands';
import { withAuthors, withMoved, type AuthorsOf } from '../clipboard/moved-authors';
import { PERSON } from '../classify/detailed-reason';
import { isToLineBeside } from '../classify/edit-shapes';
import { endOf, isEmptySpan, sameSpan, type Aftermath, type Signals, type Span } from '../classify/change-event';
import { contentOf, editOf, writtenOver, type Content } from './saved-edit';
import { isDraftOf, mayBeDraft, takesOut, type ReportedChange, type ReportedEvent } from './reported-event';
import type { TrackHost } from './track-host';
import { isDistinctive, isLines, linesAt, lineStart, withoutBreaks } from './text-lines';

interface Waiting {
  readonly event: ReportedEvent;
  readonly at: number;
  /** The document had to be saved after it. */
  dirty: boolean;
  aftermath: Aftermath;
  after?: readonly Span[];
  /** A character was typed right behind what it put in, in the same moment. */
  typedNext?: true;
  /** What was on the clipboard when it happened, where that was asked for at once. */
  readonly clipboard?: Promise<string | undefined>;
}

/** Text was copied: the parts of the text at that time. */
interface Copied {
  readonly copied: readonly (readonly [start: number, end: number])[];
  readonly how: ReturnType<typeof howCopied>;
}

type Entry = Waiting | Copied | 'saved';

/**
 * What a change turned out to be. `takenOver`: the whole text of a file that had no name; `commanded`: a command of the
 * editor made it for a person.
 */
type Understood =
  | Exclude<Verdict, { kind: 'tool' }>
  | { readonly kind: 'commanded' }
  | { readonly kind: 'takenOver'; readonly from: Cutting };

/** Whether it is a change. */
const isChange = (entry: Entry | undefined): entry is Waiting =>
  entry !== undefined && entry !== 'saved' && 'event' in entry;

/** The selection event comes right behind its change; after this long there is none. */
const SETTLES_AFTER_MS = 120;

/** Texts of together so many UTF-16 code units are compared between two key presses. */
const COMPARED_HERE = 4_000;

/** A character that accepts an item of the suggestion list comes with it. */
const AT_ONCE_MS = 30;

const COMPOSES_AT_MOST_MS = 15_000;

export class DocumentTracker {
  private queue: Entry[] = [];
  private work: Promise<void>;
  private timer: NodeJS.Timeout | undefined;
  private newest = 0;
  private draft: Draft;
  private disk: Content | null = null;
  /** The document's text when it was last the same as on disk. */
  private base: string;
  /** Whether those two are the same. */
  private told: { readonly disk: Content | null; readonly base: string; readonly same: boolean } | undefined;
  private closed = false;
  /** What the latest change took out, if it did nothing else. */
  private lastTaken: readonly Span[] | undefined;
  /** That, once it is understood. */
  private taken: readonly Cutting[] = [];

  constructor(
    private readonly path: string,
    private readonly host: TrackHost,
    private readonly cuttings: ClipboardHistory,
    private readonly now: () => number,
  ) {
    const { text, dirty } = host.document();
    this.draft = new Draft(text);
    this.base = text;
    this.work = this.load(text, dirty);
  }

  /** Cheap: it is called for every key press. */
  changed(reported: ReportedEvent): void {
    this.newest = this.now();
    const event = this.afterAccepting(reported);
    this.lastTaken = event.changes.every(takesOut) ? event.changes.map(({ span }) => span) : undefined;
    // It is understood a little later, when the person may have cut or copied something else.
    const clipboard = this.mayBeOthers(event) ? this.host.clipboard() : undefined;
    this.queue.push({
      event,
      at: this.newest,
      dirty: event.dirty,
      aftermath: 'none',
      ...(clipboard ? { clipboard } : {}),
    });
    this.schedule();
  }

  /**
   * A typed character that accepts an item of the suggestion list comes right behind that, before the editor tells
   * where the caret is.
   */
  private afterAccepting(event: ReportedEvent): ReportedEvent {
    const last = this.queue.at(-1);
    const [put, ...more] =
      isChange(last) && last.aftermath === 'none' && this.newest - last.at <= AT_ONCE_MS ? last.event.changes : [];
    const [typed, ...others] = event.changes;
    if (
      !isChange(last) ||
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

  /**
   * The document has to be saved now. The editor says so after the first change of a clean document, which itself says
   * that it is clean.
   */
  dirtied(): void {
    const last = this.queue.findLast(isChange);
    if (last) last.dirty = true;
  }

  /** The editor's selections changed; `keyboard`: by typing or by a key that moves the caret. */
  selected(keyboard: boolean, after: readonly Span[]): void {
    const last = this.queue.at(-1);
    if (!isChange(last) || last.aftermath !== 'none') return;
    const aftermath = keyboard ? 'keyboard' : 'other';
    for (let i = this.queue.length - 1; i >= 0; i--) {
      const entry = this.queue[i];
      const next = this.queue[i + 1];
      if (!isChange(entry) || entry.aftermath !== 'none') break;
      if (next !== undefined && !(isChange(next) && isDraftOf(entry.event, next.event))) break;
      entry.aftermath = aftermath;
      if (next === undefined) entry.after = after;
    }
  }

  /** A person cut or copied parts of the document. Offsets of the text as it is now. */
  copied(parts: readonly (readonly [start: number, end: number])[], told?: ToldCopy): void {
    this.queue.push({ copied: parts, how: howCopied(told, this.lastTaken) });
    void this.drain(true);
  }

  /** The whole text with where its parts come from, once what happened so far is understood. */
  async whole(): Promise<Cutting> {
    await this.drain(true);
    return this.draft.copyOf(0, this.draft.length);
  }

  /** The document was saved: what happened before is written down. Resolves when it is. */
  saved(): Promise<void> {
    this.queue.push('saved');
    return this.drain(true);
  }

  /**
   * Resolves when everything is understood that can be by now: for the latest key press the editor may not have told
   * all yet.
   */
  settle(): Promise<void> {
    return this.drain(false);
  }

  /** What was on disk when the document was last the same. Call `settle` before. */
  get onDisk(): Content | null {
    return this.disk;
  }

  /**
   * What is in the document now and not on disk, in order. The text that it starts from is `base`. Call `settle`
   * before.
   */
  async unsaved(): Promise<{
    readonly base: Content | null;
    readonly operations: readonly AuthoredChange[];
    readonly exact: boolean;
  }> {
    const { disk: base } = this;
    const exact = this.isBaseOnDisk();
    return { base, operations: await runSliced(this.draft.listing()), exact };
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  /** Whether the text that is edited from is the file's. To compare long texts takes its time. */
  private isBaseOnDisk(): boolean {
    const { disk, base, told } = this;
    if (told?.disk === disk && told.base === base) return told.same;
    const same = (disk?.text ?? '') === base;
    this.told = { disk, base, same };
    return same;
  }

  private schedule(): void {
    if (this.timer !== undefined || this.closed) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const rest = SETTLES_AFTER_MS - (this.now() - this.newest);
      if (rest > 0 && rest <= SETTLES_AFTER_MS) this.schedule();
      else void this.drain(false);
    }, SETTLES_AFTER_MS);
  }

  /** Understands what waits, one batch after another. `all`: also what more might still be told of. */
  private drain(all: boolean): Promise<void> {
    const taken = this.queue.splice(0, all ? this.queue.length : this.ready());
    if (taken.length > 0)
      this.work = this.work.then(() => this.perform(taken)).catch((error: unknown) => this.host.failed(error));
    return this.work;
  }

  /** How many entries, from the first on, nothing more can be told of. */
  private ready(): number {
    const open = this.queue.findIndex((entry, index) => this.isOpen(entry, this.queue[index + 1]));
    return open < 0 ? this.queue.length : open;
  }

  /** Whether the entry's selection event may still come. An input method's draft waits for what becomes of it. */
  private isOpen(entry: Entry, next: Entry | undefined): boolean {
    if (!isChange(entry) || entry.aftermath !== 'none') return false;
    const age = this.now() - entry.at;
    if (next === undefined) return age < (mayBeDraft(entry.event) ? COMPOSES_AT_MOST_MS : SETTLES_AFTER_MS);
    return isChange(next) && age < COMPOSES_AT_MOST_MS && isDraftOf(entry.event, next.event);
  }

  private async load(text: string, dirty: boolean): Promise<void> {
    const bytes = await this.host.read();
    this.disk = bytes === null ? null : contentOf(bytes);
    const onDisk = this.disk?.text;
    if (this.disk) this.host.readable(onDisk !== undefined);
    if (onDisk === undefined || onDisk === text) return;
    if (!dirty) {
      // It was written since it was opened; else they differ in what the editor makes of line breaks.
      if (withoutBreaks(onDisk) !== withoutBreaks(text)) this.disk = writtenOver(this.disk, text);
      return;
    }
    // Opened with changes that were never saved: nobody saw them being made.
    this.base = onDisk;
    this.draft = new Draft(onDisk);
    const changes = await this.compared([{ offset: 0, deleted: onDisk.length, inserted: text }]);
    await runSliced(this.draft.changing(changes, () => null));
  }

  private async perform(entries: readonly Entry[]): Promise<void> {
    let inStep = true;
    for (const [index, entry] of entries.entries()) {
      await yieldIfDue();
      if (entry === 'saved') await this.write();
      else if (!inStep) continue;
      else if (!isChange(entry)) this.remember(entry);
      else {
        if (entry.event.changes.every(takesOut)) this.taken = this.draft.cuttingsOf(entry.event.changes);
        const verdict = await this.apply(entry);
        inStep = verdict !== undefined;
        if (verdict?.kind === 'nobody' && mayBeFromDisk(entry))
          await this.reloaded(index + 1 < entries.length || this.queue.length > 0);
      }
    }
    if (!this.closed) this.host.settled();
  }

  private remember({ copied, how }: Copied): void {
    const there = how === 'cut' ? [] : copied.map(([start, end]) => this.draft.copyOf(start, end));
    this.lookUp(
      this.cuttings.addSelected(
        [...(how === 'copied' ? [] : this.taken), ...there],
        how === 'unsure' ? 'perhaps' : 'surely',
      ),
    );
  }

  /** Undefined when the editor and we no longer mean the same text. */
  private async apply(entry: Waiting): Promise<Understood | undefined> {
    try {
      const { takenOver } = entry.event;
      const verdict: Understood = takenOver
        ? { kind: 'takenOver', from: await takenOver }
        : await this.verdictOn(entry);
      // What was copied a moment ago may still be looked up.
      if (verdict.kind === 'pasted' || verdict.kind === 'nobody') await this.cuttings.settle();
      await runSliced(this.enact({ ...entry.event, changes: await this.compared(entry.event.changes) }, verdict));
      return verdict;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.startOver();
      return undefined;
    }
  }

  /** The changes, with what differs in long replacements, such as a file that was read from disk anew. */
  private compared<Change extends TextChange>(changes: readonly Change[]): Promise<readonly Change[]> {
    return Promise.all(
      changes.map(async (change) => {
        const old = this.draft.slice(change.offset, change.offset + change.deleted);
        const isLong = old.length + change.inserted.length > COMPARED_HERE && isCompared(old, change.inserted);
        if (!isLong) return change;
        await yieldNow(); // long texts are copied for another thread
        const splices = await this.host.compare(old, change.inserted).catch(() => undefined); // then it takes its time here
        return splices ? { ...change, splices } : change;
      }),
    );
  }

  /** Whether a key press may as well be a paste of somebody else's short text. */
  private mayBeOthers({ detail, changes }: ReportedEvent): boolean {
    return detail === undefined && changes.some(({ inserted }) => this.cuttings.mayBeOthers(inserted));
  }

  private async verdictOn({
    event,
    dirty,
    aftermath,
    after,
    typedNext,
    clipboard: asked,
  }: Waiting): Promise<Understood> {
    const changes = event.changes.map((change) => ({
      span: change.span,
      inserted: change.inserted,
      deleted: this.draft.slice(change.offset, change.offset + change.deleted),
    }));
    const { changes: _changes, ...rest } = event;
    const areLinesAsked = changes.some(({ inserted }) => isLines(inserted)) || isToLineBeside(changes);
    const signals: Signals = {
      ...rest,
      dirty,
      changes,
      aftermath,
      ...(after ? { after } : {}),
      ...(typedNext ? { typedNext } : {}),
      ...(areLinesAsked ? { lines: linesAt(this.draft.text, event.before ?? []) } : {}),
    };
    const mayBeOthers = this.mayBeOthers(event);
    const clipboard = mayBeOthers || needsClipboard(signals) ? await (asked ?? this.host.clipboard()) : undefined;
    const verdict = classify(clipboard === undefined ? signals : { ...signals, clipboard });
    // A key press and a short text from the clipboard look alike.
    const isOthers =
      mayBeOthers &&
      verdict.kind === 'by' &&
      verdict.by.author === 'human' &&
      changes.some(({ inserted }) =>
        clipboard === undefined ? this.cuttings.mayStillBeOthers(inserted) : inserted === clipboard,
      );
    if (isOthers) return { kind: 'nobody' };
    if (verdict.kind !== 'nobody' && verdict.kind !== 'tool') return verdict;
    if (mayBeCommand(signals)) {
      const surroundings = this.host.surroundings();
      const isKnownTool =
        verdict.kind === 'tool' &&
        verdict.extension !== undefined &&
        surroundings.rule !== 'strict' &&
        !this.host.isAssistant(verdict.extension);
      if (isKnownTool || isPersonsCommand(signals, surroundings)) return { kind: 'commanded' };
    }
    return verdict.kind === 'tool' ? { kind: 'by', by: verdict.by } : verdict;
  }

  private *enact({ changes, before }: ReportedEvent, verdict: Understood): TimeSliced<void> {
    /** It takes the place of what was selected. */
    const isOver = (change: ReportedChange | undefined): boolean =>
      change !== undefined && before?.some((selected) => sameSpan(selected, change.span)) === true;
    switch (verdict.kind) {
      case 'takenOver':
        yield* this.draft.changing(changes, () => null, { cutBefore: () => verdict.from });
        return;
      case 'restored':
        yield* this.draft.restoring(changes, PERSON);
        return;
      case 'moved': {
        const own = this.draft.cuttingsOf(changes);
        yield* this.draft.changing(changes, () => PERSON, {
          cutBefore: (inserted) => own.find((cutting) => cutting.text.trim() === inserted.trim()),
        });
        return;
      }
      case 'pasted': {
        const provenance = this.host.pasted();
        // Whoever wrote it, a person put it over what was selected.
        yield* this.draft.changing(changes, (index) => (changes[index]?.inserted === '' ? PERSON : provenance), {
          cutBefore: (inserted) => this.cuttings.find(inserted),
          around: PERSON,
          taker: (index) => (isOver(changes[index]) ? PERSON : undefined),
        });
        return;
      }
      case 'by': {
        const cut = yield* this.draft.changing(changes, () => verdict.by);
        if (verdict.by.author === 'human')
          this.lookUp(
            before?.some((span) => !isEmptySpan(span)) === true && !this.host.copiesAreTold()
              ? this.cuttings.addSelected(cut, 'untold')
              : this.cuttings.add(cut),
          );
        return;
      }
      case 'commanded': {
        const taken = this.draft.cuttingsOf(changes);
        const reordered: Cutting[] = [];
        const whole = changes.map((change) => {
          const old = this.draft.slice(change.offset, change.offset + change.deleted);
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
          (isDistinctive(inserted) ? this.cuttings.find(inserted) : undefined) ??
          withCarriedLines(inserted, taken, PERSON);
        yield* this.draft.changing(whole, () => PERSON, { cutBefore, around: PERSON });
        return;
      }
      case 'doubled': {
        const { text } = this.draft;
        const own = changes.map(({ inserted }) => {
          const core = inserted.replace(/^[\r\n]+|[\r\n]+$/g, '');
          const at = text.indexOf(core, lineStart(text, before?.[0]?.start.line ?? 0));
          return at < 0 ? undefined : this.draft.copyOf(at, at + core.length);
        });
        yield* this.draft.changing(changes, () => PERSON, { cutBefore: () => own[0] });
        return;
      }
      case 'nobody': {
        const cutBefore = (inserted: string): Cutting | undefined =>
          isDistinctive(inserted) ? this.cuttings.find(inserted) : undefined;
        // What was cut or copied is put in again by a person.
        const isPasted = (change: ReportedChange | undefined): boolean =>
          change !== undefined && cutBefore(change.inserted) !== undefined;
        yield* this.draft.changing(changes, () => null, {
          cutBefore,
          around: PERSON,
          taker: (index) => (isOver(changes[index]) && isPasted(changes[index]) ? PERSON : undefined),
        });
      }
    }
  }

  private async write(): Promise<void> {
    const bytes = this.host.readNow();
    const shown = bytes === null ? null : contentOf(bytes);
    if (shown) this.host.readable(shown.text !== undefined);
    const readable = this.disk === null || this.disk.text === this.base;
    // The editor tells of a save when it is done, and does not wait for it with the next key.
    const earlier =
      readable && shown?.text !== undefined && shown.text !== this.draft.text
        ? await runSliced(this.draft.stateWith(shown.text))
        : undefined;
    const operations = await runSliced(this.draft.listing(earlier));
    const saved = (earlier?.text ?? this.draft.text).toString();
    // Else somebody wrote the file right after the save: what was saved is known all the same.
    const after = shown && (shown.text === saved || !readable) ? shown : writtenOver(this.disk, saved);
    const before = this.disk;
    const from = this.base;
    const firsts = earlier ? undefined : await runSliced(this.draft.firstsToChange(from, operations));
    await runSliced(earlier ? this.draft.savingBefore(earlier) : this.draft.saving());
    this.base = saved;
    this.disk = after;
    if (before?.bytes.equals(after.bytes) ?? false) return;
    const known = operations.some((operation) => operation.movedFrom !== undefined)
      ? withMoved(operations, await this.host.authorsOf(before?.bytes ?? null), before?.mark === true ? 1 : 0)
      : operations;
    const edit = editOf({
      path: this.path,
      before,
      after,
      from,
      to: saved,
      operations: known,
      ...(firsts ? { firsts } : {}),
    });
    if (edit) await this.host.keep(edit, before?.bytes ?? null, after.bytes);
    // Nobody is known of this save; but what was thrown away before it must not seem to have been changed further.
    else if (before && after === shown) this.had(before.bytes, after.bytes);
  }

  /**
   * What was cut or copied keeps its authors: those of older text are looked up, because it may be put into another
   * file.
   */
  private lookUp(remembered: readonly Cutting[]): void {
    const { disk } = this;
    let asked: Promise<AuthorsOf> | undefined;
    for (const cutting of remembered) {
      const places = this.draft.savedPlacesOf(cutting);
      if (places.every(({ place }) => place === undefined)) continue;
      asked ??= this.host.authorsOf(disk?.bytes ?? null);
      const found = asked.then((authorsOf) =>
        withAuthors(cutting.text, places, authorsOf, disk?.mark === true ? 1 : 0),
      );
      void this.cuttings.becomes(cutting, found).catch((error: unknown) => this.host.failed(error));
    }
  }

  /**
   * The document was read from disk anew, or a program changed it and has yet to save it. `late`: more happened since,
   * so that the file may be another already; it was the same as the document then.
   */
  private async reloaded(late: boolean): Promise<void> {
    if (!late && this.host.document().dirty) return;
    const bytes = await this.host.read();
    const content = bytes === null ? null : contentOf(bytes);
    await yieldIfDue();
    const same = content?.text === this.draft.text;
    if (!same && !late) return;
    await yieldIfDue();
    const disk = same ? content : writtenOver(this.disk, this.draft.text);
    if (this.draft.wasUnsaved) await this.readOver(this.draft.text);
    await runSliced(this.draft.loading());
    const isAnother = same && this.disk?.bytes.equals(content.bytes) === false;
    this.disk = disk;
    this.base = this.draft.text;
    // Git may have thrown away what an assistant wrote, and what is changed next must not seem to be made from that.
    if (isAnother) this.had(content.bytes);
  }

  /**
   * What is read in place of unsaved text comes from what was saved: so what stays of that is what it was, whatever had
   * been done to it.
   */
  private async readOver(text: string): Promise<void> {
    this.draft.reverting(this.base);
    await runSliced(
      this.draft.changing(await this.compared([{ offset: 0, deleted: this.base.length, inserted: text }]), () => null),
    );
  }

  private had(content: Buffer, next?: Buffer): void {
    this.host.had(content, next).catch((error: unknown) => this.host.failed(error));
  }

  /** Nothing certain is left to say about what is not saved. */
  private startOver(): void {
    this.queue = this.queue.filter((entry) => entry === 'saved'); // the text has the others' changes already
    const { text } = this.host.document();
    const draft = new Draft(this.base);
    draft.change([{ offset: 0, deleted: this.base.length, inserted: text }], () => null);
    this.draft = draft;
  }
}

/** A document that was read anew has nothing to save. */
const mayBeFromDisk = ({ dirty, event }: Waiting): boolean =>
  !dirty && !event.undo && (event.detail === undefined || event.detail.source === 'reloadFromDisk');
