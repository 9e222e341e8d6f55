/** Reads both sides of a change to Terraform configuration; blocks that the change leaves as they are are read once. */
import { sharedEnds } from '../../provenance/authorship';
import type { Tools } from '../types';
import { shifted } from '../yaml-and-json';
import { EMPTY, readConfiguration, type Configuration, type Item } from './read-configuration';

/** Undefined for a side that its own program would refuse. */
export async function readSides(
  path: string,
  before: string | null,
  after: string | null,
  tools: Tools,
): Promise<readonly [Configuration | undefined, Configuration | undefined]> {
  const newConfiguration = after === null ? EMPTY : await readConfiguration(path, after, tools);
  if (before === null) return [EMPTY, newConfiguration];
  const known =
    after === null || newConfiguration === undefined
      ? undefined
      : await besides(path, before, after, newConfiguration, tools);
  return [known ?? (await readConfiguration(path, before, tools)), newConfiguration];
}

/**
 * The old side: what surrounds the changed lines, cut where a block ends, is as on the new one; only what is between is
 * read. Undefined where that can't be said for sure.
 */
async function besides(
  path: string,
  before: string,
  after: string,
  newConfiguration: Configuration,
  tools: Tools,
): Promise<Configuration | undefined> {
  if (/\.json$/i.test(path) || sizeOf(newConfiguration.top.map) > 0) return undefined;
  const [old, lines] = [before.split('\n'), after.split('\n')];
  let { head, tail } = sharedEnds(old.length, lines.length, (x, y) => old[x] === lines[y]);
  while (head > 0 && lines[head - 1] !== '}') head--;
  while (tail > 0 && lines.at(-tail) !== '}') tail--;
  tail = Math.max(0, tail - 1); // the block that ends there is changed
  const end = lines.length - tail;
  const [above, below]: [Item[], Item[]] = [[], []];
  for (const item of newConfiguration.items) {
    const last = item.line + item.source.split('\n').length - 1;
    if (last <= head) above.push(item);
    else if (item.line > end) below.push(item);
    else if (item.line <= head || last > end) return undefined;
  }
  const part = await readConfiguration(path, '\n'.repeat(head) + old.slice(head, old.length - tail).join('\n'), {
    grammar: tools.grammar,
  });
  if (part === undefined || sizeOf(part.top.map) > 0) return undefined;
  const by = old.length - lines.length;
  const moved =
    by === 0 ? below : below.map((item) => ({ ...item, line: item.line + by, body: shifted(item.body, by) }));
  return { items: [...above, ...part.items, ...moved], top: part.top };
}

const sizeOf = (map: ReadonlyMap<string, unknown> | null): number => map?.size ?? 0;
