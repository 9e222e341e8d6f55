/** Two versions of a woven file, the one seen from the other: which characters stayed, and by whom the others are and went. */
import { momentOf, ORIGIN, untilOf, type Deed, type Ink, type Spans } from './character-store';
import { lineOf, lineStarts, splitLines } from '../diff/line-diff';
import { goneWithPlace, type Filling, type Went } from './split-lines';
import { AuthoredText, type Gone, type Hand, type Piece } from '../text/authored-text';
import { Cursor, type Strand, type Version, type Weave } from './weave';

/** What is older than the change in question: it was in the parent, or in a commit before it. */
export interface Older {
  /** Characters, by their place in the ink. */
  readonly ink: Spans;
  /** Places of this file that had them. */
  readonly places: Spans;
  /** The last deed before the parent was committed; 0 when that is not known. */
  readonly until: number;
}

/** `text` seen from `base`. */
export function view(weave: Weave, ink: Ink, base: Version, text: Version, older: Older): AuthoredText {
  const pieces: Piece[] = [];
  const gone: Gone[] = [];
  const breaks = new Breaks(base.text);
  const inBase = new Cursor(base.strands);
  const inText = new Cursor(text.strands);
  let [at, length] = [0, 0];
  let fillings: Filling[] = [];
  let wents: Went[] = [];
  const close = (): void => {
    for (const one of goneWithPlace(wents, fillings, base.text[at])) gone.push(one);
    [fillings, wents] = [[], []];
  };
  for (const strand of weave.order) {
    const was = inBase.at(strand)?.gone === null;
    const is = inText.at(strand);
    const there = is?.gone === null;
    if (was) breaks.place(at, strand.id);
    if (was && there) {
      close();
      pieces.push({ length: strand.length, base: at, by: null });
    } else if (was) {
      const deed = is?.gone ?? ORIGIN;
      wents.push({ start: at, end: at + strand.length, deed, index: fillings.length });
      breaks.removed(at, at + strand.length, deed);
    } else {
      if (there) for (const part of authorsOf({ ...is, id: strand.id, ink: strand.ink, length: strand.length }, ink, older)) pieces.push({ length: part.length, base: -1, by: part.by });
      // What was gone in between counts from when it came back; not where it is gone again by who took it out before that.
      if (is) {
        const by = is.back && !(is.gone && is.gone.order < is.back.order) ? is.back : is.put;
        const content = ink.text(strand.ink, strand.length);
        breaks.inserted(content, at, by, is.gone);
        fillings.push({ text: content, at: length, isThere: there, by, gone: is.gone });
      }
    }
    if (there) length += strand.length;
    if (was) at += strand.length;
  }
  close();
  return AuthoredText.of(base.text, text.text, pieces, gone, breaks.hands());
}

/** Who is named for the text of a strand, part by part. Rule 4 of DESIGN 1.3: text written since the parent is its writer's wherever it is; older text is by whoever put it there. */
export function authorsOf(strand: Strand, ink: Ink, older: Older): { readonly length: number; readonly by: Hand }[] {
  return older.places.cut(strand.id, strand.length).flatMap(({ start, length, inside }) => {
    // It was gone, though this version never lost it: who brought it back was not seen.
    if (inside) return [{ length, by: strand.back && strand.back.order > older.until ? strand.back.by : null }];
    const place = strand.ink + (start - strand.id);
    const birth = ink.birth(place);
    // What was put here since the parent is its own again when it comes back, such as with a stash.
    const isOwn = strand.back === null || strand.put.order > older.until;
    // White space that is there again need not be what it was.
    if ((strand.back ?? strand.put) !== birth && birth.order < older.until && !/\S/.test(ink.text(place, length))) return [{ length, by: (isOwn ? strand.put : strand.back).by }];
    if (birth === strand.put && !strand.back) return [{ length, by: birth.by }];
    const last = isOwn || strand.back.order <= older.until ? strand.put : strand.back;
    return older.ink.cut(place, length).map((part) => ({ length: part.length, by: part.inside ? last.by : birth.by }));
  });
}

