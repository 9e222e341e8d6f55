/**
 * From the text of a policy file to a policy: the room's second, heavy door (YAML and zod). Load it on demand.
 */
import { mistakesOf, noFilesIn, policyOf } from './interpret';
import { problemsOf } from './schema-errors';
import { TOP_KEYS } from './extend-origins';
import { extendPolicy, type Origins, type PolicyPart } from './extend';
import { levelsIn, shapesOf } from './schema';
import { levelsOf } from '../identities-and-levels';
import type { Level, Policy } from '../types';
import { hasNoFiles } from '../tier-and-role-of-file';
import {
  readYaml,
  type LocatedData,
  type LocatedProblem,
  type Path,
  type SourcePosition,
  type Plain,
  utf8Text,
} from './read-yaml-with-positions';

export { adviceOf } from '../probable-mistakes';
export { cursorIn } from './key-at-cursor';
export { helpAt, type PolicyHelp } from './completion-and-hover-at-cursor';
export type { Origins } from './extend';
export { parsePeopleFile, type PeopleByLevel } from './parse-people-file';
export { suggestionFor } from '../suggest-word';
export { readYaml, utf8Text, type LocatedData, type Path } from './read-yaml-with-positions';

/** As git or a system writes a path that does not begin in the repository. */
const ABSOLUTE = /^(?:[A-Za-z]:)?[\\/]/;

/** Something to fix in a policy file. Line and column are 1-based, the column in UTF-16 units. */
export type PolicyProblem = LocatedProblem;

export type ParsedPolicy =
  | {
      readonly ok: true;
      readonly policy: Policy;
      /** Line of each pattern: `patternLines[tier][pattern]`, both in the policy's order; null where an extended file has it. */
      readonly patternLines: readonly (readonly (number | null)[])[];
      /** The people files that the policy names, and where it names them. */
      readonly peopleFiles: readonly NamedPeopleFile[];
      /** Where the value at a path begins. */
      readonly placeOf: (path: Path) => SourcePosition;
      /** The files that it extends, relative to the repository's root. */
      readonly extended: readonly string[];
      /** Which file each part came from; empty when nothing is extended. */
      readonly origins: Origins;
      readonly part: PolicyPart;
      /** What asks for less than a floor that only observes: once that enforces, these are problems. */
      readonly less?: readonly PolicyProblem[];
      /** What holds once the floors enforce that only observe: the policy is without them. Left out where there are none. */
      readonly enforced?: Policy;
    }
  | {
      readonly ok: false;
      readonly problems: readonly PolicyProblem[];
      /** What holds while it is broken: its floors, with as much of it as they allow; left out where there are none. */
      readonly floored?: Floored;
      /** What can be read of it all the same: only for what agents may not do. Left out: nothing. */
      readonly readable?: Policy;
    };

/** What one file says by itself; with a mistake, as much of it as can be read. */
type ParsedFile =
  | Extract<ParsedPolicy, { readonly ok: true }>
  | {
      readonly ok: false;
      readonly problems: readonly PolicyProblem[];
      readonly part?: PolicyPart;
      readonly extended?: readonly string[];
    };

/** What a file gives to the policies above it, and what is wrong with it, as a sentence without its full stop. */
interface Underlay {
  readonly part?: PolicyPart;
  readonly wrong?: string;
}

/** What floors alone require, or with as much of a policy as they allow. */
export interface Floored {
  readonly policy: Policy;
  readonly origins: Origins;
  /** Keys and tiers that every floor lets a repository loosen. */
  readonly mayLoosen: readonly string[];
  /** See {@link ParsedPolicy}. */
  readonly enforced?: Policy;
}

/** A company's policy that lies under every repository's. */
export interface Floor {
  /** Where it is, for people. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** What is known to be wrong with it, as a sentence without its full stop. */
  readonly problem?: string;
  /** It comes from settings that are locked on the machine, and has no tiers. */
  readonly ofSettings?: boolean;
}

/** A file that a policy extends, or its lock. */
export interface ExtendedFile {
  readonly bytes: Uint8Array;
  /** `sha256:` and the hash of the bytes. */
  readonly digest: string;
}

