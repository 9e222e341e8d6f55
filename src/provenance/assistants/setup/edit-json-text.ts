/**
 * Edits a JSON text (comments and trailing commas allowed) by inserting and cutting only: every other byte stays. An
 * insertion can be cut out again without a trace.
 */
import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';

/** The text is not JSON, or does not have the required shape. Positions are 1-based; columns count UTF-16 units. */
export class JsonTextError extends Error {
  override readonly name = 'JsonTextError';
  constructor(
    readonly reason: 'malformed' | 'unexpected-shape',
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
  }
}

/** The tree of a text whose top is an object. Throws a {@link JsonTextError}. */
export function treeOf(text: string): Node {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [error] = errors;
  if (error)
    throw problem(
      'malformed',
      `this is not valid JSON (${words(printParseErrorCode(error.error))})`,
      text,
      error.offset,
    );
  if (root?.type !== 'object')
    throw problem('unexpected-shape', 'the top of the file is not an object', text, root?.offset ?? 0);
  return root;
}

const words = (code: string): string =>
  code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();

/** An error at `offset` of `text`. */
export function problem(reason: JsonTextError['reason'], message: string, text: string, offset: number): JsonTextError {
  const before = text.slice(0, offset).split('\n');
  return new JsonTextError(reason, message, before.length, (before.at(-1)?.length ?? 0) + 1);
}

/** The value of `key` in an object; undefined when it has none. Of several, the last, as in JSON parsers. */
export function valueAt(object: Node, key: string): Node | undefined {
  return object.children?.findLast((property) => property.children?.[0]?.value === key)?.children?.[1];
}

/** `text` with `key: value` at the end of the object, or `value` at the end of the array (`key` undefined). */
export function append(text: string, container: Node, key: string | undefined, value: unknown): string {
  const style = styleOf(text);
  const end = container.offset + container.length - 1;
  const last = container.children?.at(-1);
  const indent = indentAt(text, container.offset);
  if (last === undefined) {
    const inside = text.slice(container.offset + 1, end).trimEnd();
    const item = print(key, value, indent + style.unit, style);
    return splice(
      text,
      container.offset + 1 + inside.length,
      end,
      `${style.eol}${indent}${style.unit}${item}${style.eol}${indent}`,
    );
  }
  const lastEnd = last.offset + last.length;
  const oneLine = !text.slice(container.offset, end).includes('\n');
  if (oneLine) return splice(text, lastEnd, lastEnd, `, ${print(key, value, undefined, style)}`);
  const comma = commaAfter(text, lastEnd);
  const item = `${style.eol}${indentAt(text, last.offset)}${print(key, value, indentAt(text, last.offset), style)}`;
  const at = endOfTrivia(text, comma === undefined ? lastEnd : comma + 1);
  // a comment on the last item's line stays with that item
  return comma === undefined
    ? splice(splice(text, at, at, item), lastEnd, lastEnd, ',')
    : splice(text, at, at, `${item},`);
}

/** `text` without one child (a property or an item) of a container. */
export function cut(text: string, container: Node, child: Node): string {
  const children = container.children ?? [];
  const previous = children[children.indexOf(child) - 1];
  const end = child.offset + child.length;
  const ownComma = commaAfter(text, end);
  const without = cutRange(text, container, child.offset, ownComma === undefined ? end : ownComma + 1);
  const comma = ownComma === undefined && previous ? commaAfter(text, previous.offset + previous.length) : undefined;
  return comma === undefined ? without : splice(without, comma, comma + 1, '');
}

/**
 * Cuts including the white space before, so that no empty line remains; a preceding line comment keeps the line break
 * that ends it.
 */
function cutRange(text: string, container: Node, from: number, to: number): string {
  const start = beforeSpace(text, from);
  if (start === container.offset + 1 && '}]'.includes(text.charAt(afterSpace(text, to))))
    return splice(text, start, afterSpace(text, to), '');
  const lineEnds = /^[ \t]*\r?\n/.test(text.slice(to));
  const keepsSpace = start === container.offset + 1 || text.slice(start, from).includes('\n');
  if (lineEnds || !keepsSpace) return splice(text, start, to, '');
  return splice(text, from, afterSpace(text, to), '');
}

/** `text` with the text of one value replaced. */
export function replace(text: string, node: Node, value: unknown): string {
  const style = styleOf(text);
  const oneLine = !text.slice(node.offset, node.offset + node.length).includes('\n');
  return splice(
    text,
    node.offset,
    node.offset + node.length,
    print(undefined, value, oneLine ? undefined : indentAt(text, node.offset), style),
  );
}

interface Style {
  readonly eol: string;
  readonly unit: string;
}

function styleOf(text: string): Style {
  const unit = /^[ \t]+(?=")/m.exec(text)?.[0];
  return { eol: text.includes('\r\n') ? '\r\n' : '\n', unit: unit ?? '  ' };
}

/** `indent` undefined: on one line. */
function print(key: string | undefined, value: unknown, indent: string | undefined, style: Style): string {
  const json =
    indent === undefined
      ? spaced(value)
      : JSON.stringify(value, undefined, style.unit).replaceAll('\n', style.eol + indent);
  return key === undefined ? json : `${JSON.stringify(key)}: ${json}`;
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, one]) => `${JSON.stringify(key)}: ${spaced(one)}`)
    .join(', ')}}`;
}

const splice = (text: string, from: number, to: number, insert: string): string =>
  text.slice(0, from) + insert + text.slice(to);

/** The white space at the beginning of the line that `offset` is on. */
function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}

function beforeSpace(text: string, offset: number): number {
  return text.slice(0, offset).trimEnd().length;
}

function afterSpace(text: string, offset: number): number {
  return text.length - text.slice(offset).trimStart().length;
}

const COMMENT = /^(?:\/\/[^\n]*|\/\*[^]*?\*\/)/;

/** The offset of the next comma, after only spaces and comments; undefined when there is none. */
function commaAfter(text: string, offset: number): number | undefined {
  let at = offset;
  for (;;) {
    at = afterSpace(text, at);
    if (text[at] === ',') return at;
    const comment = COMMENT.exec(text.slice(at));
    if (!comment) return undefined;
    at += comment[0].length;
  }
}

/** The end of the comments that begin on this line. */
function endOfTrivia(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    const rest = text.slice(at);
    const space = /^[ \t]*/.exec(rest)?.[0].length ?? 0;
    const comment = COMMENT.exec(rest.slice(space));
    if (!comment) return at;
    at += space + comment[0].replace(/\r$/, '').length;
  }
}