interface Insert {
  readonly starts: boolean;
  readonly ends: boolean;
  readonly by: Deed;
  readonly gone: Deed | null;
}

/** A time in which a line was not as in the base. */
interface Break {
  readonly deed: Deed;
  /** Moments; `until` is not part of it. */
  readonly from: number;
  readonly until: number;
  /** What made the line whole again, as far as one deed did. */
  readonly ender: Deed | null;
}

/** When lines of the base ceased to be as they were, and by whom. */
class Breaks {
  private readonly starts: readonly number[];
  private readonly events = new Map<number, Break[]>();
  /** By the character of the base that they were put in before. */
  private readonly insertsAt = new Map<number, readonly Insert[]>();
  /** Where the strands of the base begin in it, and the places of their first characters. */
  private readonly strandStarts: number[] = [];
  private readonly ids: number[] = [];
  private readonly lost: { readonly line: number; readonly at: number; readonly deed: Deed }[] = [];
  private readonly inserts: Insert[] = [];
  private next = 0;

  constructor(private readonly base: string) {
    this.starts = lineStarts(splitLines(base));
  }

  /** The next strand of the base, and where it begins there. */
  place(at: number, id: number): void {
    this.strandStarts.push(at);
    this.ids.push(id);
  }

  removed(start: number, end: number, deed: Deed): void {
    for (let line = lineOf(this.starts, start), last = lineOf(this.starts, end - 1); line <= last; line++) {
      const at = Math.min(end, this.starts[line + 1] ?? Infinity) - 1;
      if (Math.max(start, this.starts[line] ?? 0) === at && this.base[at] === '\n') this.lost.push({ line, at, deed });
      else this.note(line, { deed, from: momentOf(deed), until: Infinity, ender: null });
    }
  }

  /**
   * A line whose break was taken away is whole all the same as long as another break stands where it stood. That of a blank line
   * below it ends it now, and the blank line is no more.
   */
  private lose(line: number, at: number, deed: Deed): void {
    const inserts = [...(this.insertsAt.get(at) ?? []), ...(this.insertsAt.get(at + 1) ?? [])];
    const since = momentOf(deed);
    const times = [since, ...timesOf(inserts).filter((time) => time > since && time < Infinity)];
    const topAt = (time: number): Insert | undefined => inserts.find((insert) => isThereAt(insert, time));
    const isBeforeBlank = this.base[at + 1] === '\n' && (this.starts[line] ?? 0) < at;
    let stood: Insert | undefined;
    times.forEach((from, i) => {
      const top = topAt(from);
      const until = times[i + 1] ?? Infinity;
      const breaker = stood && untilOf(stood.gone) === from ? stood.gone : from === since ? deed : top?.by;
      const broken = { deed: breaker ?? deed, from, until, ender: topAt(until)?.by ?? null };
      if (top?.starts !== true) for (const one of isBeforeBlank ? [line, line + 1] : [line]) this.note(one, broken);
      stood = top?.starts === true ? top : undefined;
    });
  }

  /** Text that was put in before the character at `next` at some time, in the order of the weave. */
  inserted(text: string, next: number, by: Deed, gone: Deed | null): void {
    if (this.inserts.length > 0 && this.next !== next) this.close();
    this.next = next;
    this.inserts.push({ starts: text.startsWith('\n'), ends: text.endsWith('\n'), by, gone });
  }

