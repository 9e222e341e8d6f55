/** What people cut or copied lately, in whichever document: put in again it keeps its authors. Pure. */
import type { Cutting } from './draft';

/** Text no longer than this may come from one key press: two characters are an auto-closed pair. */
export const LONGEST_KEY_PRESS = 2;

const MOST = 30;
const LARGEST = 200_000;

export class Cuttings {
  private list: Cutting[] = [];
  /** Of what was selected and taken to the clipboard, or may have been: what is as short as what a key press puts in. */
  private shorts: Cutting[] = [];
  /** What is being found out about some. */
  private readonly open = new Set<Promise<unknown>>();

  /** Gives those that are remembered. */
  add(cuttings: readonly Cutting[]): readonly Cutting[] {
    const kept = cuttings.filter(({ text }) => text.length <= LARGEST && text.trim().length > 1).slice(-MOST);
    this.list = [...this.list, ...kept].slice(-MOST);
    return kept;
  }

  /** The same for what was selected and may be on the clipboard now: that is remembered however short it is. */
  addSelected(cuttings: readonly Cutting[]): readonly Cutting[] {
    const short = cuttings.filter(({ text }) => isShort(text)).slice(-MOST);
    this.shorts = [...this.shorts, ...short].slice(-MOST);
    return [...new Set([...this.add(cuttings), ...short])];
  }

  /** Whether a key press that puts this in may as well be a paste of text that a person did not write. */
  mayBeOthers(inserted: string): boolean {
    const short = this.shorts.findLast(({ text }) => text === inserted);
    return short?.parts.some(({ origin }) => origin.by?.author !== 'human') ?? false;
  }

  /** More of where the parts of a cutting come from will be known. Rejects as `more` does. */
  async becomes(cutting: Cutting, more: Promise<Cutting>): Promise<void> {
    const known = more.then((by) => {
      const replaced = (list: readonly Cutting[]): Cutting[] => list.map((one) => (one === cutting ? by : one));
      this.list = replaced(this.list);
      this.shorts = replaced(this.shorts);
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

  /** The latest one with this text, whatever blanks are around it: a line that is cut whole is pasted with another line break. */
  find(text: string): Cutting | undefined {
    const core = text.trim();
    return [...this.shorts, ...this.list].findLast((cutting) => cutting.text.trim() === core);
  }
}

const isShort = (text: string): boolean => text.length <= LONGEST_KEY_PRESS && text.trim() !== '';
