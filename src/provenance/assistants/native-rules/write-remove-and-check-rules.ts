/** Writes a policy's rules into an assistant's settings, takes them out again, and says whether they are there. */
import { existsSync } from 'node:fs';
import { userCommands } from '../setup/hook-commands';
import {
  missingFolders,
  readConfig,
  removeConfig,
  requireInside,
  writeConfig,
  type FileContent,
} from '../setup/read-write-and-remove-config';
import { inFile, SetupError, unkept } from '../setup/setup-error';
import { hookState, installHooks, uninstallHooks, type SetupOptions } from '../setup';
import { digest, readReceipt } from '../setup/original-contents';
import { isWindows } from '../../../base/platform';
import type { Assistant } from '../types';
import { machineWide } from './shared-rule-forms';
import {
  dropAllWants,
  dropRecord,
  dropWants,
  readRecord,
  readRecords,
  readWants,
  writeRecord,
  writeWants,
  type RulesRecord,
} from './store-written-and-wanted-rules';
import { addBlocks, addValues, removeBlocks, removeValues, type JsonPart } from './edit-rules-in-settings';
import type { Dialect, NativeForm, NativeRules, RulesFile, RulesPlace } from './types';

export interface RulesOptions extends RulesPlace {
  /** Our own folder, outside what git tracks; created when missing. */
  readonly stateDir: string;
  /** How Linekeeper is started, for hooks that the administrator sets up. */
  readonly program: readonly string[];
  readonly electron: boolean;
}

export interface RulesOutcome {
  readonly files: readonly string[];
  /** `already`: nothing was written. `nowhere`: this assistant has no place for rules in this scope. */
  readonly outcome: 'written' | 'renewed' | 'already' | 'nowhere';
  /** What is not enforced, as sentences. */
  readonly gaps: readonly string[];
}

/** Whether an assistant enforces the rules of this repository by itself. */
export interface RulesState {
  readonly files: readonly string[];
  /**
   * `absent`: they were never written. `outdated`: the policy has changed since. `changed`: somebody has taken some out.
   */
  readonly state: 'held' | 'absent' | 'outdated' | 'changed' | 'unreadable';
  readonly detail?: string;
  readonly gaps: readonly string[];
}

/**
 * Keeps these rules as those of the repository, and writes them with those of others. Throws a {@link SetupError}; what
 * was written before it stays.
 */
export function writeRules(
  assistant: Assistant,
  dialect: Dialect,
  rules: NativeRules,
  options: RulesOptions,
): RulesOutcome {
  if (!dialect.scopes.includes(options.scope)) return { files: [], outcome: 'nowhere', gaps: [] };
  if (options.scope !== 'project') writeWants(options.stateDir, dialect.id, options.repositoryRoot, rules);
  const form = formHere(assistant, dialect, rules, options);
  const hooks = hooksOf(assistant, dialect, options);
  const installed = hooks === undefined ? undefined : installHooks(hooks.assistant, hooks.options);
  const results = form.files.map((file) => writeFile(dialect.id, file, options));
  const gaps = [...form.gaps, ...results.flatMap(({ lost }) => lost)];
  const outcomes = [
    ...results.map(({ outcome }) => outcome),
    ...(installed === undefined
      ? []
      : [({ installed: 'written', updated: 'renewed', already: 'already' } as const)[installed.outcome]]),
  ];
  const outcome = (['renewed', 'written', 'already'] as const).find((one) => outcomes.includes(one)) ?? 'nowhere';
  return { files: [...new Set([...form.files.map(({ file }) => file), ...(installed?.files ?? [])])], outcome, gaps };
}

/** Takes out the rules of this repository. Those of others stay, where there are some. Throws a {@link SetupError}. */
export function removeRules(assistant: Assistant, dialect: Dialect, options: RulesOptions): readonly string[] {
  if (options.scope !== 'project') dropWants(options.stateDir, dialect.id, options.repositoryRoot);
  const others = options.scope === 'project' ? [] : readWants(options.stateDir, dialect.id);
  const [first] = others;
  if (first !== undefined) {
    const form = formHere(assistant, dialect, first, options);
    return form.files
      .filter((file) => writeFile(dialect.id, file, options).outcome !== 'already')
      .map(({ file }) => file);
  }
  const records = readRecords(options.stateDir).filter((record) => record.assistant === dialect.id);
  const done = records.filter((record) => takeOut(record, options)).map(({ file }) => file);
  const hooks = hooksOf(assistant, dialect, options);
  const removed = hooks === undefined ? [] : uninstallHooks(hooks.assistant, hooks.options);
  return [...done, ...('files' in removed && removed.outcome !== 'absent' ? removed.files : [])];
}

/**
 * Takes out the rules of all repositories, of every assistant, that were written for this account; returns the files.
 * `onlyExact`: only from files that are as they were written, byte for byte. Throws a {@link SetupError}.
 */
