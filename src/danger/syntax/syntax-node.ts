/** A node of a syntax tree, read from the parser lazily. */
import type { Node } from '@vscode/tree-sitter-wasm';

/** Deeper nodes are not shown: real code is not nested this deep, and tree walks may recurse. */
export const DEPTH_AT_MOST = 300;
/** At most this many nodes of a tree are shown, first come, first served. A typical file of 2,000 lines has 20,000. */
export const NODES_AT_MOST = 300_000;

/** What the nodes of one tree share. */
export interface Source {
  readonly text: string;
  /** How many more nodes may be shown. */
  left: number;
  /** Whether something was not shown because there is too much of it or it is too deep. */
  cut?: boolean;
}

export class SyntaxNode {
  private known: readonly SyntaxNode[] | undefined;
  private knownNamed: readonly SyntaxNode[] | undefined;
  private kind: string | undefined;
  private words: string | undefined;

  constructor(
    private readonly node: Node,
    private readonly source: Source,
    /** The root has 0. Of a node in a tree that is nowhere too deep it may be less than it is. */
    readonly depth: number,
    private outer: SyntaxNode | undefined,
  ) {}

  /** What it lies in; undefined for the root. */
  get parent(): SyntaxNode | undefined {
    if (this.outer !== undefined) return this.outer;
    const { parent } = this.node;
    if (parent === null) return undefined;
    return (this.outer = new SyntaxNode(parent, this.source, Math.max(0, this.depth - 1), undefined));
  }

  /** The node's kind in its grammar; for keywords and punctuation the token itself. */
  get type(): string {
    return (this.kind ??= this.node.type);
  }

  /** False for keywords and punctuation, such as `{`. */
  get named(): boolean {
    return this.node.isNamed;
  }

  get text(): string {
    return (this.words ??= this.source.text.slice(this.start, this.end));
  }

  /** Where it starts in the text, in UTF-16 units. */
  get start(): number {
    return this.node.startIndex;
  }

  /** Where it ends, exclusive. */
  get end(): number {
    return this.node.endIndex;
  }

  /** 1-based. */
  get startLine(): number {
    return this.node.startPosition.row + 1;
  }

  /** 1-based; the line that its last character is on. */
  get endLine(): number {
    const { row, column } = this.node.endPosition;
    return column === 0 && this.end > this.start ? row : row + 1;
  }

  /** Whether the parser had to skip or invent something inside. */
  get hasError(): boolean {
    return this.node.hasError;
  }

  /** All children, in source order. */
  get children(): readonly SyntaxNode[] {
    return (this.known ??= this.shown(this.node.childCount, () => this.node.children));
  }

  /** The children other than keywords and punctuation. */
  get namedChildren(): readonly SyntaxNode[] {
    return (this.knownNamed ??=
      this.known?.filter((child) => child.named) ??
      this.shown(this.node.namedChildCount, () => this.node.namedChildren));
  }

  /** The child that the grammar has a name for, such as `name` or `arguments`. */
  childForField(field: string): SyntaxNode | undefined {
    const child = this.node.childForFieldName(field);
    if (child === null) return undefined;
    if (this.known !== undefined) return this.known.find((one) => one.node.id === child.id);
    if (this.depth >= DEPTH_AT_MOST || this.source.left < 1) {
      this.source.cut = true;
      return undefined;
    }
    this.source.left--;
    return new SyntaxNode(child, this.source, this.depth + 1, this);
  }

  /** The first child of one of these kinds, other than keywords and punctuation. */
  childOf(...types: readonly string[]): SyntaxNode | undefined {
    return this.namedChildren.find((child) => types.includes(child.type));
  }

