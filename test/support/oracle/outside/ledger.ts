/**
 * What the outside oracle knows: each word is made once, by one hand, and is told from all others. So whatever git does
 * with a text, its words still say who wrote them; the ledger adds who took a word out, put it elsewhere, or changed
 * the blanks and marks around it.
 */

/** `human`, `unknown`, or `ai:TOOL:SESSION`; `human:declared` and `ai:TOOL:` by somebody's word afterwards. */
export type Actor = string;
export const isDeclared = (actor: Actor): boolean => actor === 'human:declared' || /^ai:[^:]*:$/.test(actor);

/** What one hand did to a line at one moment; `before` and `after` are lines with their ends. */
export interface Touch {
  actor: Actor;
  at: number;
  before: readonly string[];
  after: string;
}

export interface Word {
  by: Actor;
  /** The word that this one was made from, by changing a character. */
  from: string | undefined;
  /** The moment when each hand took it out of a file. */
  taken: { actor: Actor; at: number }[];
  /** The moment when each hand put it into a file, and whether a commit had it by then. */
  placed: { actor: Actor; at: number; older: boolean }[];
  /** Lines with it that were changed in any way or moved. */
  touched: Touch[];
  /** Hands that made it change places with other lines. */
  moved: Set<Actor>;
  /** Hands that changed marks in its line. */
  marked: Set<Actor>;
  /** git put it back, or took it away, at the word of nobody. */
  restored: boolean;
  /** A commit that took another one back had it: what that took away is a person's. */
  reverted: boolean;
}

export const WORD = /[\p{L}\p{N}]+/gu;

/** Lines with their ends. */
export const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
export const tokensOf = (line: string): string[] => line.match(WORD) ?? [];
const marksOf = (line: string) => line.replace(/[\p{L}\p{N}\s]/gu, '');

export class Ledger {
  readonly words = new Map<string, Word>();
  /** Hands that put in, took out or moved lines without a word of their own, by text without blanks at its ends. */
  readonly plain = new Map<string, Set<Actor>>();
  private now = 0;

  make(word: string, by: Actor, from?: string): void {
    this.words.set(word, {
      by,
      from,
      taken: [],
      placed: [],
      touched: [],
      moved: new Set(),
      marked: new Set(),
      restored: false,
      reverted: false,
    });
  }

  /** The words of a line that are known. */
  known(line: string): string[] {
    return tokensOf(line).filter((token) => this.words.has(token));
  }

  /** Takes down what `actor` made of the files. `past`: the words that HEAD has or had. */
  observe(
    actor: Actor,
    before: ReadonlyMap<string, string>,
    after: ReadonlyMap<string, string>,
    past: ReadonlySet<string>,
  ): void {
    this.now += 1;
    for (const path of new Set([...before.keys(), ...after.keys()])) {
      const old = before.get(path) ?? '';
      const now = after.get(path) ?? '';
      if (old !== now) this.observeFile(actor, linesOf(old), linesOf(now), past);
    }
  }

  /** Takes down what git brought back or took away where nobody is recorded as having asked for it. */
  restore(
    before: ReadonlyMap<string, string>,
    after: ReadonlyMap<string, string>,
    past: ReadonlySet<string>,
    reverts: boolean,
  ): void {
    for (const path of new Set([...before.keys(), ...after.keys()])) {
      const [old, now] = [before.get(path) ?? '', after.get(path) ?? ''];
      if (old === now) continue;
      for (const line of [...linesOf(old), ...linesOf(now)])
        for (const word of this.known(line)) this.mark(word, reverts);
    }
    this.observe('unknown', before, after, past);
    if (reverts) for (const hands of this.plain.values()) if (hands.has('unknown')) hands.add('human');
  }

