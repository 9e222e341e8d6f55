/**
 * Who may be told for each line that a commit added or removed, by the rule of the design: what is new in a line, or
 * gone from it, since the parent. `must` are the hands that surely had a part in it, `may` those that may have had one.
 */
import { type Actor, isDeclared, type Ledger, linesOf, type Word } from './ledger';
import type { FileDiff } from './objects';

export interface Verdict {
  must: Set<Actor>;
  may: Set<Actor>;
  /** Nothing in this line tells it from others: it is wrong only to name somebody who had no part in any such line. */
  twin: boolean;
}

export interface Change {
  parent: ReadonlyMap<string, string>;
  files: ReadonlyMap<string, string>;
  /** Every word in the parent or before it. */
  past: ReadonlySet<string>;
  /** The commit takes another one back exactly: surely, perhaps, or not. */
  inverse: 'yes' | 'perhaps' | 'no';
}

export type Kind = 'ai' | 'human' | 'unknown';
export const kindOf = (actor: Actor): Kind =>
  actor.startsWith('ai') ? 'ai' : actor.startsWith('human') ? 'human' : 'unknown';

const verdict = (must: Iterable<Actor> = [], may: Iterable<Actor> = []): Verdict => ({
  must: new Set(must),
  may: new Set(may),
  twin: false,
});

/** The answers that the rule allows. */
export function allowed(of: Verdict): Set<Kind> {
  const must = new Set([...of.must].map(kindOf));
  const may = new Set([...of.may].map(kindOf));
  const found = new Set<Kind>();
  if (must.has('ai')) return found.add('ai');
  if (may.has('ai')) found.add('ai');
  if (must.has('unknown')) return found.add('unknown');
  if (may.has('unknown')) found.add('unknown');
  if (must.has('human') || may.has('human')) found.add('human');
  return found.size === 0 ? found.add('unknown') : found;
}

interface Line {
  at: number;
  text: string;
  words: string[];
}

export interface Told {
  added: Map<number, Verdict>;
  removed: Map<number, Verdict>;
}

/** The truth about the lines of one file of a commit. */
export function truthOf(ledger: Ledger, change: Change, diff: FileDiff): Told {
  const of = (text: string | undefined, numbers: number[]): Line[] => {
    const lines = linesOf(text ?? '');
    return numbers.map((at) => ({ at, text: lines[at - 1] ?? '', words: ledger.known(lines[at - 1] ?? '') }));
  };
  const old = of(change.parent.get(diff.from), diff.removed);
  const now = of(change.files.get(diff.path), diff.added);
  const judge = new Judge(ledger, change, old, now);
  const told: Told = { added: new Map(), removed: new Map() };
  for (const line of now) told.added.set(line.at, judge.added(line));
  for (const line of old) told.removed.set(line.at, judge.removed(line));
  for (const hunk of diff.hunks) twins(hunk, told);
  const near = [...old, ...now];
  for (const [lines, side] of [
    [now, told.added],
    [old, told.removed],
  ] as const) {
    for (const line of lines) {
      const akin = near.filter((other) => other === line || judge.akin(other, line) || judge.akin(line, other));
      const reverted = akin.some((other) => other.words.some((word) => ledger.words.get(word)?.reverted === true));
      const one = side.get(line.at);
      if (one === undefined || (change.inverse !== 'perhaps' && !reverted)) continue;
      perhaps(one);
      if (side === told.added) add(one.may, judge.handsOf(line));
    }
  }
  return told;
}

/**
 * Where the commit takes another one back exactly it is a person's, or by whom it was when it was last there; else as
 * it would be.
 */
function perhaps(one: Verdict): void {
  for (const hand of [...one.must, 'human', 'unknown']) one.may.add(hand);
  one.must.clear();
}

/** A line without words of its own goes with its hunk, too. */
function twins(hunk: FileDiff['hunks'][number], told: Told): void {
  const all = [
    ...hunk.added.flatMap((at) => told.added.get(at) ?? []),
    ...hunk.removed.flatMap((at) => told.removed.get(at) ?? []),
  ];
  const hands = new Set(all.flatMap((one) => [...one.must, ...one.may]));
  for (const one of all) if (one.twin) for (const hand of hands) one.may.add(hand);
}

