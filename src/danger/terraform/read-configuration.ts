/**
 * Reads Terraform configuration as plain data: blocks with their addresses. HCL through its grammar, `.tf.json` as
 * JSON.
 */
import { withSyntax, type SyntaxNode } from '../syntax';
import { entriesOf, readJson, shifted, type Tree } from '../yaml-and-json';
import type { Tools } from '../types';

/** A top-level block. */
export interface Item {
  /** `resource`, `data`, `module`, `provider`, `moved`, … */
  readonly kind: string;
  readonly labels: readonly string[];
  /** 1-based line of the header. */
  readonly line: number;
  /** Attributes and nested blocks by name; labelled blocks as `backend.s3`, repeated blocks as a list. */
  readonly body: Tree;
  readonly source: string;
}

export interface Configuration {
  readonly items: readonly Item[];
  /** Attributes outside blocks: variable values, Terragrunt's own. */
  readonly top: Tree;
}

/** Of a file that is not there. */
export const EMPTY: Configuration = {
  items: [],
  top: { line: 1, textLine: 1, tag: null, text: null, map: new Map(), list: null },
};

/** The tag of a text that is an expression, not a value. */
export const EXPRESSION = 'expression';
const HEREDOC = 'heredoc';

const DEEPEST = 60;

/** Undefined when it can't be parsed: Terraform would refuse it, too, so it says nothing about what will be there. */
export async function readConfiguration(path: string, text: string, tools: Tools): Promise<Configuration | undefined> {
  const refuse = (): void => tools.refused?.(text);
  if (/\.json$/i.test(path)) {
    const read = fromJson(text);
    if (read === undefined) refuse();
    return read;
  }
  return withSyntax('hcl', text, tools, (root) => {
    if (!root.hasError) return fromHcl(root);
    refuse();
    return undefined;
  });
}

function fromHcl(root: SyntaxNode): Configuration {
  const bodies = root.namedChildren.filter(({ type }) => type === 'body');
  const items = bodies
    .flatMap((body) => body.namedChildren)
    .filter(({ type }) => type === 'block')
    .map((block): Item => {
      const [kind = '', ...labels] = namesOf(block);
      return {
        kind,
        labels,
        line: block.startLine,
        body: bodyOf(block.childOf('body'), block.startLine, 0),
        source: block.text,
      };
    });
  return { items, top: treeOf(1, { map: new Map(bodies.flatMap((body) => attributesOf(body, 0))) }) };
}

const namesOf = (block: SyntaxNode): string[] =>
  block.namedChildren
    .filter(({ type }) => type === 'identifier' || type === 'string_lit')
    .map(({ text }) => text.replace(/^"|"$/g, ''));

function bodyOf(body: SyntaxNode | undefined, line: number, depth: number): Tree {
  const found = new Map<string, Tree>();
  if (body === undefined || depth > DEEPEST) return treeOf(line, { map: found });
  for (const [name, value] of attributesOf(body, depth)) found.set(name, value);
  for (const block of body.namedChildren.filter(({ type }) => type === 'block')) {
    const names = namesOf(block);
    const dynamic = names[0] === 'dynamic';
    const inner = dynamic
      ? block.childOf('body')?.namedChildren.find((one) => one.type === 'block' && namesOf(one)[0] === 'content')
      : block;
    const name = dynamic ? (names[1] ?? '') : names.join('.');
    const one = bodyOf(inner?.childOf('body'), block.startLine, depth + 1);
    const before = found.get(name);
    found.set(name, before === undefined ? one : treeOf(before.line, { list: [...(before.list ?? [before]), one] }));
  }
  return treeOf(line, { map: found });
}

const attributesOf = (body: SyntaxNode, depth: number): (readonly [string, Tree])[] =>
  body.namedChildren
    .filter(({ type }) => type === 'attribute')
    .flatMap((attribute) => {
      const value = attribute.childOf('expression');
      if (value === undefined) return [];
      return [
        [
          attribute.childOf('identifier')?.text ?? '',
          { ...valueOf(value, depth + 1), line: attribute.startLine },
        ] as const,
      ];
    });

function valueOf(expression: SyntaxNode, depth: number): Tree {
  const line = expression.startLine;
  const [node, more] = expression.namedChildren;
  if (node === undefined || more !== undefined || depth > DEEPEST) return raw(expression);
  if (node.type === 'literal_value') return treeOf(line, { text: node.text.replace(/^"|"$/g, '') });
  if (node.type === 'collection_value') {
    const [inner] = node.namedChildren;
    if (inner?.type === 'tuple')
      return treeOf(line, {
        list: inner.namedChildren.filter(({ type }) => type === 'expression').map((one) => valueOf(one, depth + 1)),
      });
    if (inner?.type === 'object') {
      const entries = inner.namedChildren
        .filter(({ type }) => type === 'object_elem')
        .flatMap((element): (readonly [string, Tree])[] => {
          const [key, value] = element.namedChildren.filter(({ type }) => type === 'expression');
          if (key === undefined || value === undefined) return [];
          return [[key.text.replace(/^"|"$/g, ''), { ...valueOf(value, depth + 1), line: element.startLine }]];
        });
      return treeOf(line, { map: new Map(entries) });
    }
  }
  if (
    node.type === 'function_call' &&
    /^(?:jsonencode|toset|tolist|tomap|tostring|tonumber|tobool)$/.test(node.childOf('identifier')?.text ?? '')
  ) {
    const [argument] = node.childOf('function_arguments')?.namedChildren ?? [];
    if (argument?.type === 'expression') return valueOf(argument, depth + 1);
  }
  if (node.type === 'template_expr') {
    const heredoc = node.childOf('heredoc_template');
    if (heredoc === undefined) return { ...raw(expression), text: node.text.replace(/^"|"$/g, '') };
    const text = heredoc.text.split('\n').slice(1, -1).join('\n');
    const json = /^\s*\{/.test(text) ? readJson(text.replace(/\$\{[^}]*\}/g, 'x')) : undefined;
    return json ? shifted(json, line) : treeOf(line, { text, tag: HEREDOC });
  }
  return raw(expression);
}

const raw = (node: SyntaxNode): Tree => treeOf(node.startLine, { text: node.text, tag: EXPRESSION });

const treeOf = (line: number, over: Partial<Tree>): Tree => ({
  line,
  textLine: line,
  tag: null,
  text: null,
  map: null,
  list: null,
  ...over,
});

/** How many labels each kind of block has in JSON. */
const LABELS: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  module: 1,
  provider: 1,
  variable: 1,
  output: 1,
};

function fromJson(text: string): Configuration | undefined {
  const tree = readJson(text);
  if (!tree?.map) return undefined;
  const items: Item[] = [];
  const collect = (kind: string, labels: readonly string[], value: Tree): void => {
    if (labels.length < (LABELS[kind] ?? 0))
      for (const [label, inner] of entriesOf(value)) collect(kind, [...labels, label], inner);
    else
      for (const body of value.list ?? [value])
        items.push({ kind, labels, line: body.line, body, source: JSON.stringify(plain(body, 0)) });
  };
  for (const [kind, value] of tree.map) collect(kind, [], value);
  return { items, top: treeOf(1, { map: new Map() }) };
}

const plain = ({ text, map, list }: Tree, depth: number): unknown =>
  depth > DEEPEST
    ? null
    : map
      ? [...map].map(([key, value]) => [key, plain(value, depth + 1)])
      : list
        ? list.map((one) => plain(one, depth + 1))
        : text;