/** A file that a policy takes people from; its place is that of the name, as in PolicyProblem. */
export interface NamedPeopleFile extends SourcePosition {
  readonly file: string;
  readonly level: Level;
  /** The extended file that names it; left out where the policy itself does. */
  readonly by?: string;
}

/** At most this many problems are reported at once. */
const MOST_PROBLEMS = 50;

/**
 * Parses a policy: text, or bytes that must be UTF-8. Whatever is unknown, missing, duplicated or of the wrong kind is
 * a problem; with any problem there is no policy. Never throws.
 *
 * @param extended Contents of the files that it extends, and of their locks (`filesExtended`), by path. When left out,
 *   what it extends is ignored, and the policy is this file alone.
 * @param floors What lies under it, with the rules of `extends`. A broken one is a problem at the policy's beginning.
 */
export function parsePolicy(
  source: string | Uint8Array,
  extended?: ReadonlyMap<string, ExtendedFile>,
  floors: readonly Floor[] = [],
): ParsedPolicy {
  const parsed = parseOne(source, POLICY_FILE);
  const { parts: bases, problems: ofFloors } = floorParts(floors);
  const wrong = [...ofFloors];
  const peopleFiles = parsed.ok ? [...parsed.peopleFiles] : [];
  for (const [index, file] of (extended === undefined ? [] : (parsed.extended ?? [])).entries()) {
    const at = parsed.ok ? parsed.placeOf(['extends', index]) : TOP;
    const found = basePart(file, extended ?? new Map<string, ExtendedFile>());
    if (found.wrong !== undefined)
      wrong.push({ ...at, message: found.wrong, suggestion: `"linekeeper policy vendor" brings it again` });
    if (found.part === undefined) continue;
    bases.push(found.part);
    for (const [level, files] of Object.entries<readonly string[]>(found.part.policy.peopleFiles))
      peopleFiles.push(...files.map((people) => ({ file: people, level, by: file, ...at })));
  }
  const binding = bases.filter(isBinding);
  if (!parsed.ok || wrong.length > 0) {
    const held = parsed.part && layered(parsed.part, bases);
    return {
      ...failed([...wrong, ...(parsed.ok ? [] : parsed.problems)]),
      // A broken floor takes nothing from a policy that is whole.
      ...(held && parsed.ok && wrong.length === ofFloors.length
        ? { floored: { ...held, mayLoosen: [] } }
        : flooredBy(binding)),
      ...(held && held.policy.tiers.length > 0 ? { readable: held.policy } : {}),
    };
  }
  if (bases.length === 0) return parsed;
  const { whole, bound, policy, origins } = layered(parsed.part, bases);
  const located = (mistakes: typeof whole.mistakes): readonly PolicyProblem[] =>
    mistakes.map(({ path: at, message, suggestion }) => ({ ...parsed.placeOf(at), message, suggestion }));
  const empty = new Set(policy.tiers.filter(hasNoFiles).map(({ name }) => name));
  const mistakes = [
    ...bound.mistakes,
    ...parsed.policy.tiers.flatMap(({ name }, rank) => (empty.has(name) ? [noFilesIn(name, ['tiers', rank])] : [])),
  ];
  if (mistakes.length > 0)
    return {
      ...failed(located(mistakes)),
      ...(binding.some(({ floor }) => floor === true) ? { floored: { policy, origins, mayLoosen: [] } } : {}),
    };
  if (policy.tiers.length === 0)
    return failed([{ ...TOP, message: 'there is no tier, here or in what this extends', suggestion: 'add tiers:' }]);
  const patternLines = policy.tiers.map((tier) => {
    const rank = parsed.policy.tiers.findIndex(({ name }) => name === tier.name);
    return tier.paths.map(
      (pattern) => parsed.patternLines[rank]?.[parsed.policy.tiers[rank]?.paths.indexOf(pattern) ?? -1] ?? null,
    );
  });
  return {
    ...parsed,
    policy,
    peopleFiles,
    origins,
    patternLines,
    ...(whole.mistakes.length === 0 ? {} : { less: located(whole.mistakes) }),
    ...(policy === whole.policy ? {} : { enforced: whole.policy }),
  };
}

