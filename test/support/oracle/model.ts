/**
 * The oracle: files whose words know who wrote them, because the oracle is who writes them.
 *
 * It never looks at the code under test. Every word is unique, so a line is known by its text wherever git takes it,
 * and who wrote it follows from the rules of docs/dev/attribution.md alone. States never change: git moves them around as it likes.
 */
import type { Author } from '../../../src/provenance/authorship/types';

/** Somebody at work: an assistant, a person, or somebody whom nobody records. */
export type Actor = 'ai-one' | 'ai-two' | 'human' | 'nobody';

export const authorOf = (actor: Actor): Author => (actor === 'human' ? 'human' : actor === 'nobody' ? 'unknown' : 'ai');

interface Word {
  readonly text: string;
  readonly by: Actor;
  /** Who brought it to the line that it is in. */
  readonly put: Actor;
}

export interface Line {
  readonly id: number;
  readonly words: readonly Word[];
  readonly indent: number;
  /** Who took words out of this line. */
  readonly taken: ReadonlyMap<string, Actor>;
  /** All that happened to the line since it is there, in order. */
  readonly touches: readonly { readonly by: Actor; readonly indent: boolean; readonly text: string | null }[];
  /** It may have been moved by somebody, or its neighbours were. */
  readonly vague?: { readonly by: readonly Actor[] };
}

/** One state of a file. */
export interface FileState {
  readonly lines: readonly Line[];
  /** Lines that are no more, with what happened to them up to their end. */
  readonly dead: ReadonlyMap<number, Line>;
}

export const NOTHING: FileState = { lines: [], dead: new Map() };

let next = 0;
/** A word that was never used before, and does not look like another one either. */
const fresh = (): string =>
  (Math.imul(next++, 2_654_435_761) >>> 0)
    .toString(26)
    .padStart(7, '0')
    .replace(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)));

export const lineText = (line: Line): string => `${' '.repeat(line.indent)}${line.words.map((w) => w.text).join(' ')}`;
export const textOf = (state: FileState): string => state.lines.map((line) => `${lineText(line)}\n`).join('');

const withLines = (
  state: FileState,
  lines: readonly Line[],
  gone: readonly Line[] = [],
  by: Actor = 'nobody',
): FileState => {
  if (gone.length === 0) return { ...state, lines };
  const dead = new Map(state.dead);
  for (const line of gone) dead.set(line.id, ended(line, by));
  return { lines, dead };
};

const touched = (line: Line, by: Actor, indent: boolean): Line => ({
  ...line,
  touches: [...line.touches, { by, indent, text: lineText(line) }],
});
const ended = (line: Line, by: Actor): Line => ({
  ...line,
  touches: [...line.touches, { by, indent: false, text: null }],
});

export function insert(state: FileState, at: number, count: number, words: number, by: Actor): FileState {
  const lines = Array.from({ length: count }, (): Line => ({
    id: next++,
    words: Array.from({ length: words }, () => ({ text: fresh(), by, put: by })),
    taken: new Map(),
    indent: 0,
    touches: [],
  }));
  return withLines(state, state.lines.toSpliced(at, 0, ...lines));
}

export function remove(state: FileState, at: number, count: number, by: Actor): FileState {
  return withLines(state, state.lines.toSpliced(at, count), state.lines.slice(at, at + count), by);
}

/** One word instead of another, one more, or one less. */
export function change(
  state: FileState,
  at: number,
  word: number,
  how: 'replace' | 'add' | 'drop',
  by: Actor,
): FileState {
  const line = state.lines[at];
  if (!line) return state;
  const out = how === 'add' ? [] : line.words.slice(word, word + 1);
  const words = line.words.toSpliced(word, out.length, ...(how === 'drop' ? [] : [{ text: fresh(), by, put: by }]));
  const taken = new Map(line.taken);
  for (const w of out) taken.set(w.text, by);
  return withLines(state, state.lines.with(at, touched({ ...line, words, taken }, by, false)));
}

/** Other indentation for a block. */
export function indent(state: FileState, at: number, count: number, by: Actor): FileState {
  return withLines(
    state,
    state.lines.map((line, i) =>
      i >= at && i < at + count ? touched({ ...line, indent: line.indent + 2 }, by, true) : line,
    ),
  );
}

/** Puts lines of elsewhere in, indented by `more`. */
export function paste(state: FileState, at: number, block: readonly Line[], more: number, by: Actor): FileState {
  const lines = block.map((line): Line => ({
    id: next++,
    words: line.words.map((w) => ({ ...w, put: by })),
    taken: new Map(),
    indent: line.indent + more,
    touches: [],
  }));
  return withLines(state, state.lines.toSpliced(at, 0, ...lines));
}

/**
 * What somebody looking only before and after would say: a line that was cut and pasted where it was has not moved, and
 * which of two lines that changed places was moved nobody can tell. Between the two states only one was at work.
 */
