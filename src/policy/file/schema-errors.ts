/**
 * Zod's complaints about a policy file, for people: where, what was expected, what was found, what was probably meant.
 */
import type { z } from 'zod';
import { policyJsonSchema } from './schema';
import { nearestOf, suggestionFor } from '../suggest-word';
import { countOf, quoted } from '../counts-lists-and-names-in-sentences';
import type { LocatedData, LocatedProblem, Path, Plain } from './read-yaml-with-positions';

type Issue = z.core.$ZodIssue;

/**
 * One problem for each thing to fix.
 *
 * @param part Which part of a policy the data is, when it is not the whole: the content of a people file is its
 *   `people`.
 */
export function problemsOf(issues: readonly Issue[], data: LocatedData, part: Path = []): readonly LocatedProblem[] {
  return issues.flatMap((issue) => ofIssue(issue, [], data, part));
}

function ofIssue(issue: Issue, above: Path, data: LocatedData, part: Path): readonly LocatedProblem[] {
  const path: Path = [...above, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const allowed = keysAllowedAt([...part, ...path]);
      const newer = nearestOf(key, allowed) === undefined ? '; a key of a newer version needs a newer Linekeeper' : '';
      return {
        ...data.keyAt([...path, key]),
        message: `unknown key ${quoted(key)}${inside(path)}`,
        suggestion: `${suggestionFor(key, allowed)}${newer}`,
      };
    });
  }
  if (issue.code === 'invalid_union') {
    const branch = likeliest(issue.errors);
    if (branch !== undefined) return branch.flatMap((inner) => ofIssue(inner, path, data, part));
  }
  if (issue.code === 'invalid_key') {
    const key = String(path.at(-1) ?? '');
    return [
      {
        ...data.keyAt(path),
        message: `${quoted(key)}${inside(path.slice(0, -1))}: ${issue.issues[0]?.message ?? 'not a valid key'}`,
        suggestion: null,
      },
    ];
  }
  const found = partAt(data.value, path);
  if (found === undefined)
    return [
      {
        ...data.valueAt(path.slice(0, -1)),
        message: `${quoted(String(path.at(-1) ?? ''))} is missing${inside(path.slice(0, -1))}`,
        suggestion: `add it: ${issue.message}`,
      },
    ];
  const allowed = issue.code === 'invalid_value' ? issue.values.filter((value) => typeof value === 'string') : [];
  const suggestion =
    allowed.length > 0 && typeof found === 'string'
      ? suggestionFor(found, allowed)
      : hintFor(issue, found, [...part, ...path]);
  return [
    { ...data.valueAt(path), message: `${nameOf(path)}: ${issue.message}, found ${described(found)}`, suggestion },
  ];
}

/**
 * The alternative that was most likely meant: one that is not of a different kind altogether, with the fewest
 * complaints.
 */
function likeliest(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const ofThisKind = alternatives.filter(
    (issues) => !issues.some((issue) => issue.path.length === 0 && issue.code !== 'unrecognized_keys'),
  );
  const weight = (issues: readonly Issue[]): number =>
    issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
  return [...ofThisKind].sort((a, b) => weight(a) - weight(b))[0];
}

function hintFor(issue: Issue, found: Plain, path: Path): string | null {
  if (issue.code === 'invalid_type' && issue.expected === 'array') {
    if (found === null)
      return nodesAt(path).some((node) => typeof node['minItems'] === 'number')
        ? 'list at least one below it'
        : 'write [] for an empty list';
    if (typeof found === 'string') return `write [${JSON.stringify(found)}]`;
  }
  // An unquoted * begins an alias of YAML (https://yaml.org/spec/1.2.2/#71-alias-nodes).
  if (found === null && typeof path.at(-1) === 'number') return 'write it in quotes if it begins with *';
  if (issue.code === 'invalid_format' && typeof found === 'string' && issue.pattern !== undefined) {
    const plain = found
      .trim()
      .toLowerCase()
      .replace(/[\s_]+/g, '-');
    if (plain !== found && new RegExp(issue.pattern.slice(1, -1)).test(plain)) return `write ${plain}`;
  }
  if (issue.code === 'too_small' && issue.origin === 'number')
    return 'leave the requirement out if nothing is to be asked';
  return null;
}

/** The keys that the schema allows at a path, in any alternative. */
const keysAllowedAt = (path: Path): readonly string[] => [
  ...new Set(nodesAt(path).flatMap((node) => Object.keys(objectOf(node['properties'])))),
];

/** The schema's nodes at a path, in every alternative. */
export function nodesAt(path: Path): readonly Node[] {
  let here: readonly Node[] = [policyJsonSchema('usual')];
  for (const part of path) here = here.flatMap(alternatives).flatMap((node) => children(node, part));
  return here.flatMap(alternatives);
}

type Node = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {});

function alternatives(node: Node): readonly Node[] {
  const { anyOf } = node;
  return Array.isArray(anyOf) ? anyOf.map(objectOf).flatMap(alternatives) : [node];
}

function children(node: Node, part: string | number): readonly Node[] {
  if (typeof part === 'number') return [objectOf(node['items'])];
  const properties = objectOf(node['properties']);
  return [objectOf(Object.hasOwn(properties, part) ? properties[part] : node['additionalProperties'])];
}

function partAt(value: Plain, path: Path): Plain | undefined {
  let here: Plain | undefined = value;
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined;
    here = (here as Readonly<Record<string | number, Plain>>)[part];
  }
  return here;
}

/** `tiers[0].review.any`. */
const nameOf = (path: Path): string =>
  path.length === 0
    ? 'the policy'
    : path
        .map((part, index) =>
          typeof part === 'number' ? `[${String(part)}]` : `${index === 0 ? '' : '.'}${quoted(part)}`,
        )
        .join('');

const inside = (path: Path): string => (path.length === 0 ? '' : ` in ${nameOf(path)}`);

function described(value: Plain): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return `a list of ${String(value.length)}`;
  if (typeof value === 'object') return countOf(Object.keys(value).length, 'key');
  return typeof value === 'string' ? quoted(value.length > 40 ? `${value.slice(0, 40)}…` : value) : String(value);
}