class Judge {
  constructor(
    private readonly ledger: Ledger,
    private readonly change: Change,
    private readonly old: Line[],
    private readonly now: Line[],
  ) {}

  added(line: Line): Verdict {
    if (this.change.inverse === 'yes') return verdict([], ['unknown', ...this.handsOf(line)]);
    if (line.words.length === 0) return this.twin(line);
    const partners = this.old.filter((other) => this.akin(other, line));
    const found = verdict();
    const had = new Set(partners.flatMap((other) => other.words));
    const fresh = line.words.filter((word) => !had.has(word));
    for (const word of fresh) this.inserted(word, found);
    const parted = this.partedBy(line);
    for (const partner of partners) this.lost(partner, line, partners.length === 1 && parted.length === 0, found);
    add(found.may, parted);
    add(found.may, this.takenBeside(line));
    for (const word of line.words) add(found.may, this.facts(word).marked);
    for (const word of line.words) add(found.may, this.facts(word).moved);
    const copied = line.words.some((word) => holding(this.now, word) > Math.max(1, holding(this.old, word)));
    if (copied)
      for (const word of line.words)
        add(
          found.may,
          [...this.facts(word).placed, ...this.facts(word).touched].map((one) => one.actor),
        );
    if (found.must.size === 0) this.blanks(line, found);
    return found;
  }

  removed(line: Line): Verdict {
    const found = this.gone(line);
    // What is declared is said of what is there; of what went with it only as far as that stays.
    if (![...found.must, ...found.may].some(isDeclared)) return found;
    return { ...found, must: new Set(), may: new Set([...found.must, ...found.may, 'unknown']) };
  }

  private gone(line: Line): Verdict {
    if (this.change.inverse === 'yes') return verdict(['human']);
    if (line.words.length === 0) return this.twin(line);
    const partners = this.now.filter((other) => this.akin(line, other));
    if (partners.length > 0) {
      const found = partners.map((partner) => this.added(partner));
      if (
        found.length === 1 &&
        found[0] !== undefined &&
        line.words.some((word) => found.length === 1 && partners[0]?.words.includes(word))
      )
        return this.alsoGone(line, found[0]);
      return this.alsoGone(
        line,
        verdict(
          [],
          found.flatMap((one) => [...one.must, ...one.may]),
        ),
      );
    }
    const found = verdict();
    const hands = line.words.flatMap((word) => this.facts(word).taken.map((one) => one.actor));
    const others = line.words.flatMap((word) => this.facts(word).touched.map((one) => one.actor));
    add(found.may, hands);
    add(
      found.may,
      others.filter(() => hands.length > 0),
    );
    if (hands.length === 0) found.may.add('unknown');
    if (hands.length === 0) add(found.may, others);
    settle(found);
    return found;
  }

  /** A removed line with a partner may have been taken away as a whole, and the partner written anew. */
  private alsoGone(line: Line, found: Verdict): Verdict {
    const may = new Set(found.may);
    for (const word of line.words)
      add(
        may,
        this.facts(word).taken.map((one) => one.actor),
      );
    return { ...found, must: new Set(found.must), may };
  }

  /** Whoever had a hand in a line, wherever it was: what a revert brings back is by whom it was then. */
  handsOf(line: Line): Actor[] {
    const hands = (word: string): Actor[] => {
      const { by, from, taken, placed, touched, moved, marked, reverted } = this.facts(word);
      return [
        by,
        ...(from === undefined ? [] : [this.facts(from).by]),
        ...[...taken, ...placed, ...touched].map(({ actor }) => actor),
        ...moved,
        ...marked,
        ...(reverted ? ['human' as const] : []),
      ];
    };
    return [...line.words.flatMap(hands), ...(this.ledger.plain.get(line.text.trim()) ?? [])];
  }

  private facts(word: string): Word {
    const facts = this.ledger.words.get(word);
    if (facts === undefined) throw new Error(`No such word: ${word}`);
    return facts;
  }

  /** Lines of which one may have become the other: they share a word, or one was made from the other's. */
  akin(old: Line, now: Line): boolean {
    return now.words.some((word) => old.words.includes(word) || old.words.includes(this.facts(word).from ?? ''));
  }

