/**
 * Merges two notes on one commit by their content, not their text. The result is the same in either order and however
 * often it is done: of two answers about a line, AI's wins over a person's, then the stronger evidence, then the first
 * by name. So a note can only add AI.
 */
import { provenanceOfKey } from './attribution-from-note';
import { dictionary, isHuman, own, sorted } from './tool-names-and-note-keys';
import type { Entry, NoteProvenance, ProvenanceSpan, Note, OwnRecord, Session } from './types';
import { isObject } from '../../../../base/shapes';

export function mergeNotes(a: Note, b: Note): Note {
  const sessions = union(a.sessions, b.sessions, surerSession);
  const humans = union(a.humans, b.humans, firstByText);
  const keys = union(a.record?.keys ?? {}, b.record?.keys ?? {}, firstByText);
  const files = new Map<string, readonly Entry[]>();
  const odd = dictionary<readonly ProvenanceSpan[]>();
  for (const path of new Set([...pathsOf(a), ...pathsOf(b)])) {
    const merged = sweep(segmentsOf(a, path), segmentsOf(b, path), surest);
    const entries = entriesOf(merged);
    if (entries.length > 0) files.set(path, entries);
    const aside = merged.flatMap(({ from, to, hand: provenance, inRecord }): ProvenanceSpan[] =>
      inRecord ? [[from, to, provenance]] : [],
    );
    if (aside.length > 0) odd[path] = aside;
  }
  const record: OwnRecord | null =
    a.record || b.record
      ? {
          v: 1,
          keys,
          removed: mergeLines(a.record?.removed, b.record?.removed),
          changes: union(a.record?.changes ?? {}, b.record?.changes ?? {}, surerProvenance),
          odd: sorted(odd),
        }
      : null;
  return { files, sessions, humans, record, other: mergeOther(a.other, b.other) };
}

/**
 * A run of lines with one author. `key`: the entry it comes from, if any. `inRecord`: our own record has it, with or
 * without an entry.
 */
interface Segment {
  readonly from: number;
  readonly to: number;
  readonly hand: NoteProvenance;
  readonly key: string | null;
  readonly inRecord: boolean;
}

const pathsOf = ({ files, record }: Note): readonly string[] => [...files.keys(), ...Object.keys(record?.odd ?? {})];

/** What a note says about the added lines of a path, without overlaps. */
function segmentsOf(note: Note, path: string): Segment[] {
  const named = (note.files.get(path) ?? []).flatMap(({ key, ranges }) => {
    const provenance: NoteProvenance | undefined = isHuman(key)
      ? ['human', 0, 'observed', null, null]
      : provenanceOfKey(note, key);
    return provenance
      ? ranges.map(([from, to]): Segment => ({ from, to, hand: provenance, key, inRecord: false }))
      : [];
  });
  // Our record has more detail on lines that an entry names too, such as the evidence that a person wrote them.
  return sweep(flattened(named), recorded(own(note.record?.odd ?? {}, path) ?? []), (entry, more) => {
    if (!entry || !more) return more ?? entry;
    return entry.key !== null && isHuman(entry.key) === (more.hand[0] === 'human')
      ? { ...entry, hand: more.hand, inRecord: true }
      : more;
  });
}

const recorded = (spans: readonly ProvenanceSpan[]): Segment[] =>
  flattened(spans.map(([from, to, provenance]) => ({ from, to, hand: provenance, key: null, inRecord: true })));

/**
 * Segments without overlaps, ascending: a later one takes precedence over an earlier one, as in other readers of the
 * standard.
 */
function flattened(segments: readonly Segment[]): Segment[] {
  const borders = [...new Set(segments.flatMap(({ from, to }) => [from, to + 1]))].sort((x, y) => x - y);
  const indexOf = new Map(borders.map((border, index) => [border, index]));
  const filled = new Array<Segment | undefined>(borders.length);
  /** For each cell between two borders, the next cell from there on that is still free. */
  const free = borders.map((_, index) => index);
  const nextFree = (cell: number): number => {
    let found = cell;
    while (found < free.length && (free[found] ?? found) !== found) found = free[found] ?? found;
    for (let at = cell; at < found;) [at, free[at]] = [free[at] ?? found, found];
    return found;
  };
  for (const segment of [...segments].reverse()) {
    const end = indexOf.get(segment.to + 1) ?? 0;
    for (let cell = nextFree(indexOf.get(segment.from) ?? 0); cell < end; cell = nextFree(cell + 1)) {
      filled[cell] = segment;
      free[cell] = cell + 1;
    }
  }
  return filled.flatMap((segment, cell) =>
    segment ? [{ ...segment, from: borders[cell] ?? 0, to: (borders[cell + 1] ?? 0) - 1 }] : [],
  );
}

