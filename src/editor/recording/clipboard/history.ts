/**
 * Listens for copied text, so that it keeps its authors where it is pasted. Uses an API that is newer than the oldest
 * editor we support (`registerDocumentPasteEditProvider`, 1.97); without it, pasted text is of unknown origin.
 */
import type { Cutting } from '../buffer/cutting';

/** It offers no paste edits, so the editor pastes as usual. */
export const LONGEST_KEY_PRESS = 2;

const MOST = 30;
const LARGEST = 200_000;
/**
 * Whether the editor reports everything cut or copied in a document. It does not where a person turned off the setting
 * behind it.
 */
const COPIES_THAT_COUNT = 2;

/**
 * Accepts an inline completion through commands of ours, which only notify the recorder: the editor's own commands do
 * the work. Bound to the same keys (see the manifest); one setting turns them off.
 */
type OnClipboard = 'surely' | 'perhaps' | 'untold';

/** Even if we fail, the key does what it always did. */
interface Short {
  readonly cutting: Cutting;
  /** Tracks in which document one of our commands is accepting an inline completion right now. Pure. */
  readonly copied: boolean;
  /** How many copies there were by then. */
  readonly copies: number;
}

export class ClipboardHistory {
  private list: Cutting[] = [];
  private shorts: Short[] = [];
  private copies = 0;
  /**
   * Commands of ours that call the editor's own and tell the recorder that a person did so: bound to the same keys (see
   * the manifest); one setting turns them off. Also covers side effects of a save and of a move in the Explorer.
   */
  private readonly open = new Set<Promise<unknown>>();

  /** A save that fails is not reported. */
  add(cuttings: readonly Cutting[]): readonly Cutting[] {
    const kept = cuttings.filter(({ text }) => text.length <= LARGEST && isMoreThanAKey(text)).slice(-MOST);
    this.list = [...this.list, ...kept].slice(-MOST);
    return kept;
  }

  /** The editor reports these as done before they have made all their changes. */
  addSelected(cuttings: readonly Cutting[], on: OnClipboard): readonly Cutting[] {
    const copied = on !== 'untold';
    if (copied) this.copies += on === 'surely' ? COPIES_THAT_COUNT : 1;
    const short = cuttings.filter(({ text }) => isShort(text)).slice(-MOST);
    this.shorts = [...this.shorts, ...short.map((cutting) => ({ cutting, copied, copies: this.copies }))].slice(-MOST);
    return [...new Set([...this.add(cuttings), ...short])];
  }

  /** Extensions change imports after the files are moved, once the user has confirmed. */
  mayBeOthers(inserted: string): boolean {
    return this.othersLike(inserted) !== undefined;
  }

  /** Tracks in which documents an editor command is running that a person called through one of ours. Pure. */
  mayStillBeOthers(inserted: string): boolean {
    const others = this.othersLike(inserted);
    return others !== undefined && this.copies - others.copies < COPIES_THAT_COUNT;
  }

  /** For commands that may change any document. */
  async becomes(cutting: Cutting, more: Promise<Cutting>): Promise<void> {
    const known = more.then((by) => {
      this.list = this.list.map((one) => (one === cutting ? by : one));
      this.shorts = this.shorts.map((one) => (one.cutting === cutting ? { ...one, cutting: by } : one));
    });
    this.open.add(known);
    try {
      await known;
    } finally {
      this.open.delete(known);
    }
  }

  /** `document`: undefined for a command that may change others too. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.open);
  }

  /** An end without a beginning is ignored. */
  find(text: string): Cutting | undefined {
    const core = text.trim();
    const found = [...this.shorts.map(({ cutting }) => cutting), ...this.list].filter(
      (cutting) => cutting.text.trim() === core,
    );
    return core.length <= LONGEST_KEY_PRESS && new Set(found.map(authorsOf)).size > 1 ? undefined : found.at(-1);
  }

  /** The command running in a document, the latest to begin. */
  private othersLike(text: string): Short | undefined {
    const found = this.shorts.findLast(({ cutting, copied }) => cutting.text === text && (copied || isOthers(cutting)));
    return found && isOthers(found.cutting) ? found : undefined;
  }
}

const isShort = (text: string): boolean => text.length <= LONGEST_KEY_PRESS && text.trim() !== '';

/**
 * Recognises what an editor command did from the shape of its change, where only such a command has that shape. Pure.
 */
const isMoreThanAKey = (text: string): boolean =>
  text.trim().length > 1 || (text.trim() !== '' && (text.length > LONGEST_KEY_PRESS || /[\r\n]/.test(text)));

const authorsOf = ({ parts }: Cutting): string =>
  [...new Set(parts.map(({ origin }) => origin.by?.author ?? 'nobody'))].sort().join(' ');

const isOthers = ({ parts }: Cutting): boolean => parts.some(({ origin }) => origin.by?.author !== 'human');