  /**
   * Takes down what was settled: who takes one side of a conflict may not have been the one who took the other's words
   * away.
   */
  settle(
    actor: Actor,
    before: ReadonlyMap<string, string>,
    after: ReadonlyMap<string, string>,
    past: ReadonlySet<string>,
  ): void {
    this.observe(actor, before, after, past);
    for (const { taken } of this.words.values())
      if (taken.at(-1)?.at === this.now) taken.push({ actor: 'unknown', at: this.now });
  }

  private mark(word: string, reverts: boolean): void {
    const facts = this.words.get(word);
    if (facts === undefined) return;
    facts.restored = true;
    facts.reverted ||= reverts;
  }

  private observeFile(actor: Actor, old: string[], now: string[], past: ReadonlySet<string>): void {
    const [had, has] = [this.places(old), this.places(now)];
    for (const word of new Set([...had.keys(), ...has.keys()])) {
      const facts = this.words.get(word);
      if (facts === undefined) continue;
      const [were, are] = [had.get(word) ?? [], has.get(word) ?? []];
      if (were.length > are.length) facts.taken.push({ actor, at: this.now });
      if (are.length > were.length) facts.placed.push({ actor, at: this.now, older: past.has(word) });
      const [was, is] = [were.map((at) => old[at] ?? ''), are.map((at) => now[at] ?? '')];
      for (const line of is)
        if (!was.includes(line)) facts.touched.push({ actor, at: this.now, before: was, after: line });
      for (const line of was)
        if (!is.includes(line) && is.length === 0) facts.touched.push({ actor, at: this.now, before: was, after: '' });
      if (was.length > 0 && is.some((line) => !was.some((other) => marksOf(other) === marksOf(line))))
        facts.marked.add(actor);
    }
    this.observeOrder(actor, old, had, now, has);
    this.observePlain(actor, old, now);
  }

  /** Lines that changed places are touched, whichever of them was moved. */
  private observeOrder(
    actor: Actor,
    old: string[],
    had: Map<string, number[]>,
    now: string[],
    has: Map<string, number[]>,
  ): void {
    const both = [...had].flatMap(([word, [was, more]]) => {
      const [is, again] = has.get(word) ?? [];
      return was === undefined || is === undefined || more !== undefined || again !== undefined
        ? []
        : [{ word, was, is }];
    });
    // Of a line that stands there more than once nobody can say which one went where.
    for (const [word, places] of [...had, ...has]) {
      const facts = places.length > 1 ? this.words.get(word) : undefined;
      facts?.moved.add(actor);
      facts?.touched.push({ actor, at: this.now, before: places.map((at) => old[at] ?? ''), after: '' });
    }
    const several = [...had.values(), ...has.values()].some((places) => places.length > 1);
    const beside = (one: { was: number; is: number }) =>
      several && (old[one.was - 1] !== now[one.is - 1] || old[one.was + 1] !== now[one.is + 1]);
    for (const one of both) {
      if (!beside(one) && !both.some((other) => (one.was - other.was) * (one.is - other.is) < 0)) continue;
      const facts = this.words.get(one.word);
      facts?.touched.push({ actor, at: this.now, before: [old[one.was] ?? ''], after: now[one.is] ?? '' });
      facts?.moved.add(actor);
    }
  }

  private observePlain(actor: Actor, old: string[], now: string[]): void {
    const moved = old.some((line) => !now.includes(line)) || now.some((line) => !old.includes(line));
    for (const line of new Set([...old, ...now])) {
      if (this.known(line).length > 0) continue;
      const count = (lines: string[]) => lines.filter((other) => other === line).length;
      if (count(old) === count(now) && !moved) continue;
      const hands = this.plain.get(line.trim()) ?? new Set();
      this.plain.set(line.trim(), hands.add(actor));
    }
  }

  private places(lines: string[]): Map<string, number[]> {
    const found = new Map<string, number[]>();
    lines.forEach((line, at) => {
      for (const word of this.known(line)) found.set(word, [...(found.get(word) ?? []), at]);
    });
    return found;
  }
}
