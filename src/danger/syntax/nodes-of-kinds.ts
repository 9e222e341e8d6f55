/** The nodes of some kinds below a node, by one call of the parser: walking to each node costs a call a step. */
import type { Node } from '@vscode/tree-sitter-wasm';

/** So many nodes are looked at to see how deep a tree is. */
const LOOKED_AT_AT_MOST = 5000;

/**
 * The node and its descendants of these kinds, in source order, parents first. Undefined where there are more nodes or
 * levels below it than may be shown, and where a node without text makes it unclear which lies in which.
 */
export function nodesOfKinds(
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
  for (const one of waiting) {
    if (one.node.descendantCount - 1 <= one.levels) continue; // it counts itself
    if (one.levels <= 0 || waiting.length > LOOKED_AT_AT_MOST) return false;
    for (const child of one.node.children) if (child !== null) waiting.push({ node: child, levels: one.levels - 1 });
  }
  return true;
}
