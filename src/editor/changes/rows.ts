/**
 * The rows of a tree. A row stays the same object while what it shows changes, and only what shows something else is
 * drawn anew, so that the editor keeps what is selected and open. Pure.
 */

import type { TimeSliced } from '../time-slices';

export interface Row<Node> {
  /** One of its own in the whole tree. */
  readonly id: string;
  /** What it stands for now. */
  readonly node: Node;
}

export interface RowsPorts<Node> {
  readonly idOf: (node: Node) => string;
  /** Undefined: the rows at the top. */
  readonly childrenOf: (node: Node | undefined) => readonly Node[];
  /** All that is seen of a row itself. Two rows with the same face look the same. */
  readonly faceOf: (node: Node) => string;
}

interface Known<Node> extends Row<Node> {
  node: Node;
  /** As it was drawn. */
  face: string;
  /** The row that it was drawn below; undefined at the top. */
  parent: Known<Node> | undefined;
  /** Undefined while nobody has asked for them. */
  children?: readonly Known<Node>[];
}

/** So many rows are gone over before others may go first. */
const ROWS_IN_A_SLICE = 50;

export class Rows<Node> {
  private readonly known = new Map<string, Known<Node>>();
  private top: readonly Known<Node>[] | undefined;

  constructor(private readonly ports: RowsPorts<Node>) {}

  /** The rows below one, or at the top, as they are now: they are drawn. */
  below(row?: Row<Node>): readonly Row<Node>[] {
    const of = row && this.known.get(row.id);
    if (row && !of) return []; // it went away meanwhile
    const former = of ? of.children : this.top;
    const rows = this.ports.childrenOf(of?.node).map((node) => this.row(node, of));
    const left = new Set(rows);
    for (const one of former ?? []) if (!left.has(one) && one.parent === of) this.forget(one); // or it is below another one now
    if (of) of.children = rows;
    else this.top = rows;
    return rows;
  }

  /** The rows that have to be drawn anew, with what is below them. `all`: those at the top are others. In slices. */
  *changed(): TimeSliced<readonly Row<Node>[] | 'all'> {
    if (this.top === undefined) return []; // none was drawn yet
    return (yield* this.changedBelow(undefined, this.top)) ?? 'all';
  }

  /** Undefined: they are others. */
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
