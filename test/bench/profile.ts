/** Reads off a profile for how long an extension kept the thread of its host busy. */
import type { Profiler } from 'node:inspector';
import type { HostProfile } from '../editor/host/probe/events';
import { median } from './measure';

/** Work of the extension without a break. */
export interface Block {
  /** Milliseconds on the processor: what the machine gave to other programs meanwhile does not count. */
  readonly time: number;
  /** The functions of the extension that were at work, with their milliseconds, longest first. */
  readonly doing: readonly (readonly [name: string, time: number])[];
}

/**
 * A sample that comes so many times later than is usual came late because the thread had to wait for a processor: it
 * stands for the usual time.
 */
const LATE = 3;

/**
 * The blocks of an extension, longest first. A block ends when the thread does something else, and where the extension
 * lets others go first. `folder`: what the addresses of the extension's own files have in them. Collecting garbage
 * counts for whoever was at work before it.
 */
export function blocksOf(
  { profile: { nodes, startTime, samples = [], timeDeltas = [] }, turns }: HostProfile,
  folder: string,
): Block[] {
  const stacks = stacksOf(nodes);
  const ownOf = new Map(
    [...stacks].map(([id, stack]) => [
      id,
      [...new Set(stack.filter(({ callFrame }) => callFrame.url.includes(folder)).map(nameOf))],
    ]),
  );
  const isGarbage = new Set(
    nodes.filter(({ callFrame }) => callFrame.functionName === '(garbage collector)').map(({ id }) => id),
  );
  const usual = median(timeDeltas);
  const blocks: { time: number; doing: Map<string, number> }[] = [];
  let open: (typeof blocks)[number] | undefined;
  let turn = 0;
  let at = startTime;
  for (const [index, sample] of samples.entries()) {
    at += timeDeltas[index] ?? 0;
    while ((turns[turn] ?? Infinity) < at) {
      open = undefined;
      turn++;
    }
    const own = ownOf.get(sample) ?? [];
    if (own.length === 0 && !(open && isGarbage.has(sample))) {
      open = undefined;
      continue;
    }
    if (!open) blocks.push((open = { time: 0, doing: new Map() }));
    // A sample stands for the time until the next one.
    const took = timeDeltas[index + 1] ?? 0;
    const time = (took > usual * LATE ? usual : took) / 1000;
    open.time += time;
    for (const name of own) open.doing.set(name, (open.doing.get(name) ?? 0) + time);
  }
  return blocks
    .map(({ time, doing }): Block => ({ time, doing: [...doing].sort((a, b) => b[1] - a[1]) }))
    .sort((a, b) => b.time - a.time);
}

const nameOf = ({ callFrame }: Profiler.ProfileNode): string =>
  callFrame.functionName || `(${String(callFrame.columnNumber)})`;

/** For each node its callers and itself, outermost first. */
function stacksOf(nodes: readonly Profiler.ProfileNode[]): ReadonlyMap<number, readonly Profiler.ProfileNode[]> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const callers = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)));
  const stackOf = (id: number | undefined): readonly Profiler.ProfileNode[] => {
    const node = id === undefined ? undefined : byId.get(id);
    return node ? [...stackOf(callers.get(node.id)), node] : [];
  };
  return new Map(nodes.map(({ id }) => [id, stackOf(id)]));
}