/** Walks along two lists without overlaps and calls `choose` for each stretch. */
function sweep(
  a: readonly Segment[],
  b: readonly Segment[],
  choose: (mine: Segment | undefined, other: Segment | undefined) => Segment | undefined,
): Segment[] {
  const borders = [...new Set([...a, ...b].flatMap(({ from, to }) => [from, to + 1]))].sort((x, y) => x - y);
  const walk = (segments: readonly Segment[]): ((line: number) => Segment | undefined) => {
    let next = 0;
    return (line) => {
      while ((segments[next]?.to ?? Infinity) < line) next++;
      const here = segments[next];
      return here && here.from <= line ? here : undefined;
    };
  };
  const [mine, theirs] = [walk(a), walk(b)];
  const chosen: Segment[] = [];
  for (const [index, from] of borders.entries()) {
    const to = (borders[index + 1] ?? from) - 1;
    const best = choose(mine(from), theirs(from));
    if (!best || to < from) continue;
    const last = chosen.at(-1);
    if (last?.to === from - 1 && alike(last, best)) chosen[chosen.length - 1] = { ...last, to };
    else chosen.push({ ...best, from, to });
  }
  return chosen;
}

const surest = (mine: Segment | undefined, second: Segment | undefined): Segment | undefined =>
  mine && second ? surer(mine, second) : (mine ?? second);

const alike = (x: Segment, y: Segment): boolean =>
  x.key === y.key && x.inRecord === y.inRecord && JSON.stringify(x.hand) === JSON.stringify(y.hand);

function entriesOf(segments: readonly Segment[]): Entry[] {
  const byKey = new Map<string, [number, number][]>();
  for (const { from, to, key } of segments) {
    if (key === null) continue;
    const ranges = byKey.get(key) ?? [];
    byKey.set(key, ranges);
    const last = ranges.at(-1);
    if (last?.[1] === from - 1) last[1] = to;
    else ranges.push([from, to]);
  }
  return [...byKey].sort(([x], [y]) => (x < y ? -1 : 1)).map(([key, ranges]) => ({ key, ranges }));
}

const AUTHOR_RANK: Readonly<Record<NoteProvenance[0], number>> = { ai: 2, human: 1, unknown: 0 };
const EVIDENCE_RANK = ['inferred', 'declared', 'observed', 'reported'];

/** Positive when the first is the stronger one. */
function compareProvenance(a: NoteProvenance, b: NoteProvenance): number {
  return (
    AUTHOR_RANK[a[0]] - AUTHOR_RANK[b[0]] ||
    EVIDENCE_RANK.indexOf(a[2] ?? '') - EVIDENCE_RANK.indexOf(b[2] ?? '') ||
    compareTexts(JSON.stringify(b), JSON.stringify(a))
  );
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const surerProvenance = (a: NoteProvenance, b: NoteProvenance): NoteProvenance =>
  compareProvenance(a, b) >= 0 ? a : b;

function surer(a: Segment, b: Segment): Segment {
  const order =
    compareProvenance(a.hand, b.hand) ||
    Number(b.key === null) - Number(a.key === null) ||
    compareTexts(b.key ?? '', a.key ?? '') ||
    Number(a.inRecord) - Number(b.inRecord);
  return order >= 0 ? a : b;
}

function mergeLines(a: OwnRecord['removed'] = {}, b: OwnRecord['removed'] = {}): OwnRecord['removed'] {
  const merged = (path: string): ProvenanceSpan[] =>
    sweep(recorded(own(a, path) ?? []), recorded(own(b, path) ?? []), surest).map(
      ({ from, to, hand: provenance }): ProvenanceSpan => [from, to, provenance],
    );
  return sorted(Object.fromEntries([...Object.keys(a), ...Object.keys(b)].map((path) => [path, merged(path)])));
}

function union<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  both: (a: T, b: T) => T,
): Record<string, T> {
  const all = dictionary<T>();
  for (const key of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
    const [mine, theirs] = [Object.hasOwn(a, key) ? a[key] : undefined, Object.hasOwn(b, key) ? b[key] : undefined];
    const value = mine !== undefined && theirs !== undefined ? both(mine, theirs) : (mine ?? theirs);
    if (value !== undefined) all[key] = value;
  }
  return all;
}

const firstByText = <T>(a: T, b: T): T => (compareTexts(JSON.stringify(a), JSON.stringify(b)) <= 0 ? a : b);

/** A known model wins over an unknown one. */
function surerSession(a: Session, b: Session): Session {
  const known = (session: Session): number => Number(session.agent_id.model !== 'unknown');
  if (known(a) !== known(b)) return known(a) > known(b) ? a : b;
  return firstByText(a, b);
}

/** Fields of other tools: both sides' prompts; of other fields, one of the two. */
function mergeOther(a: Note['other'], b: Note['other']): Note['other'] {
  return union(a, b, (x, y) => (isObject(x) && isObject(y) ? union(x, y, firstByText) : firstByText(x, y)));
}
