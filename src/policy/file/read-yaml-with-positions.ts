/**
 * From YAML text to plain data that remembers the position of each part.
 * Loads yaml: import it on demand only, see the room's door.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Scalar,
} from 'yaml';
import { quoted } from '../counts-lists-and-names-in-sentences';

/** A position in a text: 1-based line and column, the column in UTF-16 units. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/** Keys and indexes that lead to a part. */
export type Path = readonly (string | number)[];

export interface LocatedProblem extends SourcePosition {
  readonly message: string;
  readonly suggestion: string | null;
  /** Where the message names another file that has it: that file. */
  readonly file?: string;
}

/** What `JSON.parse` could give; objects have no prototype. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

export interface LocatedData {
  readonly value: Plain;
  /** Where the key (or item) at `path` begins; for a path that does not exist, where the nearest part above it does. */
  readonly keyAt: (path: Path) => SourcePosition;
  /** Where the value at `path` begins. */
  readonly valueAt: (path: Path) => SourcePosition;
}

/** Longest policy file, in UTF-16 units. */
const LONGEST = 262_144;
/** At most this many parts after anchors are expanded, and how deep they may be: this stops a YAML bomb. */
const MOST_PARTS = 20_000;
const DEEPEST = 32;

/** Scalars that look like numbers are numbers only under these keys: a commit id or a login may be all digits. */
const NUMBERS: ReadonlySet<string | number | undefined> = new Set([
  'serial',
  'version',
  'approvals',
  'lines',
  'files',
  'at-most',
]);

/**
 * Parses YAML text. Returns data with positions, or every problem found. Never throws. `despiteErrors`: what the parser
 * makes of a text that is no valid YAML, too.
 */
export function readYaml(source: string, despiteErrors = false): LocatedData | readonly LocatedProblem[] {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  if (text.length > LONGEST)
    return [problem({ line: 1, column: 1 }, 'the file is too large', `keep it under ${String(LONGEST / 1024)} KiB`)];
  const nul = text.indexOf('\0');
  if (nul >= 0)
    return [problem({ line: 1, column: 1 }, 'the file is not text (it has a NUL character)', 'write it as UTF-8 text')];
  if (isTooDeep(text)) return [problem({ line: 1, column: 1 }, TOO_DEEP, null)];
  const counter = new LineCounter();
  const placeOf = (offset: number): SourcePosition => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  let document: Document.Parsed;
  try {
    document = parseDocument(text, {
      lineCounter: counter,
      prettyErrors: false,
      uniqueKeys: false,
      schema: 'core',
      merge: false,
    });
  } catch {
    // The parser recurses: a text that is nested deeply enough exhausts the stack.
    return [problem({ line: 1, column: 1 }, TOO_DEEP, null)];
  }
  const broken = [...document.errors, ...document.warnings];
  const exhausted = broken.find((error) => /call stack/.test(error.message));
  if (exhausted !== undefined) return [problem(placeOf(exhausted.pos[0]), TOO_DEEP, null)];
  if (broken.length > 0 && !despiteErrors)
    // Later errors mostly follow from the first.
    return broken
      .slice(0, 1)
      .map((error) =>
        problem(
          placeOf(error.pos[0]),
          MESSAGES[error.code] ??
            (error.message.startsWith('Sequence item without -')
              ? 'not valid YAML: a list item begins with "- "'
              : `not valid YAML: ${printable(error.message)}`),
          HINTS[error.code] ?? null,
        ),
      );
  return new Reader(document, placeOf).read();
}

/** So many brackets that are open at once, or dashes in a row, are no policy; brackets in texts mostly come in pairs. */
const OPEN_AT_MOST = 1000;
const DASHES = /(?:-[ \t]+){100}/;

/** Beforehand: the parser recurses, and a pattern that Node compiles first where the stack ends would end the process. */
function isTooDeep(text: string): boolean {
  let open = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = bracket === '[' || bracket === '{' ? open + 1 : Math.max(0, open - 1);
    if (open > OPEN_AT_MOST) return true;
  }
  return DASHES.test(text);
}

const TOO_DEEP = "this can't be read as YAML: it is nested too deeply";

const MESSAGES: Readonly<Record<string, string>> = { MULTIPLE_DOCS: 'there is more than one document in the file' };

const HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'indent with the same number of spaces as the lines around it, and close any open bracket',
  MULTIPLE_DOCS: 'keep one document: take out the lines that are ---',
  MISSING_CHAR:
    'is the indentation right, is each bracket and quotation mark closed, and is there a space after each colon?',
  BAD_ALIAS: 'write the value out',
  TAG_RESOLVE_FAILED: 'take the tag (the word that begins with !) out, or put the text in quotation marks',
  BLOCK_AS_IMPLICIT_KEY: 'put each key on a line of its own, and indent list items at least as far as their key',
  UNEXPECTED_TOKEN: 'put text that begins with @, !, &, *, % or a backtick in quotation marks',
  BAD_SCALAR_START: 'put text that begins with @ or a backtick in quotation marks',
};

const problem = (place: SourcePosition, message: string, suggestion: string | null): LocatedProblem => ({
  ...place,
  message,
  suggestion,
});

/** The parser's message may quote the text: keep it on one line and free of control characters. */
const printable = (message: string): string =>
  message
    .split('\n', 1)
    .join('')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�')
    .slice(0, 200);

class Reader {
  private readonly problems: LocatedProblem[] = [];
  private readonly keys = new Map<string, SourcePosition>();
  private readonly values = new Map<string, SourcePosition>();
  private parts = 0;
  private tooMuch = false;

  constructor(
    private readonly document: Document.Parsed,
    private readonly placeOf: (offset: number) => SourcePosition,
  ) {}

  read(): LocatedData | readonly LocatedProblem[] {
    const value = this.plain(this.document.contents, [], { line: 1, column: 1 });
    if (this.problems.length > 0) return this.problems;
    return {
      value,
      keyAt: (path) => this.nearest(this.keys, path),
      valueAt: (path) => this.nearest(this.values, path),
    };
  }

  private nearest(places: ReadonlyMap<string, SourcePosition>, path: Path): SourcePosition {
    for (let length = path.length; length > 0; length--) {
      const place =
        places.get(JSON.stringify(path.slice(0, length))) ?? this.keys.get(JSON.stringify(path.slice(0, length)));
      if (place !== undefined) return place;
    }
    return { line: 1, column: 1 };
  }

  private plain(node: Node | null, path: Path, near: SourcePosition): Plain {
    const place = node?.range ? this.placeOf(node.range[0]) : near;
    this.values.set(JSON.stringify(path), place);
    if (++this.parts > MOST_PARTS || path.length > DEEPEST) {
      if (!this.tooMuch)
        this.problems.push(
          problem(place, 'too much is written here, or it refers to itself', 'write the values out without & and *'),
        );
      this.tooMuch = true;
    }
    if (this.tooMuch || node === null) return null;
    if (isAlias(node)) return this.plain(node.resolve(this.document) ?? null, path, place);
    if (isMap(node)) return this.map(node.items, path, place);
    if (isSeq(node)) return node.items.map((item, index) => this.item(item as Node | null, [...path, index], place));
    return isScalar(node) ? scalar(node, path) : null;
  }

  private item(node: Node | null, path: Path, near: SourcePosition): Plain {
    const place = node?.range ? this.placeOf(node.range[0]) : near;
    this.keys.set(JSON.stringify(path), place);
    return this.plain(node, path, place);
  }

  private map(
    pairs: readonly { readonly key: unknown; readonly value: unknown }[],
    path: Path,
    near: SourcePosition,
  ): Plain {
    const entries = new Map<string, Plain>();
    for (const pair of pairs) {
      const place = isScalar(pair.key) && pair.key.range ? this.placeOf(pair.key.range[0]) : near;
      if (!isScalar(pair.key)) {
        this.problems.push(problem(place, 'a key must be plain text', null));
        continue;
      }
      const key = typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? '');
      const at = [...path, key];
      const first = this.keys.get(JSON.stringify(at));
      if (entries.has(key)) {
        this.problems.push(
          problem(
            place,
            `the key ${quoted(key)} is here a second time`,
            first === undefined ? null : `it is on line ${String(first.line)} already: keep one of them`,
          ),
        );
        continue;
      }
      this.keys.set(JSON.stringify(at), place);
      entries.set(key, this.plain(pair.value as Node | null, at, place));
    }
    const object: Record<string, Plain> = Object.create(null) as Record<string, Plain>;
    for (const [key, value] of entries) object[key] = value;
    return object;
  }
}

function scalar(node: Scalar, path: Path): Plain {
  const { value } = node;
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  const asNumber = NUMBERS.has(path.at(-1)) && typeof value === 'number' && Number.isFinite(value);
  return asNumber ? value : (node.source ?? '');
}

/** The text of a file; undefined where it is not UTF-8. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
