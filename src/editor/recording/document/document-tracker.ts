/**
 * One open document: collects what happens to it, determines the authors as soon as they can be known, and records the
 * edit when the document is saved. The event handlers only collect.
 */
import { runSliced, yieldIfDue, yieldNow } from '../../time-slices';
import { howCopied, type ToldCopy } from '../clipboard/cut-or-copy';
import { Draft } from '../buffer/document-draft';
import type { Span } from '../classify/change-event';
import { PERSON } from '../classify/settle-by-detailed-reason';
import { isLeftToPerson } from '../commands/credit-for-editor-command';
import type { Cutting } from '../buffer/pasted-spans';
import type { ClipboardHistory } from '../clipboard/clipboard-history';
import { isCompared, type AuthoredChange, type TextChange } from '../buffer/text-change';
import { withAuthors, withMoved, type AuthorsOf } from '../clipboard/moved-authors';
import {
  afterAccepting,
  AT_ONCE_MS,
  mayBeOthers,
  verdictOn,
  type Tracked,
  type Understood,
  type Waiting,
} from './classify-tracked-change';
import { isEditorTemplate } from './is-editor-template';
import { contentOf, editOf, writtenOver, type Content } from './saved-edit';
import type { TrackHost } from './document-tracker-ports';
import { withKept } from './unsaved-authors-backup';
import {
  isBeforeTyping,
  isDraftOf,
  mayBeDraft,
  mayMoveAway,
  maySelectOn,
  takesOut,
  type ReportedEvent,
} from './reported-event';
import { isDistinctive, withoutBreaks } from './text-lines';
import { enact } from './apply-change-to-draft';

/** Text was cut or copied: the parts of the text at that time. */
interface Copied {
  readonly copied: readonly (readonly [start: number, end: number])[];
  readonly how: ReturnType<typeof howCopied>;
}

type Entry = Waiting | Copied | 'saved';

const isChange = (entry: Entry | undefined): entry is Waiting =>
  entry !== undefined && entry !== 'saved' && 'event' in entry;

/** The selection event comes right after its change; if it has not come by now, there is none. */
const SETTLES_AFTER_MS = 120;

