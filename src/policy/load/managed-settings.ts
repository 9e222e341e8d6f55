/**
 * Settings that a company locks on a machine: `settings.json` beside the floor, where only an administrator writes. What
 * a policy could say too (assistants, runs, prompts) becomes a floor; the rest is asked for by editor and doctor.
 */
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isFlag, isListOf, isObject, isOneOf, isText, type Guard, type JsonObject } from '../../base/shapes';
import { managedFolder } from '../../base/platform';
import { quoted, suggestionFor } from '..';

export const SETTINGS_FILE = 'settings.json';
/** Larger files are not settings (characters). */
const LARGEST = 1_000_000;

export interface LockedSettings {
  readonly paste?: 'unknown' | 'human';
  readonly editorCommands?: 'fair' | 'strict' | 'lenient';
  /** Whether the editor's own chat agent is recorded. */
  readonly chatAgent?: boolean;
  /** `git` and ids of assistants: their hooks must be there. */
  readonly hooks?: readonly string[];
  /** Ids of the assistants that may be used. */
  readonly assistants?: readonly string[];
  /** As in a policy, whose parser checks them. */
  readonly runs?: unknown;
  readonly prompts?: unknown;
}

export interface ManagedSettings {
  /** Absolute. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Where the file is broken, the strictest of those that editor and doctor ask for. */
  readonly locked: LockedSettings;
  /** What is wrong with it and how to mend it, as a sentence without its full stop; null for nothing. */
  readonly problem: string | null;
}

/** What holds while the file can't be read: nothing that is unseen counts as a person's. */
const STRICTEST: LockedSettings = { paste: 'unknown', editorCommands: 'strict', chatAgent: true, prompts: 'none' };

type Checked = { readonly [Name in keyof Required<LockedSettings>]: readonly [Guard<unknown>, string] };

const isIds = isListOf<string>((value): value is string => isText(value) && /^[a-z0-9-]{1,64}$/.test(value));
const isKept = (value: unknown): value is unknown => isText(value) || isObject(value);

const SETTINGS: Checked = {
  paste: [isOneOf('unknown', 'human'), 'unknown or human'],
  editorCommands: [isOneOf('fair', 'strict', 'lenient'), 'fair, strict or lenient'],
  chatAgent: [isFlag, 'true or false'],
  hooks: [isIds, 'a list of git and ids of assistants'],
  assistants: [isIds, 'a list of ids of assistants'],
  runs: [isKept, 'what runs: in a policy takes'],
  prompts: [isKept, 'what prompts: in a policy takes'],
};
const NAMES = Object.keys(SETTINGS) as (keyof LockedSettings)[]; // its own keys

/** The editor's names for the same. */
const OTHER_NAMES: Readonly<Record<string, keyof LockedSettings>> = {
  'recording.editorCommands': 'editorCommands',
  'chatAgent.record': 'chatAgent',
  'assistants.allowed': 'assistants',
};

/** What is locked on this machine; undefined where nothing is. Never throws. */
export function managedSettings(folder: string = managedFolder()): ManagedSettings | undefined {
  const file = path.join(folder, SETTINGS_FILE);
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (isMissing(file, code)) return undefined;
    return broken(file, Buffer.alloc(0), `it can't be read (${code ?? 'no reason given'})`);
  }
  const value = jsonIn(bytes);
  if (typeof value === 'string') return broken(file, bytes, value);
  const locked: Record<string, unknown> = {};
  for (const [key, said] of Object.entries(value)) {
    if (key === '$schema' || (key === 'version' && said === 1)) continue;
    const short = key.replace(/^linekeeper\./, '');
    const name = OTHER_NAMES[short] ?? NAMES.find((known) => known === short);
    if (name === undefined)
      return broken(
        file,
        bytes,
        key === 'version'
          ? 'its version is not 1, so a newer Linekeeper is needed to read it'
          : `${quoted(key)} is no setting that can be locked: ${suggestionFor(short, NAMES)}`,
      );
    const given = name === 'assistants' && isObject(said) && 'allowed' in said ? said['allowed'] : said;
    const [isValid, takes] = SETTINGS[name];
    if (!isValid(given)) return broken(file, bytes, `${name} takes ${takes}`);
    locked[name] = given;
  }
  return { file, bytes, locked, problem: null };
}

/** Whether nothing is at the place of a managed file. A link that leads nowhere is not nothing: somebody meant a file. */
export const isMissing = (file: string, code: string | undefined): boolean =>
  (code === 'ENOENT' || code === 'ENOTDIR') &&
  [file, path.dirname(file)].every((place) => lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() !== true);

const broken = (file: string, bytes: Uint8Array, problem: string): ManagedSettings => ({
  file,
  bytes,
  locked: STRICTEST,
  problem,
});

/** An object, or what is wrong. */
function jsonIn(bytes: Buffer): JsonObject | string {
  if (bytes.length > LARGEST) return 'it is too large for settings';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : 'it is no JSON object: begin with {';
  } catch (error) {
    return `it is no JSON (${error instanceof Error ? error.message.slice(0, 120) : 'no reason given'})`;
  }
}

/** What of them a policy could say, as the text of a policy; undefined for nothing. */
export function policyTextOf({ assistants, runs, prompts }: LockedSettings): string | undefined {
  const said = {
    ...(assistants === undefined ? {} : { assistants: { allowed: assistants } }),
    ...(runs === undefined ? {} : { runs }),
    ...(prompts === undefined ? {} : { prompts }),
  };
  return Object.keys(said).length === 0 ? undefined : JSON.stringify({ version: 1, ...said });
}