  /**
   * Whole lines put before or after a line do not change it; a break typed at the end of a line is a line put in below it.
   * What else was put in at the same place decides where lines start and end, as long as it was there. A blank line is no more
   * when it has text, unless a blank line came along with it.
   */
  private close(): void {
    const inserts = this.inserts.splice(0);
    this.insertsAt.set(this.next, inserts);
    const behind = this.base[this.next];
    const before = this.base[this.next - 1];
    const first = behind !== undefined && behind !== '\n' ? lineOf(this.starts, this.next) : undefined;
    const last = before !== undefined && before !== '\n' ? lineOf(this.starts, this.next - 1) : undefined;
    const blank = behind === '\n' && (before === undefined || before === '\n') ? lineOf(this.starts, this.next) : undefined;
    if (last === undefined && (first ?? blank) === undefined) return;
    if (last === undefined && inserts.every(({ ends }) => ends)) return;
    const times = timesOf(inserts);
    times.forEach((from, i) => {
      const until = times[i + 1] ?? Infinity;
      const there = inserts.filter((insert) => isThereAt(insert, from));
      const [top, bottom] = [there[0], there.at(-1)];
      if (!bottom || !top) return;
      // What was put in beside it in the same moment may have been there before it.
      const note = (line: number, insert: Insert, isWhole: (other: Insert) => boolean): void => {
        const ender = untilOf(insert.gone) === until ? insert.gone : null;
        for (const other of there) if (other === insert || (momentOf(other.by) === momentOf(insert.by) && !isWhole(other))) this.note(line, { deed: other.by, from, until, ender });
      };
      const isAbove = ({ ends }: Insert): boolean => ends;
      const isBelow = ({ starts }: Insert): boolean => starts && (behind === undefined || behind === '\n');
      if (first !== undefined && !isAbove(bottom)) note(first, bottom, isAbove);
      if (blank !== undefined && !bottom.ends && !top.starts) note(blank, bottom, ({ starts, ends }) => starts || ends);
      if (last !== undefined && !isBelow(top)) note(last, top, isBelow);
    });
  }

  /**
   * For each line that is not whole, who made it so: the first since it was whole for the last time. Of deeds of one moment each
   * may have been the first.
   */
  hands(): Map<number, Hand> {
    if (this.inserts.length > 0) this.close();
    for (const { line, at, deed } of this.lost) this.lose(line, at, deed);
    const hands = new Map<number, Hand>();
    const strands = [...this.strandStarts, Infinity];
    for (const [line, events] of this.events) {
      events.sort((a, b) => a.from - b.from);
      let firsts: Deed[] = [];
      let last: Break | undefined;
      for (const event of events) {
        const { deed, from, until } = event;
        if (!last || from > last.until) firsts = [deed];
        else if (firsts.some((first) => momentOf(first) === momentOf(deed)) || (from === last.until && isBesides(deed, last.ender))) firsts.push(deed);
        if (!last || until > last.until) last = event;
      }
      if (last?.until === Infinity) hands.set(line, this.toldFirst(this.starts[line] ?? 0, firsts, strands)?.by ?? anyOf(firsts));
    }
    return hands;
  }

  /** Of deeds of one moment, the one that is told to have been the first to change the line that starts at a place of the base. */
  private toldFirst(start: number, deeds: readonly Deed[], strands: readonly number[]): Deed | undefined {
    const [one] = deeds;
    if (!one?.firsts || one.firsts.size === 0 || deeds.some((deed) => momentOf(deed) !== momentOf(one))) return undefined;
    const index = lineOf(strands, start);
    return one.firsts.get((this.ids[index] ?? 0) + start - (strands[index] ?? 0));
  }

  private note(line: number, event: Break): void {
    const list = this.events.get(line);
    if (list) list.push(event);
    else this.events.set(line, [event]);
  }
}

const isThereAt = ({ by, gone }: Insert, time: number): boolean => momentOf(by) <= time && time < untilOf(gone);

/** The moments at which these come or go, ascending; Infinity where one stays. */
const timesOf = (inserts: readonly Insert[]): number[] => [...new Set(inserts.flatMap(({ by, gone }) => [momentOf(by), untilOf(gone)]))].sort((a, b) => a - b);

/** Whether a deed may have been done after another of the same moment. */
const isBesides = (deed: Deed, other: Deed | null): boolean => other !== null && other !== deed && momentOf(other) === momentOf(deed);

/** Who is named where it was one of these: their author, or nobody. */
function anyOf(deeds: readonly Deed[]): Hand {
  const [first] = deeds;
  if (!first || deeds.every(({ by }) => by?.author === first.by?.author)) return first?.by ?? null;
  return deeds.find(({ by }) => by?.author === 'unknown')?.by ?? null;
}
