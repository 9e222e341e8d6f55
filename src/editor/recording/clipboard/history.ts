/** What people cut or copied lately, in whichever document: put in again it keeps its authors. Pure. */
import type { Cutting } from '../buffer/cutting';

/** Text no longer than this may come from one key press: two characters are an auto-closed pair. */
export const LONGEST_KEY_PRESS = 2;

const MOST = 30;
const LARGEST = 200_000;
/** Where it is not sure which text was copied last, it may be the one before. */
const COPIES_THAT_COUNT = 2;

/**
 * `surely`: just these are on the clipboard now; `perhaps`: one of them may be; `untold`: nobody said that they are,
 * and they may be.
 */
type OnClipboard = 'surely' | 'perhaps' | 'untold';

/** A text as short as what a key press puts in, which was selected and is on the clipboard, or may be. */
interface Short {
  readonly cutting: Cutting;
  /** It was copied for sure; else it was taken out, and that may have been by a key that leaves the clipboard alone. */
  readonly copied: boolean;
  /** How many copies there were by then. */
  readonly copies: number;
}

export class ClipboardHistory {
  private list: Cutting[] = [];
  private shorts: Short[] = [];
  private copies = 0;
  /** What is being found out about some. */
  private readonly open = new Set<Promise<unknown>>();

  /** Gives those that are remembered. */
  add(cuttings: readonly Cutting[]): readonly Cutting[] {
    const kept = cuttings.filter(({ text }) => text.length <= LARGEST && isMoreThanAKey(text)).slice(-MOST);
    this.list = [...this.list, ...kept].slice(-MOST);
    return kept;
  }

  /** The same for what was selected: that is remembered however short it is. */
  addSelected(cuttings: readonly Cutting[], on: OnClipboard): readonly Cutting[] {
    const copied = on !== 'untold';
    if (copied) this.copies += on === 'surely' ? COPIES_THAT_COUNT : 1;
    const short = cuttings.filter(({ text }) => isShort(text)).slice(-MOST);
    this.shorts = [...this.shorts, ...short.map((cutting) => ({ cutting, copied, copies: this.copies }))].slice(-MOST);
    return [...new Set([...this.add(cuttings), ...short])];
  }

  /**
   * Whether a key press that puts this in may as well be a paste of text that a person did not write, if that is on the
   * clipboard.
   */
  mayBeOthers(inserted: string): boolean {
    return this.othersLike(inserted) !== undefined;
  }

  /**
   * The same where nobody can say what is on the clipboard: when other text was copied since, it is not that any more.
   */
  mayStillBeOthers(inserted: string): boolean {
    const others = this.othersLike(inserted);
    return others !== undefined && this.copies - others.copies < COPIES_THAT_COUNT;
  }

  /** More of where the parts of a cutting come from will be known. Rejects as `more` does. */
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

  /** Resolves when no more is being found out about any. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.open);
  }

  /**
   * The latest one with this text, whatever blanks are around it: a line that is cut whole is pasted with another line
   * break. A bracket alone stands in many lines, and the latest need not be the one on the clipboard: none where they
   * are by different authors.
   */
  find(text: string): Cutting | undefined {
    const core = text.trim();
    const found = [...this.shorts.map(({ cutting }) => cutting), ...this.list].filter(
      (cutting) => cutting.text.trim() === core,
    );
    return core.length <= LONGEST_KEY_PRESS && new Set(found.map(authorsOf)).size > 1 ? undefined : found.at(-1);
  }

  /** The latest one with this text that is not a person's, unless a person's was copied since. */
  private othersLike(text: string): Short | undefined {
    const found = this.shorts.findLast(({ cutting, copied }) => cutting.text === text && (copied || isOthers(cutting)));
    return found && isOthers(found.cutting) ? found : undefined;
  }
}

const isShort = (text: string): boolean => text.length <= LONGEST_KEY_PRESS && text.trim() !== '';

/** A key press that takes out a character leaves nothing to paste; a line that is cut does, however short it is. */
const isMoreThanAKey = (text: string): boolean =>
  text.trim().length > 1 || (text.trim() !== '' && (text.length > LONGEST_KEY_PRESS || /[\r\n]/.test(text)));

const authorsOf = ({ parts }: Cutting): string =>
  [...new Set(parts.map(({ origin }) => origin.by?.author ?? 'nobody'))].sort().join(' ');

const isOthers = ({ parts }: Cutting): boolean => parts.some(({ origin }) => origin.by?.author !== 'human');
