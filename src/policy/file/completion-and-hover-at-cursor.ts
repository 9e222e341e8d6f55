/** What may be written at a position in a policy, for completion and hover: from the schema. */
import { nodesAt } from './schema-errors';
import type { Cursor } from './key-at-cursor';
import { listIf } from '..';

export interface PolicyHelp {
  /** What the key at the position is for; empty when unknown. */
  readonly about: string;
  readonly offers: readonly PolicyOffer[];
}

interface PolicyOffer {
  readonly text: string;
  readonly kind: 'key' | 'value';
  readonly about: string;
}

type Node = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {});
const aboutOf = (node: Node): string => (typeof node['description'] === 'string' ? node['description'] : '');

export function helpAt({ path, at, word, siblings }: Cursor): PolicyHelp {
  const nodes = nodesAt(path);
  if (at === 'key') {
    const keys = new Map(
      nodes.flatMap((node) => Object.entries(objectOf(node['properties']))).map(([key, node]) => [key, objectOf(node)]),
    );
    const value = keys.get(word);
    const offers = [...keys]
      .filter(([key]) => !siblings.includes(key))
      .map(([text, node]): PolicyOffer => ({ text, kind: 'key', about: aboutOf(node) }));
    return { about: value ? aboutOf(value) : '', offers };
  }
  const values = nodes.flatMap((node) => {
    const written: readonly unknown[] = Array.isArray(node['enum'])
      ? node['enum']
      : node['const'] !== undefined
        ? [node['const']]
        : listIf(node['type'] === 'boolean', [true, false]);
    return written
      .filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      .map(String);
  });
  return {
    about: nodes.map(aboutOf).find((about) => about !== '') ?? '',
    offers: [...new Set(values)].map((text) => ({ text, kind: 'value', about: '' })),
  };
}