  /** This node and its descendants in source order, parents first. `enter` may skip a node's descendants. */
  *walk(enter: (node: SyntaxNode) => boolean = () => true): Generator<SyntaxNode> {
    const waiting: SyntaxNode[] = [this];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      yield node;
      if (enter(node))
        for (let index = node.children.length - 1; index >= 0; index--)
          waiting.push(node.children[index] as SyntaxNode);
    }
  }

  /**
   * Visits this node and its descendants of these kinds, in source order, parents first. The result of `visit` is
   * passed to the descendants; null skips them. Other nodes get no object: creating those is what a walk over a large
   * text costs.
   */
  visitKinds<Context>(
    kinds: ReadonlySet<string>,
    context: Context,
    visit: (node: SyntaxNode, context: Context) => Context | null,
  ): void {
    const found = nodesOfKinds(this.node, kinds, { nodes: this.source.left, levels: DEPTH_AT_MOST - this.depth });
    if (found === undefined) this.visitStepByStep(kinds, context, visit);
    else this.visitAll(found, context, visit);
  }

  /** {@link visitKinds} for these nodes, in source order; those that lie in one another are told by where they end. */
  private visitAll<Context>(
    nodes: readonly Node[],
    context: Context,
    visit: (node: SyntaxNode, context: Context) => Context | null,
  ): void {
    const around: { readonly end: number; readonly context: Context | null }[] = [];
    this.source.left -= this.node.descendantCount;
    for (const node of nodes) {
      while (around.length > 0 && (around.at(-1)?.end ?? 0) <= node.startIndex) around.pop();
      const last = around.at(-1);
      const outer = last === undefined ? context : last.context;
      if (outer === null) continue;
      const isSelf = node.id === this.node.id;
      const syntaxNode = new SyntaxNode(
        node,
        this.source,
        this.depth + (isSelf ? 0 : around.length + 1),
        isSelf ? this.outer : undefined,
      );
      const inner = visit(syntaxNode, outer);
      around.push({ end: syntaxNode.end, context: inner });
    }
  }

  /** {@link visitKinds} where the tree is too large or too deep to be shown in full. */
  private visitStepByStep<Context>(
    kinds: ReadonlySet<string>,
    context: Context,
    visit: (node: SyntaxNode, context: Context) => Context | null,
  ): void {
    const cursor = this.node.walk();
    const contexts: Context[] = [context];
    try {
      for (;;) {
        if (--this.source.left < 0) {
          this.source.cut = true;
          return;
        }
        let here: Context | null = contexts.at(-1) as Context;
        if (kinds.has(cursor.nodeType))
          here = visit(
            new SyntaxNode(
              cursor.currentNode,
              this.source,
              this.depth + contexts.length - 1,
              contexts.length === 1 ? this.outer : undefined,
            ),
            here,
          );
        if (here !== null && this.depth + contexts.length <= DEPTH_AT_MOST && cursor.gotoFirstChild()) {
          contexts.push(here);
          continue;
        }
        if (here !== null && this.depth + contexts.length > DEPTH_AT_MOST && cursor.currentNode.childCount > 0)
          this.source.cut = true;
        while (!cursor.gotoNextSibling()) {
          if (contexts.length <= 2 && (contexts.length === 1 || !cursor.gotoParent())) return;
          if (contexts.length > 2) cursor.gotoParent();
          contexts.pop();
          if (contexts.length === 1) return;
        }
      }
    } finally {
      cursor.delete();
    }
  }

  /** Those of its children that may be shown: all of them, or none. */
  private shown(count: number, read: () => readonly (Node | null)[]): readonly SyntaxNode[] {
    if (count === 0) return [];
    if (this.depth >= DEPTH_AT_MOST || count > this.source.left) {
      this.source.cut = true;
      return [];
    }
    this.source.left -= count;
    const shown: SyntaxNode[] = [];
    for (const child of read())
      if (child !== null) shown.push(new SyntaxNode(child, this.source, this.depth + 1, this));
    return shown;
  }
}

/** So many nodes are looked at to see how deep a tree is. */
const LOOKED_AT_AT_MOST = 5000;

/**
 * The node and its descendants of these kinds, in source order, parents first. Undefined where there are more nodes or
 * levels below it than may be shown, and where a node without text makes it unclear which lies in which.
 */
function nodesOfKinds(
  node: Node,
  kinds: ReadonlySet<string>,
  atMost: { readonly nodes: number; readonly levels: number },
): readonly Node[] | undefined {
  if (node.descendantCount > atMost.nodes || !isShallow(node, atMost.levels)) return undefined;
  const found = node.descendantsOfType([...kinds]).filter((one) => one !== null);
  return found.some(({ startIndex, endIndex }) => startIndex === endIndex) ? undefined : found;
}

/** Whether nothing below it is more than so many levels down. With n descendants none is more than n levels down. */
function isShallow(node: Node, levels: number): boolean {
  const waiting = [{ node, levels }];
  for (const parent of waiting) {
    if (parent.node.descendantCount - 1 <= parent.levels) continue; // it counts itself
    if (parent.levels <= 0 || waiting.length > LOOKED_AT_AT_MOST) return false;
    for (const child of parent.node.children)
      if (child !== null) waiting.push({ node: child, levels: parent.levels - 1 });
  }
  return true;
}
