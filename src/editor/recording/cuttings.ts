/** What people cut or copied lately, in whichever document: put in again it keeps its authors. Pure. */
import type { Cutting } from './draft';

const MOST = 30;
const LARGEST = 200_000;

export class Cuttings {
  private list: Cutting[] = [];

  /** Gives those that are remembered. */
  add(cuttings: readonly Cutting[]): readonly Cutting[] {
    const kept = cuttings.filter(({ text }) => text.length <= LARGEST && text.trim().length > 1).slice(-MOST);
    this.list = [...this.list, ...kept].slice(-MOST);
    return kept;
  }

  /** More is known of where the parts of a cutting come from. */
  replace(cutting: Cutting, by: Cutting): void {
    this.list = this.list.map((one) => (one === cutting ? by : one));
  }

  /** The latest one with this text, whatever blanks are around it: a line that is cut whole is pasted with another line break. */
  find(text: string): Cutting | undefined {
    const core = text.trim();
    return this.list.findLast((cutting) => cutting.text.trim() === core);
  }
}
