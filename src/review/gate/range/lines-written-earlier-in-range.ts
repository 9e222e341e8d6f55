/** What the range has written so far, to recognize lines that recur. Pure. */
import { isDistinctive, withoutFormatting } from '../../../provenance/authorship';
import { worse, type Taint } from './inherited-line-authorship';

/** A line that was written after more different lines is only recognized after this many of them. */
const BEHIND_AT_MOST = 4;

/** What is known about lines with the same text. */
interface Known {
  taint: Taint;
  /** Essences of the lines before it. */
  readonly behind: string[];
}

/**
 * The lines that the range has written so far, by their text: a line with the same text is one of them, moved or
 * copied. A line that two people may well write by chance, such as a bracket, is only taken for one of them next to
 * another one, where one was removed in the same commit, or in a block that is distinctive as a whole and was written
 * just like that.
 */
export class Written {
  private readonly byKey = new Map<string, Known>();

  /** `key`: the essence of the line's text; `behind`: that of the line before it, empty when there is none. */
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
   * For some consecutive lines, the authorship that each inherits from lines with the same text, and the essence of
   * each. `isGone`: whether the commit removed a line with this essence.
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
      return { key, text, taint, sure: taint !== null && (isDistinctive(text) || (/\w/.test(key) && isGone(key))) };
    });
    const solid = found.filter(({ key }) => key !== '');
    this.knowBlocks(solid);
    spread(solid);
    spread(solid.reverse());
    return { keys, taints: found.map(({ taint, sure }) => (sure ? taint : null)) };
  }

  /**
   * Consecutive lines that were written in the same order before are the same ones if they are distinctive together.
   */
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
        for (const written of block) written.sure = true;
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

/** A line next to one that is known for sure is known too. */
function spread(lines: readonly Found[]): void {
  let near = false;
  for (const line of lines) {
    if (near && line.taint !== null) line.sure = true;
    near = line.sure;
  }
}