  private inserted(word: string, found: Verdict): void {
    const facts = this.facts(word);
    const placed = new Set(facts.placed.map((one) => one.actor));
    const touched = new Set(facts.touched.map((one) => one.actor));
    if (!this.change.past.has(word)) {
      // What is declared is said of lines where they are, and not of copies. A commit that put older text elsewhere is
      // by who did. What is made of it, where the older text is not, keeps that, or looks at the parent.
      const copied = facts.placed.flatMap(({ actor, older }) => (older && actor !== facts.by ? [actor] : []));
      if (facts.restored || (isDeclared(facts.by) && facts.placed.length > 1))
        add(found.may, [facts.by, 'unknown', ...placed]);
      else if (copied.length > 0) add(found.may, [facts.by, ...copied]);
      else found.must.add(facts.by);
      // What is left of the word that it was made from is by who wrote that.
      if (facts.from !== undefined && !this.change.past.has(facts.from))
        this.inserted(facts.from, { ...found, must: found.may });
      return;
    }
    placed.delete(facts.by);
    const hands = new Set([...placed, ...touched]);
    if (hands.size === 1) add(found.must, placed);
    add(found.may, hands);
    if (hands.size !== 1) add(found.may, ['unknown', facts.by]);
  }

  /** What went out of a line that stayed otherwise. */
  private lost(partner: Line, line: Line, only: boolean, found: Verdict): void {
    const left = partner.words.filter((word) => line.words.includes(word));
    const gone = partner.words.filter(
      (word) => !line.words.includes(word) && !this.now.some((other) => other !== line && other.words.includes(word)),
    );
    const same =
      only && left.length >= gone.length && this.now.filter((other) => this.akin(partner, other)).length === 1;
    for (const word of gone) {
      const hands = new Set(this.facts(word).taken.map((one) => one.actor));
      if (hands.size === 0) found.may.add('unknown');
      add(same && hands.size === 1 ? found.must : found.may, hands);
    }
  }

  /**
   * Hands that took a word of the parent out of what was this line meanwhile, though it has none of the parent's words
   * now.
   */
  private takenBeside(line: Line): Actor[] {
    return this.tookOut(line, this.old);
  }

  /**
   * Hands that parted this line from another one that is there too: what went out before may have gone out of that one.
   */
  private partedBy(line: Line): Actor[] {
    return this.tookOut(
      line,
      this.now.filter((other) => other !== line),
      ({ length }) => length > 0,
    );
  }

  /** Hands that took a word of some lines out of what was this line; `isLine`: by the words that they left of it. */
  private tookOut(
    line: Line,
    lines: readonly Line[],
    isLine: (left: readonly string[]) => boolean = () => true,
  ): Actor[] {
    const words = new Set(lines.flatMap((other) => other.words));
    const touches = line.words.flatMap((word) => this.facts(word).touched);
    return touches.flatMap(({ actor, before, after }) => {
      const left = this.ledger.known(after);
      return isLine(left) &&
        before.flatMap((text) => this.ledger.known(text)).some((word) => words.has(word) && !left.includes(word))
        ? [actor]
        : [];
    });
  }

  /** Nothing but blanks, marks or places changed. */
  private blanks(line: Line, found: Verdict): void {
    const touches = line.words.flatMap((word) => this.facts(word).touched);
    const placed = line.words.flatMap((word) => this.facts(word).placed.slice(1));
    const hands = new Set([...touches, ...placed].map((one) => one.actor));
    add(found.may, hands);
    if (hands.size === 0) found.may.add('unknown');
    settle(found);
  }

  private twin(line: Line): Verdict {
    return {
      must: new Set(),
      may: new Set([
        'unknown',
        ...(this.ledger.plain.get(line.text.trim()) ?? []),
        ...(this.change.inverse === 'no' ? [] : ['human']),
      ]),
      twin: true,
    };
  }
}

function add<T>(to: Set<T>, from: Iterable<T>): void {
  for (const item of from) to.add(item);
}

/** One hand that may have done it, and no other: it has. */
function settle(found: Verdict): void {
  if (found.must.size === 0 && found.may.size === 1) add(found.must, found.may);
}

const holding = (lines: Line[], word: string) => lines.filter((line) => line.words.includes(word)).length;