function layered(
  part: PolicyPart,
  bases: readonly PolicyPart[],
): Pick<Floored, 'policy' | 'origins'> & Record<'whole' | 'bound', ReturnType<typeof extendPolicy>> {
  const whole = extendPolicy(part, bases);
  const binding = bases.filter(isBinding);
  const bound = binding.length === bases.length ? whole : extendPolicy(part, binding);
  // Of a policy that only observes itself, all is only said.
  const { policy, origins } = bound.policy.mode === 'observe' ? whole : bound;
  return { whole, bound, policy, origins };
}

/** A floor that observes adds nothing to a policy that enforces. */
const isBinding = ({ floor, policy }: PolicyPart): boolean => floor !== true || policy.mode !== 'observe';

const TOP: SourcePosition = { line: 1, column: 1 };

/**
 * What floors alone require, for a repository without a policy. Where they name no tier, `otherwise` gives the tiers;
 * without it, undefined.
 */
export function parseFloors(
  floors: readonly Floor[],
  otherwise?: Policy,
): Floored | readonly PolicyProblem[] | undefined {
  const { parts, problems } = floorParts(floors);
  if (problems.length > 0) return problems;
  const { floored: whole } = flooredBy(parts);
  const { floored: bound } = flooredBy(parts.filter(isBinding));
  const decides = bound !== undefined && bound.policy.tiers.length > 0 && parts.some((part) => !isBinding(part));
  const floored = decides && whole !== undefined ? { ...bound, enforced: whole.policy } : whole;
  if (floored === undefined || floored.policy.tiers.length > 0) return floored;
  return otherwise === undefined ? undefined : { ...floored, policy: withTiersOf(otherwise, floored.policy) };
}

/** Tiers that ask by levels of other names than the policy's ask for nobody. */
function withTiersOf({ tiers, generated }: Policy, policy: Policy): Policy {
  const isAsking = policy.levels === undefined;
  return {
    ...policy,
    generated: [...new Set([...policy.generated, ...generated])],
    tiers: isAsking ? tiers : tiers.map((tier) => ({ ...tier, any: null, ai: null })),
  };
}

function flooredBy(parts: readonly PolicyPart[]): { readonly floored?: Floored } {
  const [first] = parts;
  if (first === undefined) return {};
  const { policy, origins } = extendPolicy({ ...first, mayLoosen: [], says: () => false }, parts);
  const mayLoosen = first.mayLoosen.filter((name) => parts.every((part) => part.mayLoosen.includes(name)));
  return { floored: { policy, origins, mayLoosen } };
}

function floorParts(floors: readonly Floor[]): { readonly parts: PolicyPart[]; readonly problems: PolicyProblem[] } {
  const parts: PolicyPart[] = [];
  const problems: PolicyProblem[] = [];
  for (const { file, bytes, problem, ofSettings } of floors) {
    const { part, wrong } = underlay(file, parseFloor(bytes, file));
    const message = problem === undefined ? wrong : `${file} is broken: ${problem}`;
    if (message !== undefined) problems.push({ ...TOP, message, suggestion: 'fix it there', file });
    // A floor of which nothing can be read allows no more than one that says nothing.
    const taken = part ?? (ofSettings === true ? undefined : parseFloor('version: 1', file).part);
    if (taken === undefined) continue;
    parts.push({ ...taken, floor: true, ...(ofSettings === true ? locking(taken) : {}) });
  }
  return { parts, problems };
}

/** Locked settings bind by what they say, and not by what they leave out. */
const locking = ({ says }: PolicyPart): Pick<PolicyPart, 'locks' | 'mayLoosen'> => ({
  locks: true,
  mayLoosen: TOP_KEYS.filter((key) => !says([key])),
});

const underlay = (file: string, { part, ...parsed }: ParsedFile): Underlay => ({
  ...(part === undefined ? {} : { part }),
  ...(parsed.ok
    ? {}
    : {
        wrong: `${file} is broken at line ${String(parsed.problems[0]?.line ?? 1)}: ${parsed.problems[0]?.message ?? ''}`,
      }),
});

/** Whether a file can only be a floor: it has neither tiers nor a policy that it extends. */
export function isOnlyFloor(source: Uint8Array): boolean {
  const data = readYaml(utf8Text(source) ?? '');
  if (!('value' in data) || typeof data.value !== 'object' || data.value === null) return false;
  return !('tiers' in data.value) && !('extends' in data.value);
}

