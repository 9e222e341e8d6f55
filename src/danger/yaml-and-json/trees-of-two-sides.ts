/** The data of both sides of a change, read once for all analyzers. */
import type { Change } from '../types';
import { readJson } from './read-json';
import type { Tree } from './tree';
import { readBoth } from './read-two-yaml-versions';
import { documentsOf, readYaml, type Part } from './read-yaml';

/** Turns a template (Helm, Jinja) into YAML: what the template engine would fill in becomes a word, line for line. */
const TAG = /\{\{.*?\}\}|\{%.*?%\}/g;

/** Lines keep their numbers; the same expression becomes the same word, so that both sides can be compared. */
function withoutTemplates(text: string): string {
  if (!/\{[{%#]/.test(text)) return text;
  return text
    .replace(/\{\{-?\s*\/\*[\s\S]*?\*\/\s*-?\}\}|\{#[\s\S]*?#\}/g, (comment) => comment.replace(/[^\n]/g, ''))
    .split('\n')
    .map((line) => {
      if (!/\{\{|\{%/.test(line)) return line;
      if (line.length > 5_000) return '';
      const bare = line.replace(TAG, '').trim();
      if (bare === '' || /\{\{|\}\}|\{%|%\}/.test(bare))
        return /^\s*\{\{.*\}\}\s*:/.test(line) ? line.replace(TAG, wordOf) : '';
      return line.replace(/"\{\{(.*?)\}\}"/g, (_, inner: string) => `"${wordOf(inner)}"`).replace(TAG, wordOf);
    })
    .join('\n');
}

/** A word of letters that stands for an expression. */
function wordOf(expression: string): string {
  return `tpl_${expression
    .replace(/^(\W*)template\b/, '$1include')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 80)}`;
}

/** The documents of each side that the other side does not have verbatim. */
interface Sides {
  readonly before: readonly Tree[];
  readonly after: readonly Tree[];
}

const seen = new WeakMap<Change, Sides | null>();

/** Null when one side cannot be parsed: nothing is reported for half-written files. */
export function sidesOf(change: Change): Sides | null {
  const known = seen.get(change);
  if (known !== undefined) return known;
  const sides = readSides(change);
  seen.set(change, sides);
  return sides;
}

function readSides({ path, before, after }: Change): Sides | null {
  if (/\.(?:json|jsonc|json5|template)$/i.test(path) && /^\s*[{[]/.test(after ?? before ?? '')) {
    const [old, now] = [before, after].map((text) => (text === null ? null : readJson(text)));
    if (old === undefined || now === undefined) return null;
    return { before: old === null ? [] : [old], after: now === null ? [] : [now] };
  }
  return (
    readYamlSides(before ?? '', after ?? '') ??
    readYamlSides(withoutTemplates(before ?? ''), withoutTemplates(after ?? ''))
  );
}

/** Files with more documents are not read. */
const MOST_DOCUMENTS = 2_000;

function readYamlSides(before: string, after: string): Sides | null {
  const [old, now] = [documentsOf(before), documentsOf(after)];
  if (old.length > MOST_DOCUMENTS || now.length > MOST_DOCUMENTS) return null;
  const parts = [newOf(old, now), newOf(now, old)] as const;
  const read =
    parts[0].length === parts[1].length
      ? inPairs(parts[0].map((part, index) => readBoth(part, parts[1][index] ?? part)))
      : parts.map((side) => side.map(readYaml));
  const [oldTree, newTree] = read.map(withoutEmpty);
  if (oldTree === null || oldTree === undefined || newTree === null || newTree === undefined) return null;
  return { before: oldTree, after: newTree };
}

type Read = Tree | null | undefined;

const inPairs = (pairs: readonly (readonly [Read, Read])[]): readonly (readonly Read[])[] => [
  pairs.map(([one]) => one),
  pairs.map(([, other]) => other),
];

/** Null where one can't be read. */
const withoutEmpty = (trees: readonly Read[]): readonly Tree[] | null =>
  trees.includes(undefined) ? null : trees.flatMap((tree) => tree ?? []);

/** The documents that the other side does not have verbatim. */
function newOf(parts: readonly Part[], others: readonly Part[]): readonly Part[] {
  const known = new Map<string, number>();
  for (const { text } of others) known.set(text.trim(), (known.get(text.trim()) ?? 0) + 1);
  return parts.filter(({ text }) => {
    const same = known.get(text.trim()) ?? 0;
    known.set(text.trim(), same - 1);
    return same <= 0;
  });
}