export function removeAllRules(stateDir: string, onlyExact: boolean): readonly string[] {
  const place = { stateDir, scope: 'user', repositoryRoot: '' } as const;
  const records = readRecords(stateDir).filter(
    ({ file, written }) => !onlyExact || digest(readConfig(file)?.bytes ?? Buffer.alloc(0)) === written,
  );
  const files = records.filter((record) => takeOut(record, place)).map(({ file }) => file);
  if (!onlyExact) dropAllWants(stateDir);
  return files;
}

/** Read-only. Never throws. */
export function stateOfRules(
  assistant: Assistant,
  dialect: Dialect,
  rules: NativeRules,
  options: RulesOptions,
): RulesState {
  if (!dialect.scopes.includes(options.scope)) return { files: [], state: 'absent', gaps: [] };
  try {
    const wanted = options.scope === 'project' ? [] : readWants(options.stateDir, dialect.id);
    const ownRules = wanted.find(({ roots }) => roots.includes(options.repositoryRoot));
    const form = formOf(assistant, dialect, withOwn(wanted, rules, options), options);
    const files = form.files.map(({ file }) => file);
    const records = files.map((file) => readRecord(options.stateDir, dialect.id, file));
    const hooks = hooksOf(assistant, dialect, options);
    const ofHooks = hooks === undefined ? 'installed' : hookState(hooks.assistant, hooks.options).state;
    const isAbsent = files.length === 0 ? ofHooks === 'absent' : records.every((record) => record === undefined);
    if (isAbsent || (options.scope !== 'project' && ownRules === undefined))
      return { files, state: 'absent', gaps: form.gaps };
    if (ofHooks !== 'installed')
      return { files, state: 'changed', detail: 'Our hooks there are missing or of another version.', gaps: form.gaps };
    const current = form.files.map((file, index) => isCurrent(file, records[index]));
    const state = current.includes('outdated') ? 'outdated' : current.includes('changed') ? 'changed' : 'held';
    return { files, state, gaps: form.gaps };
  } catch (error) {
    return { files: [], state: 'unreadable', detail: error instanceof Error ? error.message : String(error), gaps: [] };
  }
}

/**
 * Whether the files themselves have these rules, whoever put them there: also where our record can't be read. `none`
 * where they have not one of them. Read-only; never throws.
 */
export function presenceOfRules(
  assistant: Assistant,
  dialect: Dialect,
  rules: NativeRules,
  options: RulesOptions,
): { readonly presence: 'all' | 'some' | 'none'; readonly files: readonly string[] } {
  if (!dialect.scopes.includes(options.scope)) return { presence: 'none', files: [] };
  const { files } = formOf(assistant, dialect, [rules], options);
  const found = files.map((wanted) => sharePresent(wanted));
  const share = found.length === 0 ? 0 : Math.min(...found);
  const presence = share === 1 ? 'all' : found.some((one) => one > 0) ? 'some' : 'none';
  return { presence, files: files.map(({ file }) => file) };
}

