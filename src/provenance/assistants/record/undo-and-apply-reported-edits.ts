/** What an edit that was reported, but not seen, proves about a file's content. */
import type { Claim } from './edit-report';

/**
 * The content before as many of the edits as the text proves: null for a file that did not exist, undefined when it
 * proves none. A pure deletion is proven by `last`, the last known content before, if given.
 */
export function contentBefore(
  text: string,
  claims: readonly Claim[],
  last: string | undefined,
): string | null | undefined {
  const written = claims.filter((claim) => claim.new !== '');
  const whole = undo(text, written);
  const before = written.length === 0 ? text : whole === undefined ? mostUndone(text, written) : whole;
  if (before === null) return null;
  const all = claims.reduce(
    (known, claim) => (claim.new === '' && claim.old !== '' ? (putBack(known, claim, last) ?? known) : known),
    before,
  );
  return all === text ? undefined : all;
}

/**
 * Undoes reported edits, last first: the content before them, or undefined when the text does not prove each of them.
 */
function undo(content: string, claims: readonly Claim[]): string | null | undefined {
  let text: string | null = content;
  for (const claim of [...claims].reverse()) {
    if (text === null) return undefined;
    const back: string | null | undefined = undoOne(text, claim);
    if (back === undefined) return atOnce(content, claims, false);
    text = back;
  }
  return text;
}

const undoOne = (text: string, claim: Claim): string | null | undefined =>
  isCreation(text, claim) ? null : replaceOne(text, claim.new, claim.old, claim);

const isCreation = (text: string, { old, new: whole }: Claim): boolean =>
  old === '' && (whole === text || withCrlf(whole) === text);

/** Undoes as many of the edits as possible: one after another, or each at its final position, whichever proves more. */
function mostUndone(content: string, claims: readonly Claim[]): string {
  let text = content;
  let done = 0;
  for (const claim of [...claims].reverse()) {
    const back = undoOne(text, claim);
    if (typeof back !== 'string') continue;
    text = back;
    done++;
  }
  const together = atOnce(content, claims, true);
  return together !== undefined &&
    done < claims.filter((claim) => placeOf(content, claim.new, claim) !== undefined).length
    ? together
    : text;
}

/** Undoes edits whose line numbers refer to the final text. Overlapping edits prove nothing. */
function atOnce(content: string, claims: readonly Claim[], some: boolean): string | undefined {
  const found: { readonly at: number; readonly claim: Claim }[] = [];
  for (const claim of claims) {
    const at = placeOf(content, claim.new, claim);
    if (at !== undefined) found.push({ at, claim });
    else if (!some) return undefined;
  }
  found.sort((a, b) => b.at - a.at);
  let text = content;
  let until = Infinity;
  for (const { at, claim } of found) {
    if (at + claim.new.length > until) {
      if (some) continue;
      return undefined;
    }
    text = text.slice(0, at) + claim.old + text.slice(at + claim.new.length);
    until = at;
  }
  return text;
}

/** Puts deleted text back to where it was in the last known content; undefined when that can't be determined. */
function putBack(text: string, claim: Claim, last: string | undefined): string | undefined {
  const at = last === undefined ? undefined : placeOf(last, claim.old, claim);
  if (last === undefined || at === undefined) return undefined;
  const [head, tail] = [last.slice(0, at), last.slice(at + claim.old.length)];
  // The text on one side may have changed since: if the deleted text is gone, the other side suffices.
  const sides = text.includes(claim.old)
    ? [[1, 1]]
    : [
        [1, 1],
        [0, 1],
        [1, 0],
      ];
  for (const [up = 0, down = 0] of sides) {
    for (const reach of REACHES) {
      const [above, below] = [head.slice(head.length - up * reach), tail.slice(0, down * reach)];
      const places = above + below === '' ? [] : occurrences(text, above + below);
      const [place] = places;
      if (place !== undefined && places.length === 1)
        return text.slice(0, place + above.length) + claim.old + text.slice(place + above.length);
    }
  }
  return text === '' && head + tail === '' ? claim.old : undefined;
}

/** This many characters on each side of a place identify where it is now. */
const REACHES = [400, 100, 40, 15];

/** Applies reported edits: the content after them, or undefined when one does not fit. `null` is a missing file. */
export function applyReportedEdits(content: string | null, claims: readonly Claim[]): string | undefined {
  let text = content;
  for (const claim of claims) {
    if (claim.old === '' && (text === null || text === '')) text = claim.new;
    else if (text === null) return undefined;
    else {
      const next = replaceOne(text, claim.old, claim.new, claim);
      if (next === undefined) return undefined;
      text = next;
    }
  }
  return text ?? undefined;
}

function replaceOne(text: string, from: string, to: string, claim: Claim): string | undefined {
  for (const [a, b] of [
    [from, to],
    [withCrlf(from), withCrlf(to)],
  ] as const) {
    if (claim.everywhere && a !== '' && text.includes(a)) return text.split(a).join(b);
    const place = placeOf(text, a, claim);
    if (place !== undefined) return text.slice(0, place) + b + text.slice(place + a.length);
  }
  return undefined;
}

const withCrlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');

/** Where a part of a text begins: its only occurrence, or the only one in the given line. */
function placeOf(text: string, part: string, { line }: Claim): number | undefined {
  const places = part === '' ? [] : occurrences(text, part);
  if (places.length === 1) return places[0];
  const there = line === undefined ? [] : places.filter((at) => lineAt(text, at) === line);
  return there.length === 1 ? there[0] : undefined;
}

function occurrences(text: string, part: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at >= 0 && places.length < 10_000; at = text.indexOf(part, at + 1)) places.push(at);
  return places;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
