/**
 * The rows of a tree. A row stays the same object while its content changes, and only rows with a new appearance are
 * redrawn, so that the editor keeps what is selected and expanded. Pure.
 */

import type { TimeSliced } from '../time-slices';

export interface Row<Node> {
  /** Unique in the whole tree. */
  readonly id: string;
  /** The node it currently represents. */
  readonly node: Node;
}

interface RowsPorts<Node> {
  readonly idOf: (node: Node) => string;
  /** Undefined: the top-level rows. */
  readonly childrenOf: (node: Node | undefined) => readonly Node[];
  /** Everything visible of a row itself. Two rows with the same face look the same. */
  readonly faceOf: (node: Node) => string;
}

interface Known<Node> extends Row<Node> {
  node: Node;
  /** As last drawn. */
  face: string;
  /** The row that it was drawn below; undefined at the top. */
  parent: Known<Node> | undefined;
  /** Undefined until they have been requested. */
  children?: readonly Known<Node>[];
}

/** How many rows are processed before the work yields. */
const ROWS_IN_A_SLICE = 50;

export class Rows<Node> {
  private readonly known = new Map<string, Known<Node>>();
  private top: readonly Known<Node>[] | undefined;

  constructor(private readonly ports: RowsPorts<Node>) {}

  /** The current rows below one, or at the top: marks them as drawn. */
  below(row?: Row<Node>): readonly Row<Node>[] {
    const of = row && this.known.get(row.id);
    if (row && !of) return []; // it was removed meanwhile
    const former = of ? of.children : this.top;
    const rows = this.ports.childrenOf(of?.node).map((node) => this.row(node, of));
    const unknown = new Set(rows);
    for (const previous of former ?? []) if (!unknown.has(previous) && previous.parent === of) this.forget(previous); // unless it has moved below another one
    if (of) of.children = rows;
    else this.top = rows;
    return rows;
  }

  /** The rows that have to be redrawn, with their descendants. `all`: the top-level rows differ. In slices. */
  *changed(): TimeSliced<readonly Row<Node>[] | 'all'> {
    if (this.top === undefined) return []; // none has been drawn yet
    return (yield* this.changedBelow(undefined, this.top)) ?? 'all';
  }

  /** Undefined: they differ. */
  private *changedBelow(
    of: Known<Node> | undefined,
    rows: readonly Known<Node>[],
  ): TimeSliced<readonly Row<Node>[] | undefined> {
    const { idOf, childrenOf, faceOf } = this.ports;
    const nodes = childrenOf(of?.node);
    if (nodes.length !== rows.length || rows.some((row, index) => row.id !== idOf(nodes[index] ?? row.node)))
      return undefined;
    const changed: Row<Node>[] = [];
    for (const [index, row] of rows.entries()) {
      if (index % ROWS_IN_A_SLICE === 0) yield;
      row.node = nodes[index] ?? row.node;
      if (faceOf(row.node) !== row.face) changed.push(row);
      else if (row.children) changed.push(...((yield* this.changedBelow(row, row.children)) ?? [row]));
    }
    return changed;
  }

  private row(node: Node, parent: Known<Node> | undefined): Known<Node> {
    const { idOf, faceOf } = this.ports;
    const id = idOf(node);
    const row = this.known.get(id) ?? { id, node, face: '', parent };
    row.node = node;
    row.parent = parent;
    row.face = faceOf(node);
    this.known.set(id, row);
    return row;
  }

  private forget(row: Known<Node>): void {
    this.known.delete(row.id);
    for (const child of row.children ?? []) if (child.parent === row) this.forget(child);
  }
}