/** A floor by itself. `file`: its absolute path. The files that it takes people from lie beside it. */
export function parseFloor(bytes: string | Uint8Array, file: string): ParsedFile {
  const parsed = parseOne(bytes, file, true);
  if (!parsed.ok) return parsed;
  if (parsed.extended.length > 0) {
    const message = 'a floor lies under every policy, so it can extend none';
    return failed([{ ...parsed.placeOf(['extends']), message, suggestion: 'take extends out' }]);
  }
  const beside = (name: string): string => (ABSOLUTE.test(name) ? name : `${file.replace(/[^\\/]*$/, '')}${name}`);
  const peopleFiles = Object.entries(parsed.policy.peopleFiles).map(
    ([level, names]) => [level, names.map(beside)] as const,
  );
  const policy: Policy = { ...parsed.policy, peopleFiles: Object.fromEntries(peopleFiles) };
  const named = parsed.peopleFiles.map((people) => ({ ...people, file: beside(people.file) }));
  return { ...parsed, policy, peopleFiles: named, part: { ...parsed.part, policy } };
}

const POLICY_FILE = '.linekeeper.yml';

/** The lock next to a vendored file says which content it must have. */
const lockOf = (file: string): string => `${file}.lock`;

/** The files to read for a policy: those that it extends, and their locks. */
export function filesExtended(source: string | Uint8Array): readonly string[] {
  return parseOne(source, POLICY_FILE).extended?.flatMap((file) => [file, lockOf(file)]) ?? [];
}

/**
 * What a policy and the files that it extends say, as one text: of two that differ in comments, white space or quotes
 * only it is the same. It depends on the files alone, not on what this version makes of them.
 */
export function saidBy(source: Uint8Array, extended: ReadonlyMap<string, ExtendedFile>): string {
  const said = (bytes: Uint8Array): string => {
    const data = readYaml(utf8Text(bytes) ?? '');
    return 'value' in data ? JSON.stringify(data.value) : '';
  };
  const locks = new Set([...extended.keys()].map(lockOf));
  const named = [...extended].filter(([file]) => !locks.has(file));
  return JSON.stringify([said(source), ...named.map(([file, { bytes }]) => [file, said(bytes)]).sort()]);
}

function basePart(file: string, files: ReadonlyMap<string, ExtendedFile>): Underlay {
  const found = files.get(file);
  if (found === undefined) return { wrong: `${file} is extended and is not there as a plain file` };
  const lock = files.get(lockOf(file));
  if (lock === undefined && file.startsWith('.linekeeper/vendor/'))
    return { wrong: `${file} has no lock (${lockOf(file)}), so it can't be known what was vendored` };
  if (lock !== undefined && pinnedDigest(lock.bytes) !== found.digest)
    return { wrong: `${file} is not what its lock pins: it was changed here, or only one of the two was` };
  const parsed = parseOne(found.bytes, file);
  if (parsed.ok && parsed.extended.length > 0)
    return { wrong: `${file} extends other policies itself, which is not looked at` };
  return underlay(file, parsed);
}

function pinnedDigest(lock: Uint8Array): string | undefined {
  try {
    const value: unknown = JSON.parse(utf8Text(lock) ?? '');
    return typeof value === 'object' && value !== null && 'digest' in value && typeof value.digest === 'string'
      ? value.digest
      : undefined;
  } catch {
    return undefined;
  }
}

