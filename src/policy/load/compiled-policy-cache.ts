/**
 * A cache of parsed policies: JSON in the git directory, by the hash of the file, so that a hook needs neither YAML nor
 * a schema library. Everything in it can be rebuilt, so no failure here is an error.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../../base/files';
import type { Floor, Origins, ParsedPolicy, PolicyProblem } from '../file/parse';
import { BUILT_IN_POLICY, type Policy } from '..';
import { floorsKey } from './policy-floors';
import { digestOf, digestWith, type ExtendedFiles } from './read-extended-files';

/** Must change with the shape of {@link Policy} and with what the parser accepts. */
const FORMAT = 18;
/** How many entries are kept: a base, a working copy and some branches. */
const KEPT = 16;

/** The result of parsing. `policy` is null when there are problems, unless a floor holds in spite of them. */
export interface CompiledPolicy {
  readonly policy: Policy | null;
  readonly problems: readonly PolicyProblem[];
  /** See `ParsedPolicy`. */
  readonly readable?: Policy;
  /** See `ParsedPolicy`. */
  readonly less?: readonly PolicyProblem[];
  /** See `ParsedPolicy`. */
  readonly enforced?: Policy;
  /** See `ParsedPolicy`. */
  readonly patternLines: readonly (readonly (number | null)[])[];
  /** `sha256:` and the hash of the file's bytes, and of the files that it extends. */
  readonly digest: string;
  /** See `filesExtended`. */
  readonly extends: readonly string[];
  /** See `ParsedPolicy`. */
  readonly origins: Origins;
  /** The file itself, a character for each byte: whoever compares it with another needs no hash. */
  readonly file: string;
}

/** Where the files that a policy extends are. */
interface Beside {
  /** What identifies their contents, such as the commit that they are in; undefined: they have to be read. */
  readonly stamp: string | undefined;
  readonly read: (paths: readonly string[]) => ExtendedFiles | Promise<ExtendedFiles>;
}

/**
 * The compiled form of a policy file: from `folder` if cached, else parsed and cached. `key` identifies the content.
 */
export async function compiled(
  folder: string,
  key: string,
  read: () => Uint8Array | Promise<Uint8Array>,
  beside: Beside,
  floors: readonly Floor[] = [],
): Promise<CompiledPolicy> {
  const alone = await compiledAlone(folder, key + floorsKey(floors), read, floors);
  if (alone.extends.length === 0) return alone;
  const files = beside.stamp === undefined ? await beside.read(alone.extends) : undefined;
  const stamp = beside.stamp ?? digestWith('', files ?? new Map()).replace(':', '-');
  const file = path.join(folder, `${key}${floorsKey(floors)}-${stamp}.v${String(FORMAT)}.json`);
  const known = readKept(file);
  if (known !== undefined) return known;
  const { parsePolicy } = await import('../file/parse');
  const extended = files ?? (await beside.read(alone.extends));
  const bytes = await read();
  const result = fromParsed(
    bytes,
    parsePolicy(bytes, extended, floors),
    digestWith(digestOf(bytes), extended),
    alone.extends,
  );
  keep(folder, file, result);
  return result;
}

/**
 * Floors alone, where there is no policy, over the built-in tiers where they name none; `policy` is null where one is
 * broken. `folder`: null where nothing is cached.
 */
export async function compiledFloors(folder: string | null, floors: readonly Floor[]): Promise<CompiledPolicy> {
  const file = path.join(folder ?? '', `floor${floorsKey(floors)}.v${String(FORMAT)}.json`);
  const known = folder === null ? undefined : readKept(file);
  if (known !== undefined) return known;
  const { parseFloors } = await import('../file/parse');
  const found = parseFloors(floors, BUILT_IN_POLICY);
  const digest = digestOf(Buffer.concat(floors.map(({ bytes }) => bytes)));
  const result = {
    policy: found === undefined || !('policy' in found) ? null : found.policy,
    problems: found === undefined || 'policy' in found ? [] : found,
    patternLines: [],
    digest,
    extends: [],
    origins: found !== undefined && 'origins' in found ? found.origins : {},
    ...(found !== undefined && 'enforced' in found ? { enforced: found.enforced } : {}),
    file: '',
  };
  if (folder !== null && result.policy !== null) keep(folder, file, result);
  return result;
}

/** The same without what it extends. */
async function compiledAlone(
  folder: string,
  key: string,
  read: () => Uint8Array | Promise<Uint8Array>,
  floors: readonly Floor[],
): Promise<CompiledPolicy> {
  const file = path.join(folder, `${key}.v${String(FORMAT)}.json`);
  const known = readKept(file);
  if (known !== undefined) return known;
  const bytes = await read();
  const { filesExtended, parsePolicy } = await import('../file/parse');
  const result = fromParsed(bytes, parsePolicy(bytes, undefined, floors), digestOf(bytes), filesExtended(bytes));
  keep(folder, file, result);
  return result;
}

function fromParsed(bytes: Uint8Array, parsed: ParsedPolicy, digest: string, files: readonly string[]): CompiledPolicy {
  const file = Buffer.from(bytes).toString('latin1');
  return parsed.ok
    ? {
        policy: parsed.policy,
        problems: [],
        ...(parsed.less === undefined ? {} : { less: parsed.less }),
        ...(parsed.enforced === undefined ? {} : { enforced: parsed.enforced }),
        patternLines: parsed.patternLines,
        digest,
        extends: files,
        origins: parsed.origins,
        file,
      }
    : {
        policy: parsed.floored?.policy ?? null,
        problems: parsed.problems,
        ...(parsed.readable === undefined ? {} : { readable: parsed.readable }),
        patternLines: [],
        digest,
        extends: files,
        origins: parsed.floored?.origins ?? {},
        file,
      };
}

function readKept(file: string): CompiledPolicy | undefined {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Partial<CompiledPolicy> | null;
    const whole =
      Array.isArray(stored?.problems) &&
      Array.isArray(stored.patternLines) &&
      typeof stored.digest === 'string' &&
      typeof stored.file === 'string' &&
      (stored.policy !== null || stored.problems.length > 0) &&
      (stored.policy === null || Array.isArray(stored.policy?.tiers));
    return whole ? (stored as CompiledPolicy) : undefined;
  } catch {
    return undefined;
  }
}

function keep(folder: string, file: string, result: CompiledPolicy): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeWhole(file, JSON.stringify(result));
    const aged = readdirSync(folder)
      .map((name) => ({ name, time: statSync(path.join(folder, name)).mtimeMs }))
      .sort((a, b) => b.time - a.time);
    for (const { name } of aged.slice(KEPT)) rmSync(path.join(folder, name), { force: true });
  } catch {
    // it is found out again next time
  }
}
