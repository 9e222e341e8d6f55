/**
 * Reads two versions of a YAML document, and what they have in common once. It gives what reading each by itself gives;
 * where that is not sure, it does read each.
 */
import { diffLines } from '../../provenance/authorship';
import { isEntangled, nestedIn, piecesOf, type Lines } from './split-yaml-text-into-entries';
import { shifted, type Tree } from './tree';
import { isTooMuch, MOST_PARTS, readCollection, readYaml, rememberYaml, type Part } from './read-yaml';

/** With more differences than this, or in a shorter text, little is gained. */
const HUNKS_AT_MOST = 100;
const SHORTEST = 1000;
/** Collections below this depth are read as they are. */
const DEEPEST_CUT = 6;

type Read = Tree | null | undefined;

/** Each as {@link readYaml} reads it. */
export function readBoth(before: Part, after: Part): readonly [Read, Read] {
  const canBeCut =
    before.text.length >= SHORTEST && [before, after].every((part) => !isTooMuch(part) && !isEntangled(part.text));
  const cut = canBeCut ? new Pair().read([before, after], 0, -1) : undefined;
  if (cut === undefined) return [readYaml(before), readYaml(after)];
  rememberYaml(before, cut[0]);
  rememberYaml(after, cut[1]);
  return cut;
}

/** The entries of a collection on one side, in order. */
class Entries {
  private readonly map = new Map<string, Tree>();
  private readonly list: Tree[] = [];
  private line = 0;

  /** Adds those of a part of it. */
  add(tree: Tree): void {
    this.line ||= tree.textLine;
    for (const [key, value] of tree.map ?? []) this.map.set(key, value);
    for (const item of tree.list ?? []) this.list.push(item);
  }

  set(key: string, line: number, value: Tree): void {
    this.line ||= line;
    this.map.set(key, { ...value, line });
  }

  tree(isList: boolean): Tree {
    const { line, map, list } = this;
    return { line, textLine: line, tag: null, text: null, map: isList ? null : map, list: isList ? list : null };
  }
}

const joined = (pieces: readonly Lines[]): Lines => ({
  text: pieces.map(({ text }) => text).join(''),
  above: pieces[0]?.above ?? 0,
});

/** Both sides, the earlier one first. */
type Sides<One> = readonly [One, One];
/** What one side has where the other one has something else; or both the same. */
interface Run {
  readonly sides: Sides<readonly Lines[]>;
  readonly isSame: boolean;
}

class Pair {
  private readonly parts: [number, number] = [0, 0];

  /** Undefined: each has to be read by itself. `margin`: it is further to the right. */
  read([before, after]: Sides<Lines>, depth: number, margin: number): Sides<Tree> | undefined {
    const old = depth > DEEPEST_CUT ? undefined : piecesOf(before);
    const newPieces = old === undefined ? undefined : piecesOf(after);
    if (newPieces === undefined || old?.isList !== newPieces.isList) return undefined;
    if (old.indent <= margin || newPieces.indent <= margin) return undefined;
    const runs = runsOf(old.all, newPieces.all);
    const entries: Sides<Entries> = [new Entries(), new Entries()];
    const fits = runs.every(
      (run) =>
        (!run.isSame && !old.isList && this.readBelow(run.sides, entries, depth, [old.indent, newPieces.indent])) ||
        this.readRun(run, entries, depth, old.isList),
    );
    return fits ? [entries[0].tree(old.isList), entries[1].tree(old.isList)] : undefined;
  }

  private readRun(
    { sides: [old, now], isSame }: Run,
    entries: Sides<Entries>,
    depth: number,
    isList: boolean,
  ): boolean {
    const first = this.readPart(joined(old), depth, isList, isSame ? [0, 1] : [0]);
    const second = isSame && first !== undefined ? first : this.readPart(joined(now), depth, isList, [1]);
    if (first === undefined || second === undefined) return false;
    if (first !== null) entries[0].add(first);
    if (second !== null) entries[1].add(isSame ? shifted(second, (now[0]?.above ?? 0) - (old[0]?.above ?? 0)) : second);
    return true;
  }

  /** Null where there is nothing. */
  private readPart(part: Lines, depth: number, isList: boolean, of: readonly (0 | 1)[]): Tree | null | undefined {
    if (part.text === '') return null;
    const read = readCollection(part, depth);
    if (read === undefined || (isList ? read.tree.list : read.tree.map) === null) return undefined;
    for (const side of of) this.parts[side] += read.parts;
    return Math.max(...this.parts) > MOST_PARTS ? undefined : read.tree;
  }

  /** One entry on each side that holds a collection: what these have in common is read once too. */
  private readBelow(
    [old, now]: Sides<readonly Lines[]>,
    entries: Sides<Entries>,
    depth: number,
    margins: Sides<number>,
  ): boolean {
    const [oldNested, newNested] = [old, now].map(([piece, ...more]) =>
      piece === undefined || more.length > 0 ? undefined : nestedIn(piece),
    );
    if (oldNested === undefined || newNested === undefined) return false;
    const below = this.read([oldNested.below, newNested.below], depth + 1, Math.max(...margins));
    if (below === undefined) return false;
    entries[0].set(oldNested.key, oldNested.line, below[0]);
    entries[1].set(newNested.key, newNested.line, below[1]);
    return true;
  }
}

/** What the sides have in common and where they differ, in order. */
function runsOf(old: readonly Lines[], newLines: readonly Lines[]): readonly Run[] {
  const hunks = diffLines(
    old.map(({ text }) => text),
    newLines.map(({ text }) => text),
  );
  if (hunks.length > HUNKS_AT_MOST) return [{ sides: [old, newLines], isSame: false }];
  const runs: Run[] = [];
  let [oldAt, newAt] = [0, 0];
  for (const { oldStart, oldEnd, newStart, newEnd } of hunks) {
    runs.push({ sides: [old.slice(oldAt, oldStart), newLines.slice(newAt, newStart)], isSame: true });
    runs.push({ sides: [old.slice(oldStart, oldEnd), newLines.slice(newStart, newEnd)], isSame: false });
    [oldAt, newAt] = [oldEnd, newEnd];
  }
  return [...runs, { sides: [old.slice(oldAt), newLines.slice(newAt)], isSame: true }];
}