export function seen(before: FileState, after: FileState, by: Actor): FileState {
  const owner = new Map(before.lines.flatMap((line) => line.words.map((w) => [w.text, line] as const)));
  const place = new Map(before.lines.map((line, i) => [line.id, i]));
  const sources = after.lines.map((line) =>
    place.has(line.id)
      ? before.lines[place.get(line.id) ?? -1]
      : line.words.map((w) => owner.get(w.text)).find((s) => s !== undefined),
  );
  const places = sources.map((source) => (source ? place.get(source.id) : undefined));
  const inWords = staying(places, () => 1);
  const same = (i: number): boolean => lineText(sources[i] ?? NO_LINE) === lineText(after.lines[i] ?? NO_LINE);
  const mostly = staying(places, (i) => (same(i) ? 1000 : 1));
  const exactly = staying(
    places.map((p, i) => (same(i) ? p : undefined)),
    () => 1,
  );
  const cross = (i: number, j: number): boolean =>
    places[i] !== undefined && places[j] !== undefined && i !== j && i < j !== places[i] < places[j];
  const stayed = inWords.map((one, i): Stayed =>
    one !== mostly[i] || exactly.some((other, j) => other === 'maybe' && (i === j || cross(i, j))) ? 'maybe' : one,
  );
  const dead = new Map(after.dead);
  const lines = after.lines.map((line, i): Line => {
    const source = sources[i];
    if (!source || stayed[i] === 'no') {
      if (!place.has(line.id)) return line;
      // It moved by itself, its neighbours stayed.
      dead.set(line.id, ended(line, by));
      return { ...line, id: next++, words: line.words.map((w) => ({ ...w, put: by })), taken: new Map(), touches: [] };
    }
    // With most of its words replaced it may as well be another line.
    const kept = line.words.filter((w) => source.words.some((own) => own.text === w.text)).length;
    const vague =
      stayed[i] === 'maybe' || kept * 5 <= Math.max(line.words.length, source.words.length) * 3
        ? { vague: { by: [...(source.vague?.by ?? []), by] } }
        : source.vague
          ? { vague: source.vague }
          : {};
    const touches =
      lineText(line) === lineText(source)
        ? source.touches
        : [...source.touches, { by, indent: line.indent !== source.indent, text: lineText(line) }];
    dead.delete(source.id);
    // A word that went away and came back meanwhile was never seen to be there.
    const words = new Map(source.words.map((w) => [w.text, w]));
    return {
      id: source.id,
      words: line.words.map((w) => words.get(w.text) ?? w),
      indent: line.indent,
      taken: new Map([
        ...source.taken,
        ...source.words.filter((w) => !line.words.some((own) => own.text === w.text)).map((w) => [w.text, by] as const),
      ]),
      touches,
      ...vague,
    };
  });
  for (const line of before.lines) {
    const end = dead.get(line.id);
    if (end) dead.set(line.id, ended({ ...end, touches: line.touches }, by));
  }
  return { lines, dead };
}

const NO_LINE: Line = { id: -1, words: [], indent: 0, taken: new Map(), touches: [] };

type Stayed = 'yes' | 'maybe' | 'no';

/** Which lines are in the heaviest rising rows of places: in all of them, in some or in none. */
function staying(places: readonly (number | undefined)[], weight: (i: number) => number): Stayed[] {
  const sum = (from: number, way: 1 | -1, known: readonly number[]): number => {
    let best = 0;
    for (let j = from - way; j >= 0 && j < places.length; j -= way) {
      const [mine, other] = [places[from], places[j]];
      if (mine !== undefined && other !== undefined && (way === 1 ? other < mine : other > mine))
        best = Math.max(best, known[j] ?? 0);
    }
    return best + weight(from);
  };
  const up: number[] = [];
  const down: number[] = [];
  places.forEach((place, i) => (up[i] = place === undefined ? 0 : sum(i, 1, up)));
  for (let i = places.length - 1; i >= 0; i--) down[i] = places[i] === undefined ? 0 : sum(i, -1, down);
  const heaviest = Math.max(0, ...up);
  const inSome = places.map(
    (place, i) => place !== undefined && (up[i] ?? 0) + (down[i] ?? 0) - weight(i) === heaviest,
  );
  const rival = (i: number): boolean =>
    inSome.some(
      (yes, j) => yes && i !== j && (up[j] ?? 0) > (up[i] ?? 0) - weight(i) && (up[j] ?? 0) - weight(j) < (up[i] ?? 0),
    );
  return places.map((_, i) => (!inSome[i] ? 'no' : rival(i) ? 'maybe' : 'yes'));
}

/**
 * What one side of a change must be called. `any` when git marks a line that is where it was: then whoever moved its
 * neighbours did it.
 */
export interface Verdict {
  readonly line: number;
  readonly text: string;
  readonly authors: readonly Author[];
  readonly assistant: string | null;
}

type Judged = Pick<Verdict, 'authors' | 'assistant'>;

/**
 * What must be said of a change of one file in which git marks these lines (1-based). `older` are the words of earlier
 * commits.
 */
