/** Adds up the figures of a group. */
import type { Counts } from '../../provenance/authorship/types';
import type { Cohort, Figures, Part, Survival } from './types';

const DAY = 86_400;

interface Count {
  count: number;
  of: number;
}
const none = (): Count => ({ count: 0, of: 0 });

export class Sum {
  /** Who made the commits. */
  readonly people = new Set<string>();
  private commits = 0;
  private aiCommits = 0;
  private readonly added = { ai: 0, human: 0, unknown: 0 };
  private readonly removed = { ai: 0, human: 0, unknown: 0 };
  private readonly coverage = none();
  private unrecorded = 0;
  /** Of the current commit, in this group. */
  private unknownLines = 0;
  private readonly after = { ai: [none(), none()], human: [none(), none()] } as const;
  private readonly reverted = { ai: none(), human: none() };
  /** The authors with lines of the current commit in this group. */
  private readonly hands = new Set<keyof Counts>();

  private readonly findings = { ai: 0, human: 0, unknown: 0 };

  /** `looked`: findings were looked for. */
  constructor(private readonly looked: boolean) {}

  /** A danger rule found something in lines of this author. */
  finding(author: keyof Counts): void {
    this.findings[author]++;
  }

  /** Lines of the current commit; none: a change without lines. */
  lines(author: keyof Counts, added: number, removed: number): void {
    this.added[author] += added;
    this.removed[author] += removed;
    if (author === 'unknown') this.unknownLines += added + removed;
    this.hands.add(author);
  }

  /**
   * Ends the current commit: once for each commit with something in this group. `covered`: it has a note; `recorded`: a
   * note or trailers.
   */
  commit({
    covered,
    recorded,
    reverted,
    person,
  }: {
    readonly covered: boolean;
    readonly recorded: boolean;
    readonly reverted: boolean;
    readonly person: string | null;
  }): void {
    const ai = this.hands.has('ai');
    this.commits++;
    if (ai) this.aiCommits++;
    this.coverage.of++;
    if (covered) this.coverage.count++;
    if (person !== null) this.people.add(person);
    const side = ai ? this.reverted.ai : this.hands.has('human') ? this.reverted.human : undefined;
    if (side) side.of++;
    if (side && reverted) side.count++;
    if (!recorded) this.unrecorded += this.unknownLines;
    this.unknownLines = 0;
    this.hands.clear();
  }

  /** Lines of a commit that is `age` seconds old at the end of the period. */
  survived(author: keyof Counts, { added, entered, left30, left90 }: Cohort, age: number): void {
    if (author === 'unknown') return;
    for (const [index, days, survivors] of [
      [0, 30, left30],
      [1, 90, left90],
    ] as const) {
      if (age < days * DAY) continue;
      this.after[author][index].of += added;
      this.after[author][index].count += Math.max(0, Math.min(entered, added) - survivors);
    }
  }

  /** `of`: the base of AI's share; default: all lines of the group. */
  figures(of?: number): Figures {
    const { added, removed } = this;
    const sum = (author: keyof Counts): number => added[author] + removed[author];
    const all = sum('ai') + sum('human') + sum('unknown');
    const survival = (author: 'ai' | 'human'): Survival => ({
      after30: part(this.after[author][0]),
      after90: part(this.after[author][1]),
    });
    return {
      commits: this.commits,
      aiCommits: this.aiCommits,
      added: { ...added },
      removed: { ...removed },
      ai: { count: sum('ai'), of: of ?? all },
      unknown: { count: sum('unknown'), of: all },
      unrecorded: { count: this.unrecorded, of: sum('unknown') },
      coverage: part(this.coverage),
      survival: { ai: survival('ai'), human: survival('human') },
      reverted: { ai: part(this.reverted.ai), human: part(this.reverted.human) },
      findings: this.looked ? { ...this.findings } : null,
    };
  }
}

const part = ({ count, of }: Count): Part => ({ count, of });

/** A part as a number; null when the whole is 0. */
export const share = ({ count, of }: Part): number | null => (of === 0 ? null : count / of);
