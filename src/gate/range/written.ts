/** What the range wrote so far, for lines that come again. Pure. */
import { isDistinctive, withoutFormatting } from '../../attribution';
import { worse, type Taint } from './taint';

/** A line that was written behind more different ones is found behind these only. */
const BEHIND_AT_MOST = 4;

/** What is known of lines that say the same. */
interface Known {
  taint: Taint;
  /** Essences of lines that one was written behind. */
  readonly behind: string[];
}

/**
 * The lines that the range wrote so far, by what they say: a line that says the same is one of them, moved or copied. A
 * line that two may well write by chance, such as a bracket, is taken for one of them only beside another, where one
 * was taken out in the same commit, or in a block that says enough as a whole and was written just so.
 */
export class Written {
  private readonly byKey = new Map<string, Known>();

  /** `key`: the essence of the line's text; `behind`: that of the line before it, empty where there is none. */
  add(key: string, taint: Taint, behind: string): void {
    if (key === '' || taint.exempt) return;
    const known = this.byKey.get(key);
    if (known === undefined) {
      this.byKey.set(key, { taint, behind: behind === '' ? [] : [behind] });
      return;
    }
    known.taint = worse(taint, known.taint);
    if (behind !== '' && known.behind.length < BEHIND_AT_MOST && !known.behind.includes(behind))
      known.behind.push(behind);
  }

  /**
   * What each of some lines that follow each other has from lines that say the same, and the essence of each. `isGone`:
   * whether the commit took a line with this essence out.
   */
  of(
    texts: readonly string[],
    isGone: (key: string) => boolean,
  ): { readonly keys: readonly string[]; readonly taints: readonly (Taint | null)[] } {
    const keys = texts.map(withoutFormatting);
    if (!keys.some((key) => this.byKey.has(key))) return { keys, taints: [] };
    const found = texts.map((text, index): Found => {
      const key = keys[index] ?? '';
      const taint = this.byKey.get(key)?.taint ?? null;
      return {
        key,
        text,
        taint,
        sure: taint !== null && (isDistinctive(text) || (/\w/.test(key) && isGone(key))),
      };
    });
    const told = found.filter(({ key }) => key !== '');
    this.knowBlocks(told);
    spread(told);
    spread(told.reverse());
    return { keys, taints: found.map(({ taint, sure }) => (sure ? taint : null)) };
  }

  /** Lines in the order in which they were written before are the same ones where they say enough together. */
  private knowBlocks(lines: readonly Found[]): void {
    for (let start = 0; start < lines.length;) {
      let end = start + 1;
      while (end < lines.length && this.isBehind(lines[end], lines[end - 1])) end++;
      const block = lines.slice(start, end);
      if (
        block.length > 1 &&
        !block.every(({ sure }) => sure) &&
        isDistinctive(block.map(({ text }) => text).join(' '))
      )
        for (const one of block) one.sure = true;
      start = end;
    }
  }

  private isBehind(line: Found | undefined, before: Found | undefined): boolean {
    return (
      before !== undefined &&
      before.taint !== null &&
      this.byKey.get(line?.key ?? '')?.behind.includes(before.key) === true
    );
  }
}

interface Found {
  readonly key: string;
  readonly text: string;
  readonly taint: Taint | null;
  sure: boolean;
}

/** A line beside one that is known for sure is known too. */
function spread(lines: readonly Found[]): void {
  let near = false;
  for (const one of lines) {
    if (near && one.taint !== null) one.sure = true;
    near = one.sure;
  }
}