export function truth(
  base: FileState,
  target: FileState,
  older: ReadonlySet<string>,
  added: readonly number[],
  removed: readonly number[],
): { readonly added: readonly Verdict[]; readonly removed: readonly Verdict[] } {
  const before = new Map(base.lines.map((line) => [line.id, line]));
  const now = new Map(target.lines.map((line) => [line.id, line]));
  // Where git marks a line that stayed, others were moved around it, by one of those who moved anything.
  const movers = target.lines
    .flatMap((line) => [...(line.vague?.by ?? []), ...(before.has(line.id) ? [] : line.words.map((w) => w.put))])
    .map(authorOf);
  const moved: Judged = { authors: movers.length > 0 ? [...new Set(movers)] : ['unknown'], assistant: null };
  // A line that went away and came back may be taken for one that stayed, by whoever looks at what became of it in all;
  // and so may one that others were moved around since, or that was moved.
  const homes = new Map<number, Line>();
  const returned = new Map<number, Line>();
  const owner = new Map(base.lines.flatMap((line, i) => line.words.map((w) => [w.text, i] as const)));
  const places = target.lines.map((line) =>
    line.words.map((w) => owner.get(w.text)).find((place) => place !== undefined),
  );
  const stays = staying(places, () => 1);
  // So may one that came back and went away again.
  for (const [id, line] of target.dead) {
    const home = before.has(id)
      ? undefined
      : base.lines[line.words.map((w) => owner.get(w.text)).find((place) => place !== undefined) ?? -1];
    if (home && !now.has(home.id)) returned.set(home.id, line);
  }
  target.lines.forEach((line, i) => {
    const home = before.has(line.id) || (stays[i] === 'no' && !line.vague) ? undefined : base.lines[places[i] ?? -1];
    if (home && !now.has(home.id)) {
      homes.set(line.id, home);
      returned.set(home.id, line);
    }
  });
  const either = (verdict: Judged, home: Line | undefined, line: Line | undefined): Judged => {
    if (!home || !line) return verdict;
    const hands = [
      ...line.touches.map((touch) => touch.by),
      ...line.words.flatMap((w) => [w.put, w.by]),
      ...(target.dead.get(home.id)?.touches ?? []).map((touch) => touch.by),
    ];
    return { authors: [...verdict.authors, ...hands.map(authorOf)], assistant: null };
  };
  return {
    added: added.map((n) => {
      const line = target.lines[n - 1];
      if (!line) throw new Error(`line ${String(n)} is not there`);
      return {
        line: n,
        text: lineText(line),
        ...either(
          maybeMoved(before.get(line.id), line, judge(before.get(line.id), line, older) ?? moved),
          homes.get(line.id),
          line,
        ),
      };
    }),
    removed: removed.map((n) => {
      const line = base.lines[n - 1];
      if (!line) throw new Error(`line ${String(n)} was not there`);
      const counterpart = now.get(line.id);
      const text = lineText(line);
      if (counterpart)
        return { line: n, text, ...maybeMoved(line, counterpart, judge(line, counterpart, older) ?? moved) };
      const last = target.dead.get(line.id);
      // A line that was as before again in between had not changed.
      const touches = last?.touches.slice(line.touches.length) ?? [];
      const first = touches[touches.findLastIndex((touch) => touch.text === text) + 1];
      return {
        line: n,
        text,
        ...either(
          maybeMoved(line, last ?? line, { authors: [authorOf(first?.by ?? 'nobody')], assistant: null }),
          line,
          returned.get(line.id),
        ),
      };
    }),
  };
}

/** Whoever may have moved a line may have written it too, as far as anybody can tell. */
function maybeMoved(before: Line | undefined, line: Line, verdict: Judged): Judged {
  if (line.vague === undefined || line.vague === before?.vague) return verdict;
  return {
    authors: [...verdict.authors, ...[...line.vague.by, ...line.touches.map((touch) => touch.by)].map(authorOf)],
    assistant: null,
  };
}

/** Rule 1 of docs/dev/attribution.md; undefined for a line without anything new. */
function judge(before: Line | undefined, line: Line, older: ReadonlySet<string>): Judged | undefined {
  const had = new Set(before?.words.map((w) => w.text));
  const has = new Set(line.words.map((w) => w.text));
  const put = line.words.filter((w) => !had.has(w.text)).map((w) => (older.has(w.text) ? w.put : w.by));
  const taken = (before?.words ?? []).filter((w) => !has.has(w.text)).map((w) => line.taken.get(w.text) ?? 'nobody');
  const hands = [...put, ...taken];
  // Nothing but white space is new: whoever made that change; when nobody recorded it, nothing is known (rule 2).
  if (hands.length === 0) {
    if (!before || before.indent === line.indent) return undefined;
    const authors = line.touches
      .slice(before.touches.length)
      .filter((touch) => touch.indent)
      .map((touch) => authorOf(touch.by));
    return {
      authors: [authors.includes('ai') ? 'ai' : authors.includes('human') ? 'human' : 'unknown'],
      assistant: null,
    };
  }
  const ai = hands.filter((hand) => authorOf(hand) === 'ai');
  if (ai.length > 0) return { authors: ['ai'], assistant: new Set(ai).size === 1 ? (ai[0] ?? null) : null };
  return { authors: [hands.includes('nobody') ? 'unknown' : 'human'], assistant: null };
}

export const wordsOf = (state: FileState): string[] => state.lines.flatMap((line) => line.words.map((w) => w.text));