/** How much of it the file has, from 0 to 1. A text is compared line by line, because it may have other rules too. */
function sharePresent(wanted: RulesFile): number {
  try {
    const text = readConfig(wanted.file)?.text;
    if (text === undefined) return 0;
    if (wanted.kind === 'json') {
      const missing = addValues(text, wanted.values);
      return 1 - (missing.parts.length + missing.taken.length) / wanted.values.length;
    }
    const lines = new Set(text.split(/\r?\n/));
    const texts = (wanted.kind === 'file' ? wanted.text : wanted.blocks.map((block) => block.text).join('\n'))
      .split('\n')
      .filter((line) => line !== '' && !/^\s*#/.test(line));
    return texts.filter((line) => lines.has(line)).length / texts.length;
  } catch {
    return 0; // it can't be read, so nobody knows that it holds anything
  }
}

const withOwn = (wanted: readonly NativeRules[], rules: NativeRules, { repositoryRoot }: RulesPlace): NativeRules[] => [
  ...wanted.filter(({ roots }) => !roots.includes(repositoryRoot)),
  rules,
];

const formHere = (assistant: Assistant, dialect: Dialect, rules: NativeRules, options: RulesOptions): NativeForm =>
  formOf(assistant, dialect, options.scope === 'project' ? [rules] : readWants(options.stateDir, dialect.id), options);

function formOf(
  assistant: Assistant,
  dialect: Dialect,
  all: readonly NativeRules[],
  options: RulesOptions,
): NativeForm {
  const [only] = all;
  const rules = options.scope === 'project' && only !== undefined ? only : machineWide(all);
  return dialect.formOf(rules, {
    ...options,
    commands: userCommands(programOf(options), assistant),
    isThere: existsSync,
  });
}

const programOf = ({ program, electron, platform }: RulesOptions): Parameters<typeof userCommands>[0] => ({
  words: program,
  electron,
  windows: isWindows(platform),
});

/** The assistant's hooks in the place of the administrator, as `setup` takes them. */
function hooksOf(
  assistant: Assistant,
  dialect: Dialect,
  options: RulesOptions,
): { readonly assistant: Assistant; readonly options: SetupOptions } | undefined {
  const setups = options.scope === 'managed' ? (dialect.managedHooks?.(options) ?? []) : [];
  return setups.length === 0
    ? undefined
    : { assistant: { ...assistant, hooks: () => setups }, options: { ...options, scope: 'user' } };
}

interface Written {
  readonly outcome: 'written' | 'renewed' | 'already';
  readonly lost: readonly string[];
}

function writeFile(assistant: string, wanted: RulesFile, options: RulesOptions): Written {
  const { stateDir, scope, repositoryRoot } = options;
  const { file } = wanted;
  if (scope === 'project') requireInside(file, repositoryRoot);
  const current = readConfig(file);
  const record = readRecord(stateDir, assistant, file);
  if (wanted.kind === 'file' && record === undefined && current !== undefined && current.text !== wanted.text)
    throw new SetupError('occupied', file, 'there is a file of somebody else with the name that our rules must have');
  const before = wanted.kind === 'file' ? null : withoutOurs(record, current);
  const next = inFile(file, () => filled(wanted, before));
  if (record !== undefined && current?.text === next.text) return { outcome: 'already', lost: next.lost };
  const bytes = Buffer.from(next.text);
  const created = record?.created ?? (current === undefined || readReceipt(stateDir, assistant, file)?.before === null);
  try {
    const kept: RulesRecord = {
      assistant,
      file,
      kind: wanted.kind,
      before,
      created,
      written: digest(bytes),
      form: formDigest(wanted),
      folders: [...new Set([...missingFolders(file), ...(record?.folders ?? [])])],
      parts: next.parts,
    };
    writeRecord(stateDir, kept, bytes);
  } catch (error) {
    throw unkept(stateDir, error);
  }
  writeConfig(file, bytes);
  return { outcome: record === undefined ? 'written' : 'renewed', lost: next.lost };
}

interface Filled {
  readonly text: string;
  readonly parts: readonly (JsonPart | string)[];
  readonly lost: readonly string[];
}

function filled(wanted: RulesFile, before: Buffer | null): Filled {
  const text = before?.toString('utf8') ?? '';
  switch (wanted.kind) {
    case 'file':
      return { text: wanted.text, parts: [], lost: [] };
    case 'json': {
      const { taken, ...added } = addValues(text, wanted.values);
      return {
        ...added,
        lost: taken.map((key) => `${wanted.file} says something else for ${key} already, which is left as it is.`),
      };
    }
    case 'toml':
      return addBlocks(text, wanted.blocks);
  }
}

const formDigest = (wanted: RulesFile): string => digest(Buffer.from(JSON.stringify({ ...wanted, file: '' })));

function isCurrent(wanted: RulesFile, record: RulesRecord | undefined): 'held' | 'outdated' | 'changed' {
  if (record?.form !== formDigest(wanted)) return 'outdated';
  const current = readConfig(wanted.file);
  if (current === undefined) return 'changed';
  if (digest(current.bytes) === record.written) return 'held';
  switch (wanted.kind) {
    case 'file':
      return 'changed';
    case 'json':
      return inFile(wanted.file, () => addValues(current.text, wanted.values).parts.length === 0) ? 'held' : 'changed';
    case 'toml':
      return record.parts.every((part) => typeof part === 'string' && current.text.includes(part)) ? 'held' : 'changed';
  }
}

/** The file as if we had never been there; null where there would be none. */
function withoutOurs(record: RulesRecord | undefined, current: FileContent | undefined): Buffer | null {
  if (current === undefined) return null;
  if (record === undefined) return current.bytes;
  if (digest(current.bytes) === record.written) return record.before;
  const rest = inFile(record.file, () => restOf(record, current.text));
  return rest === current.text ? current.bytes : Buffer.from(rest);
}

const restOf = ({ kind, parts }: RulesRecord, text: string): string =>
  kind === 'json'
    ? removeValues(
        text,
        parts.filter((part) => typeof part !== 'string'),
      )
    : kind === 'toml'
      ? removeBlocks(
          text,
          parts.filter((part) => typeof part === 'string'),
        )
      : '';

/** Whether anything was taken out. */
function takeOut(
  record: RulesRecord,
  { stateDir, scope, repositoryRoot }: Pick<RulesOptions, 'stateDir' | 'scope' | 'repositoryRoot'>,
): boolean {
  const { assistant, file, folders, created, kind } = record;
  if (scope === 'project') requireInside(file, repositoryRoot);
  const current = readConfig(file);
  if (current !== undefined) {
    const isExact = digest(current.bytes) === record.written;
    const rest = kind === 'file' ? null : withoutOurs(record, current);
    const isEmpty = rest === null || (!isExact && created && /^\s*(?:\{\s*\}\s*)?$/.test(rest.toString('utf8')));
    if (isEmpty) removeConfig(file, folders);
    else writeConfig(file, rest);
  }
  dropRecord(stateDir, assistant, file);
  return current !== undefined;
}