/** `isFloor`: it may leave all tiers to the policies above it. */
function parseOne(source: string | Uint8Array, file: string, isFloor = false): ParsedFile {
  const text = typeof source === 'string' ? source : utf8Text(source);
  if (text === undefined)
    return failed([{ line: 1, column: 1, message: 'the file is not UTF-8 text', suggestion: 'save it as UTF-8' }]);
  const data = readYaml(text);
  if (!('value' in data)) {
    const rest = readYaml(text, true);
    const shape = 'value' in rest ? shapesOf(levelsIn(rest.value)).extendingShape : undefined;
    return { ...failed(data), ...('value' in rest && shape ? readableIn(rest.value, shape, file) : {}) };
  }
  if (data.value === null)
    return failed([
      { line: 1, column: 1, message: 'the policy is empty', suggestion: 'begin with version: 1 and tiers:' },
    ]);
  const { policyShape, extendingShape } = shapesOf(levelsIn(data.value));
  const shaped = (isFloor || extendsOthers(data.value) ? extendingShape : policyShape).safeParse(data.value);
  if (!shaped.success)
    return { ...failed(problemsOf(shaped.error.issues, data)), ...readableIn(data.value, extendingShape, file) };
  const mistakes = mistakesOf(shaped.data);
  if (mistakes.length > 0) {
    return {
      ...failed(
        mistakes.map(({ path, ofKey, message, suggestion }) => ({
          ...(ofKey === true ? data.keyAt(path) : data.valueAt(path)),
          message,
          suggestion,
        })),
      ),
      ...partOf(shaped.data, data.value, file),
    };
  }
  const policy = policyOf(shaped.data);
  const patternLines = policy.tiers.map((tier, rank) =>
    tier.paths.map((_, index) => data.valueAt(['tiers', rank, 'paths', index]).line),
  );
  return {
    ok: true,
    policy,
    patternLines,
    peopleFiles: peopleFilesOf(policy, data),
    placeOf: (path) => data.valueAt(path),
    origins: {},
    ...partOf(shaped.data, data.value, file),
  };
}

type Shaped = Parameters<typeof policyOf>[0];

function partOf(
  shaped: Shaped,
  value: Plain,
  file: string,
): Record<'part', PolicyPart> & Record<'extended', readonly string[]> {
  const says = (path: Path): boolean => isThere(value, path);
  return { part: { file, policy: policyOf(shaped), mayLoosen: shaped['may-loosen'], says }, extended: shaped.extends };
}

/** A policy without each key that has a mistake, so that what it forbids agents elsewhere goes on to hold. */
function readableIn(
  value: Plain,
  shape: ReturnType<typeof shapesOf>['extendingShape'],
  file: string,
): Pick<Extract<ParsedFile, { readonly ok: false }>, 'part' | 'extended'> {
  if (typeof value !== 'object' || value === null) return {};
  const rest: Plain = Object.assign(structuredClone(value), { version: 1 });
  for (let round = 0; round < MOST_PROBLEMS; round++) {
    const shaped = shape.safeParse(rest);
    if (shaped.success) return partOf(shaped.data, rest, file);
    const [issue] = shaped.error.issues;
    if (issue === undefined) return {};
    const gone: readonly Path[] =
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [...issue.path.map(String), key])
        : [issue.path.map(String)];
    if (!gone.every((path) => takeOut(rest, path))) return {};
  }
  return {};
}

/** Takes out what is at a path, or what should contain it where it is missing; false at the top. */
function takeOut(within: unknown, path: Path): boolean {
  const key = path.at(-1);
  if (key === undefined) return false;
  const above = path
    .slice(0, -1)
    .reduce<unknown>((here, part) => (here as Readonly<Record<string | number, unknown>> | undefined)?.[part], within);
  if (typeof above !== 'object' || above === null || !Object.hasOwn(above, key))
    return takeOut(within, path.slice(0, -1));
  if (Array.isArray(above)) above.splice(Number(key), 1);
  else Reflect.deleteProperty(above, key);
  return true;
}

const extendsOthers = (value: Plain): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'extends' in value &&
  Array.isArray(value['extends']) &&
  value['extends'].length > 0;

function isThere(value: Plain, path: Path): boolean {
  let here: Plain | undefined = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return false;
    here = (here as Readonly<Record<string | number, Plain>>)[key];
  }
  return true;
}

function peopleFilesOf({ peopleFiles, ...policy }: Policy, data: LocatedData): readonly NamedPeopleFile[] {
  const all = (peopleFiles['all'] ?? []).map((file): NamedPeopleFile => ({
    file,
    level: 'all',
    ...data.valueAt(['people', 'from']),
  }));
  return [
    ...all,
    ...levelsOf(policy).flatMap((level) =>
      (peopleFiles[level] ?? []).map((file): NamedPeopleFile => ({
        file,
        level,
        ...data.valueAt(['people', level, 'from']),
      })),
    ),
  ];
}

function failed(problems: readonly PolicyProblem[]): Extract<ParsedPolicy, { readonly ok: false }> {
  const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, problems: sorted.slice(0, MOST_PROBLEMS) };
}