/** Texts with at most this many UTF-16 code units together are compared on this thread, between two key presses. */
const COMPARED_HERE = 4_000;

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
  /** Whether those two are the same, as last compared. */
  private comparison: { readonly disk: Content | null; readonly base: string; readonly same: boolean } | undefined;
  private closed = false;
  /** What the latest change deleted, if it did nothing else. */
  private lastTaken: readonly Span[] | undefined;
  /** The same, with its origins, once the change is applied. */
  private lastCuttings: readonly Cutting[] = [];

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

  /** Must be cheap: it is called for every key press. */
  changed(reported: ReportedEvent): void {
    this.newest = this.now();
    const last = this.queue.at(-1);
    const event = afterAccepting(reported, isChange(last) ? last : undefined, this.newest);
    this.lastTaken = event.changes.every(takesOut) ? event.changes.map(({ span }) => span) : undefined;
    // The change is classified a little later, when the person may have cut or copied something else.
    const clipboard = mayBeOthers(event, this.cuttings) ? this.host.clipboard() : undefined;
    const entry: Waiting = {
      event,
      at: this.newest,
      copiesBefore: this.cuttings.reportedCopies,
      dirty: event.dirty,
      aftermath: 'none',
      ...(event.changes.some(({ deleted, inserted }) => deleted === 0 && isDistinctive(inserted))
        ? { lostElsewhere: this.cuttings.lostBefore(this, this.newest) }
        : {}),
      ...(clipboard ? { clipboard } : {}),
    };
    if (mayMoveAway(event.changes)) this.cuttings.loses(this, this.newest, this.whatIsLost(entry));
    this.queue.push(entry);
    this.schedule();
  }

  /**
   * The document is now dirty. The editor reports this only after the first change of a clean document; the change
   * event itself still reports it as clean.
   */
  dirtied(): void {
    const last = this.queue.findLast(isChange);
    if (last) last.dirty = true;
  }

  /** The editor's selections changed; `keyboard`: by typing or by a key that moves the caret. */
  selected(keyboard: boolean, after: readonly Span[]): void {
    const last = this.queue.at(-1);
    if (!isChange(last)) return;
    if (last.aftermath !== 'none') {
      const isAtOnce = !keyboard && last.aftermath === 'other' && this.now() - last.at <= AT_ONCE_MS;
      if (isAtOnce && maySelectOn(last.event, after)) last.after = after;
      return;
    }
    if (!keyboard && isBeforeTyping(last.event, after)) {
      // The one before it, reported late: a snippet that the editor put in has moved the caret.
      last.event = { ...last.event, before: after };
      return;
    }
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

  /** A person cut or copied parts of the document. Offsets are those of the current text. */
  copied(parts: readonly (readonly [start: number, end: number])[], copy?: ToldCopy): void {
    this.cuttings.reportedCopies++;
    this.queue.push({ copied: parts, how: howCopied(copy, this.lastTaken) });
    void this.drain(true);
  }

  /** The whole text with the origins of its parts, once everything so far is applied. */
  async whole(): Promise<Cutting> {
    await this.drain(true);
    return this.draft.copyOf(0, this.draft.length);
  }

  /** The same, where a person takes parts of it into another file: what is older than the last commit is theirs. */
  async wholeForOthers(): Promise<Cutting> {
    const whole = await this.whole();
    const { disk } = this;
    const authorsOf = await this.host.authorsOf(disk?.bytes ?? null);
    return withAuthors(whole.text, this.draft.savedPlacesOf(whole), authorsOf, disk?.mark === true ? 1 : 0);
  }

  /** The document was saved: records what happened before. Resolves when that is done. */
  saved(): Promise<void> {
    this.queue.push('saved');
    return this.drain(true);
  }

  /**
   * Resolves when everything is applied that can be by now: the editor may not yet have reported everything about the
   * latest key press.
   */
  settle(): Promise<void> {
    return this.drain(false);
  }

  /** What was on disk when the document last matched it. Call `settle` before. */
  get onDisk(): Content | null {
    return this.disk;
  }

  /**
   * The unsaved operations, in text order. They start from `base`; `exact`: that is the text on disk. Call `settle`
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

  /** Whether the edits start from the file's text. The result is kept because comparing long texts is slow. */
  private isBaseOnDisk(): boolean {
    const { disk, base, comparison } = this;
    if (comparison?.disk === disk && comparison.base === base) return comparison.same;
    const same = (disk?.text ?? '') === base;
    this.comparison = { disk, base, same };
    return same;
  }

  private schedule(): void {
    if (this.timer !== undefined || this.closed) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const rest = SETTLES_AFTER_MS - (this.now() - this.newest);
      if (rest <= 0 || rest > SETTLES_AFTER_MS) void this.drain(false);
      if (this.queue.length > 0) this.schedule();
    }, SETTLES_AFTER_MS);
  }

  /** Processes what waits, one batch after another. `all`: also entries about which more may still be reported. */
  private drain(all: boolean): Promise<void> {
    const batch = this.queue.splice(0, all ? this.queue.length : this.ready());
    if (batch.length > 0)
      this.work = this.work.then(() => this.perform(batch)).catch((error: unknown) => this.host.failed(error));
    return this.work;
  }

  /** How many entries at the front are complete: the editor reports nothing more about them. */
  private ready(): number {
    const open = this.queue.findIndex((entry, index) => this.isOpen(entry, this.queue[index + 1]));
    return open < 0 ? this.queue.length : open;
  }

  /** Whether the entry's selection event may still come. An input method's preview waits for its replacement. */
  private isOpen(entry: Entry, next: Entry | undefined): boolean {
    if (!isChange(entry) || entry.aftermath !== 'none') return false;
    const age = this.now() - entry.at;
    if (age < 0) return false; // the clock was set back
    if (next === undefined) return age < (mayBeDraft(entry.event) ? COMPOSES_AT_MOST_MS : SETTLES_AFTER_MS);
    return isChange(next) && age < COMPOSES_AT_MOST_MS && isDraftOf(entry.event, next.event);
  }

  private async load(text: string, dirty: boolean): Promise<void> {
    if (!dirty && isEditorTemplate(this.path, text) && isLeftToPerson(this.host.surroundings()))
      await this.host.keep({ by: PERSON, file: { path: this.path } }, null, Buffer.from(text));
    const bytes = await this.host.read();
    this.disk = bytes === null ? null : contentOf(bytes);
    const onDisk = this.disk?.text;
    if (this.disk) this.host.readable(onDisk !== undefined);
    if (onDisk === undefined || onDisk === text) return;
    if (!dirty && !this.host.document().dirty) {
      // The file was written since it was opened; or else only the line breaks differ, which the editor normalises.
      if (withoutBreaks(onDisk) !== withoutBreaks(text)) this.disk = writtenOver(this.disk, text);
      return;
    }
    // Opened with unsaved changes from an earlier session: who made them is unknown, as far as it was not kept.
    this.base = onDisk;
    this.draft = withKept(onDisk, this.host.keptUnsaved(onDisk));
    const changes = await this.compared([{ offset: 0, deleted: this.draft.length, inserted: text }]);
    if (this.draft.text === text) return;
    const by = (await this.host.authorInChat(text)) ?? null;
    await runSliced(this.draft.changing(changes, () => by));
  }

  private async perform(entries: readonly Entry[]): Promise<void> {
    let inStep = true;
    for (const [index, entry] of entries.entries()) {
      await yieldIfDue();
      if (entry === 'saved') await this.write();
      else if (!inStep) continue;
      else if (!isChange(entry)) this.remember(entry);
      else {
        if (entry.event.changes.every(takesOut)) this.lastCuttings = this.draft.cuttingsOf(entry.event.changes);
        entry.takes?.(this.draft.cuttingsOf(entry.event.changes.filter(takesOut)));
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
        [...(how === 'copied' ? [] : this.lastCuttings), ...there],
        how === 'unsure' ? 'perhaps' : 'surely',
      ),
    );
  }

  private get tracked(): Tracked {
    const { draft, host, cuttings } = this;
    return { draft, host, cuttings };
  }

  /** Undefined when our text no longer matches the editor's. */
  private async apply(entry: Waiting): Promise<Understood | undefined> {
    try {
      const { takenOver } = entry.event;
      const verdict: Understood = takenOver
        ? { kind: 'takenOver', from: await takenOver }
        : await verdictOn(entry, this.tracked);
      // The authors of what was just copied may still be being looked up.
      if (verdict.kind !== 'by') await this.cuttings.settle();
      const lost = verdict.kind === 'commanded' ? entry.lostElsewhere : undefined;
      const moved = (await Promise.all(lost?.map((find) => find()) ?? [])).flat();
      const around = verdict.kind === 'commanded' && verdict.around ? this.cuttings.find(verdict.around) : undefined;
      if (around) moved.push(around);
      const event = { ...entry.event, changes: await this.compared(entry.event.changes) };
      await runSliced(enact(event, verdict, this.tracked, (cut) => this.lookUp(cut), moved));
      return verdict;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.startOver();
      return undefined;
    }
  }

  /** The changes, with the differences within long replacements, such as a file that was reloaded from disk. */
  private compared<Change extends TextChange>(changes: readonly Change[]): Promise<readonly Change[]> {
    return Promise.all(
      changes.map(async (change) => {
        const old = this.draft.slice(change.offset, change.offset + change.deleted);
        const isLong = old.length + change.inserted.length > COMPARED_HERE && isCompared(old, change.inserted);
        if (!isLong) return change;
        await yieldNow(); // long texts are copied for another thread
        const splices = await this.host.compare(old, change.inserted).catch(() => undefined); // then it is compared here
        return splices ? { ...change, splices } : change;
      }),
    );
  }

  private async write(): Promise<void> {
    const bytes = this.host.readNow();
    const shown = bytes === null ? null : contentOf(bytes);
    if (shown) this.host.readable(shown.text !== undefined);
    const readable = this.disk === null || this.disk.text === this.base;
    // The editor reports a save only when it is done, and accepts further typing meanwhile.
    const earlier =
      readable && shown?.text !== undefined && shown.text !== this.draft.text
        ? await runSliced(this.draft.stateWith(shown.text))
        : undefined;
    const operations = await runSliced(this.draft.listing(earlier));
    const saved = (earlier?.text ?? this.draft.text).toString();
    // If not, somebody wrote the file right after the save: what was saved is known all the same.
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
      encoder: isLeftToPerson(this.host.surroundings()) ? PERSON : null,
    });
    if (edit) await this.host.keep(edit, before?.bytes ?? null, after.bytes);
    // The authors of this save are unknown; but what was discarded before it must not seem to have been edited further.
    else if (before && after === shown) this.had(before.bytes, after.bytes);
  }

  /**
   * Cut or copied text keeps its authors. Those of older text are looked up, because it may be pasted into another
   * file.
   */
  private lookUp(remembered: readonly Cutting[]): void {
    for (const [cutting, find] of this.lookUps(remembered))
      void this.cuttings.becomes(cutting, find()).catch((error: unknown) => this.host.failed(error));
  }

  /** For those with older text, how to find its authors; where that stands is known now only. */
  private lookUps(cuttings: readonly Cutting[]): ReadonlyMap<Cutting, () => Promise<Cutting>> {
    const { disk } = this;
    let authors: Promise<AuthorsOf> | undefined;
    return new Map(
      cuttings.flatMap((cutting) => {
        const places = this.draft.savedPlacesOf(cutting);
        if (places.every(({ place }) => place === undefined)) return [];
        const find = async (): Promise<Cutting> => {
          authors ??= this.host.authorsOf(disk?.bytes ?? null);
          return withAuthors(cutting.text, places, await authors, disk?.mark === true ? 1 : 0);
        };
        return [[cutting, find] as const];
      }),
    );
  }

  /** What a change takes out, with its authors. It waits for nothing that is reported after the change. */
  private whatIsLost(entry: Waiting): () => Promise<readonly Cutting[]> {
    let lost: readonly Cutting[] = [];
    let known: ReadonlyMap<Cutting, () => Promise<Cutting>> = new Map();
    const applied = new Promise<void>((resolve) => {
      entry.takes = (cuttings) => {
        lost = cuttings;
        known = this.lookUps(cuttings);
        resolve();
      };
    });
    return async () => {
      await Promise.race([applied, this.drain(true)]);
      return Promise.all(lost.map((cutting) => known.get(cutting)?.() ?? Promise.resolve(cutting)));
    };
  }

  /**
   * The document was reloaded from disk, or a program changed it and has yet to save it. `late`: more happened since,
   * so that the file may have changed again; when it was reloaded, it was the same as the document.
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
    // Git may have discarded what an assistant wrote, and the next change must not seem to be based on that.
    if (isAnother) this.had(content.bytes);
  }

  /**
   * Text that is reloaded over unsaved text is based on the saved text: what remains of that keeps its authors,
   * whatever the unsaved edits did to it.
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

  /** Starts again from the saved text: nothing certain is known about the unsaved changes. */
  private startOver(): void {
    this.queue = this.queue.filter((entry) => entry === 'saved'); // the text has the others' changes already
    const { text } = this.host.document();
    const draft = new Draft(this.base);
    draft.change([{ offset: 0, deleted: this.base.length, inserted: text }], () => null);
    this.draft = draft;
  }
}

/** Whether a change may be a reload from disk: a reloaded document is not dirty. */
const mayBeFromDisk = ({ dirty, event }: Waiting): boolean =>
  !dirty && !event.undo && (event.detail === undefined || event.detail.source === 'reloadFromDisk');
