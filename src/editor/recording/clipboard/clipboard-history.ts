/** What people recently cut or copied, in any document: it keeps its authors when inserted again. Pure. */
import { pieceOf, textAround, type Cutting } from '../buffer/pasted-spans';
import { PERSON } from '../classify/settle-by-detailed-reason';
import { isDistinctive } from '../document/text-lines';

/** Text no longer than this may come from one key press: two characters are an auto-closed pair. */
export const LONGEST_KEY_PRESS = 2;

const MOST = 30;
const LARGEST = 200_000;
/** Where it is uncertain which text was copied last, it may be the previous one. */
const COPIES_THAT_COUNT = 2;

/**
 * `surely`: exactly these are on the clipboard now; `perhaps`: one of them may be; `untold`: not reported, but they may
 * be.
 */
type OnClipboard = 'surely' | 'perhaps' | 'untold';

/** A text as short as a key press inserts, which was selected and is, or may be, on the clipboard. */
interface Short {
  readonly cutting: Cutting;
  /** It was certainly copied; otherwise it was deleted, possibly by a key that leaves the clipboard alone. */
  readonly copied: boolean;
  /** How many copies had been made by then. */
  readonly copies: number;
}

/** What a document loses: a refactoring may put it into another one in the same step. */
export interface Lost {
  readonly from: object;
  readonly at: number;
  readonly find: () => Promise<readonly Cutting[]>;
}

/** From one document of such a step to another. */
const MOVES_AT_MOST_MS = 1_000;

export class ClipboardHistory {
  private lost: readonly Lost[] = [];
  private list: Cutting[] = [];
  private shorts: Short[] = [];
  private copies = 0;
  /** How many times a person cut or copied in any document, counted when the editor reports it. */
  reportedCopies = 0;
  /** Pending lookups. */
  private readonly open = new Set<Promise<unknown>>();

  /** A document loses text. */
  loses(from: object, at: number, find: Lost['find']): void {
    this.lost = [...this.lost.filter((one) => at - one.at <= MOVES_AT_MOST_MS), { from, at, find }].slice(-MOST);
  }

  /** What other documents lost right before. */
  lostBefore(into: object, at: number): readonly Lost['find'][] {
    return this.lost.filter((one) => one.from !== into && at - one.at <= MOVES_AT_MOST_MS).map(({ find }) => find);
  }

  /** Returns those that are remembered. */
  add(cuttings: readonly Cutting[]): readonly Cutting[] {
    const latest = cuttings.filter(({ text }) => text.length <= LARGEST && isMoreThanAKey(text)).slice(-MOST);
    this.list = [...this.list, ...latest].slice(-MOST);
    return latest;
  }

  /** The same for selected text, which is remembered however short it is. */
  addSelected(cuttings: readonly Cutting[], on: OnClipboard): readonly Cutting[] {
    const copied = on !== 'untold';
    if (copied) this.copies += on === 'surely' ? COPIES_THAT_COUNT : 1;
    const short = cuttings.filter(({ text }) => isShort(text)).slice(-MOST);
    this.shorts = [...this.shorts, ...short.map((cutting) => ({ cutting, copied, copies: this.copies }))].slice(-MOST);
    return [...new Set([...this.add(cuttings), ...short])];
  }

  /**
   * Whether a key press that inserts this could also be a paste of text that a person did not write, if that is on the
   * clipboard.
   */
  mayBeOthers(inserted: string): boolean {
    return this.othersLike(inserted) !== undefined;
  }

  /**
   * The same when the clipboard's content is unknown: if other text was copied since, the earlier text is no longer on
   * it.
   */
  mayStillBeOthers(inserted: string): boolean {
    const others = this.othersLike(inserted);
    return others !== undefined && this.copies - others.copies < COPIES_THAT_COUNT;
  }

  /** Updates a cutting once more is known about where its parts come from. Rejects as `more` does. */
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

  /** Resolves when no lookup is pending. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.open);
  }

  /**
   * The latest one with this text, ignoring surrounding blanks: a line that is cut whole is pasted with another line
   * break. A bracket alone is in many lines, and the latest need not be the one on the clipboard: undefined where their
   * authors differ. `atSeveral`: it is inserted at one of several carets, each of which may get a line of a longer text.
   */
  find(text: string, atSeveral = false): Cutting | undefined {
    const core = text.trim();
    const found = [...this.shorts.map(({ cutting }) => cutting), ...this.list].filter(
      (cutting) => cutting.text.trim() === core,
    );
    if (core.length <= LONGEST_KEY_PRESS && new Set(found.map(authorsOf)).size > 1) return undefined;
    return found.at(-1) ?? (atSeveral ? this.lineLike(core) : undefined) ?? this.gathered(text);
  }

  /** The latest one that is a part of a text. */
  within(text: string): Cutting | undefined {
    return this.list.findLast((cutting) => isDistinctive(cutting.text) && text.includes(cutting.text.trim()));
  }

  /** A line of the latest text of several lines that has it. */
  private lineLike(core: string): Cutting | undefined {
    if (!isMoreThanAKey(core) || /[\r\n]/.test(core)) return undefined;
    const whole = this.list.findLast(({ text }) => text.split(BREAK).some((line) => line.trim() === core));
    return whole && partOf(whole, core);
  }

  /** What several selections gave, a line each, when it is pasted at one caret. */
  private gathered(text: string): Cutting | undefined {
    const lines = text.split(/(?<=\n)/);
    if (lines.length < 2) return undefined;
    const pieces: (readonly [at: number, piece: Cutting])[] = [];
    let start = 0;
    for (const line of lines) {
      const core = line.trim();
      const from = core === '' ? undefined : this.find(line);
      if (from) pieces.push([start + line.indexOf(core), partOf(from, core)]);
      else if (core !== '') return undefined;
      start += line.length;
    }
    return textAround(text, pieces, PERSON);
  }

  /** The latest one with this text that is not a person's, unless a person's was copied since. */
  private othersLike(text: string): Short | undefined {
    const found = this.shorts.findLast(({ cutting, copied }) => cutting.text === text && (copied || isOthers(cutting)));
    return found && isOthers(found.cutting) ? found : undefined;
  }
}

const BREAK = /\r\n|\r|\n/;

/** A piece of a text, which is in it, with the origins of its parts. */
const partOf = (whole: Cutting, piece: string): Cutting => pieceOf(whole, whole.text.indexOf(piece), piece);

const isShort = (text: string): boolean => text.length <= LONGEST_KEY_PRESS && text.trim() !== '';

/** A key press that deletes a character leaves nothing to paste; a cut line does, however short it is. */
const isMoreThanAKey = (text: string): boolean =>
  text.trim().length > 1 || (text.trim() !== '' && (text.length > LONGEST_KEY_PRESS || /[\r\n]/.test(text)));

const authorsOf = ({ parts }: Cutting): string =>
  [...new Set(parts.map(({ origin }) => origin.by?.author ?? 'nobody'))].sort().join(' ');

const isOthers = ({ parts }: Cutting): boolean => parts.some(({ origin }) => origin.by?.author !== 'human');
