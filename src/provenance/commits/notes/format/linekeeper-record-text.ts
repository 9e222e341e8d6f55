/**
 * Converts our own part of a note to its text and back. Notes are many and go over the network, so each author is
 * written once, and lines are runs of numbers: `"0:3-5,9;1:12"` means lines 3 to 5 and 9 by the first author and line
 * 12 by the second.
 */
import type { NoteProvenance, ProvenanceSpan, OwnRecord } from './types';
import { isListOf, isMapOf, isObject, isText, isWhole, orNull, type Guard } from '../../../../base/shapes';

/** The text's structure. The first version had an author with each run of lines; it is still read. */
interface Packed {
  readonly v: 2;
  readonly keys: OwnRecord['keys'];
  readonly hands: readonly NoteProvenance[];
  readonly removed: Readonly<Record<string, string>>;
  readonly changes: OwnRecord['changes'];
  readonly odd: Readonly<Record<string, string>>;
}

/** The same record gives the same text. */
export function writeRecord({ keys, removed, changes, odd }: OwnRecord): string {
  const places = new Map<string, number>();
  const provenances: NoteProvenance[] = [];
  const placeOf = (provenance: NoteProvenance): number => {
    const text = JSON.stringify(provenance);
    const known = places.get(text) ?? provenances.push(provenance) - 1;
    places.set(text, known);
    return known;
  };
  const runsOf = (spans: readonly ProvenanceSpan[]): string => {
    const byProvenance = new Map<number, string[]>();
    for (const [from, to, provenance] of spans)
      byProvenance.set(placeOf(provenance), [
        ...(byProvenance.get(placeOf(provenance)) ?? []),
        from === to ? String(from) : `${String(from)}-${String(to)}`,
      ]);
    return [...byProvenance].map(([place, runs]) => `${String(place)}:${runs.join(',')}`).join(';');
  };
  const packed = (lines: OwnRecord['removed']): Record<string, string> =>
    Object.fromEntries(Object.entries(lines).map(([path, spans]) => [path, runsOf(spans)]));
  const text: Packed = { v: 2, keys, hands: provenances, removed: packed(removed), changes, odd: packed(odd) };
  return JSON.stringify(text);
}

/** Null when missing or damaged: the standard's own part still counts then. */
export function readRecord(text: string | undefined): OwnRecord | null {
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (isPacked(value)) return unpacked(value) ?? null;
    return isOwnRecord(value) ? value : null;
  } catch {
    return null;
  }
}

const areRuns = isMapOf(isText);
const isPacked = (value: unknown): value is Packed =>
  isObject(value) &&
  value['v'] === 2 &&
  Array.isArray(value['hands']) &&
  areRuns(value['removed']) &&
  areRuns(value['odd']);

/** Undefined when a run of lines is damaged, or its author is missing or damaged. */
function unpacked({ keys, hands: provenances, removed, changes, odd }: Packed): OwnRecord | undefined {
  if (!areKeys(keys) || !areProvenances(changes)) return undefined;
  const areGood = provenances.map(isProvenance);
  const lines = (packed: Packed['removed']): OwnRecord['removed'] | undefined => {
    const read = Object.entries(packed).map(([path, text]) => [path, spansIn(text, provenances, areGood)] as const);
    return read.some(([, spans]) => spans === undefined)
      ? undefined
      : Object.fromEntries(read.map(([path, spans]) => [path, spans ?? []]));
  };
  const [removedLines, aside] = [lines(removed), lines(odd)];
  return removedLines && aside ? { v: 1, keys, removed: removedLines, changes, odd: aside } : undefined;
}

function spansIn(
  text: string,
  provenances: readonly NoteProvenance[],
  areGood: readonly boolean[],
): ProvenanceSpan[] | undefined {
  const spans: ProvenanceSpan[] = [];
  for (const part of text === '' ? [] : text.split(';')) {
    const [, place, runs = ''] = /^(\d{1,9}):(\d{1,9}(?:-\d{1,9})?(?:,\d{1,9}(?:-\d{1,9})?)*)$/.exec(part) ?? [];
    const provenance = place === undefined ? undefined : provenances[Number(place)];
    if (provenance === undefined || areGood[Number(place)] !== true) return undefined;
    for (const run of runs.split(',')) {
      const [from = '', to = from] = run.split('-');
      spans.push([Number(from), Number(to), provenance]);
    }
  }
  return spans.sort(([a], [b]) => a - b);
}

const AUTHORS = new Set<unknown>(['ai', 'human', 'unknown']);
const EVIDENCE = new Set<unknown>(['reported', 'observed', 'declared', 'inferred', null]);
const isProvenance: Guard<NoteProvenance> = (value): value is NoteProvenance =>
  Array.isArray(value) &&
  AUTHORS.has(value[0]) &&
  (value[1] === 0 || value[1] === 1) &&
  EVIDENCE.has(value[2]) &&
  [value[3], value[4]].every(orNull(isText));
const isLines = isMapOf(
  isListOf(
    (span): span is ProvenanceSpan =>
      Array.isArray(span) && isWhole(span[0]) && isWhole(span[1]) && isProvenance(span[2]),
  ),
);

const areKeys = isMapOf(
  (value): value is readonly unknown[] => Array.isArray(value) && EVIDENCE.has(value[1]) && orNull(isText)(value[2]),
);
const areProvenances = isMapOf(isProvenance);

const isOwnRecord = (value: unknown): value is OwnRecord =>
  isObject(value) &&
  value['v'] === 1 &&
  areKeys(value['keys']) &&
  isLines(value['removed']) &&
  isLines(value['odd']) &&
  areProvenances(value['changes']);
