/**
 * What we put into assistants' settings, and the rules of each repository, kept in our own state folder: by it
 * uninstalling restores a file byte for byte, and rules of other repositories stay.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../../../base/files';
import { hasShape, isAnything, isFlag, isListOf, isOneOf, isText, orNull, parsedAs } from '../../../base/shapes';
import { digest, type Receipt } from '../setup/original-contents';
import type { JsonPart } from './edit-rules-in-settings';
import type { NativeRules } from './types';
import { attempt } from '../../../base/platform';

/** What was put into one file. */
export interface RulesRecord extends Receipt {
  readonly kind: 'file' | 'json' | 'toml';
  /** There was no file before any of ours: one with nothing in it is removed. */
  readonly created: boolean;
  /** SHA-256 of the rules' form that it was made from. */
  readonly form: string;
  readonly parts: readonly (JsonPart | string)[];
}

const folderOf = (stateDir: string): string => path.join(stateDir, 'native-rules');
const short = (text: string): string => digest(Buffer.from(text)).slice(0, 16);
const recordFile = (stateDir: string, assistant: string, file: string): string =>
  path.join(folderOf(stateDir), `${assistant}-${short(file)}.json`);

const isStored = hasShape({
  version: isOneOf(1),
  assistant: isText,
  file: isText,
  kind: isOneOf('file', 'json', 'toml'),
  before: orNull(isText),
  created: isFlag,
  written: isText,
  form: isText,
  folders: isListOf(isText),
  parts: isListOf(isAnything),
});

/** Undefined when missing or unreadable. */
function readRecordFile(name: string): RulesRecord | undefined {
  try {
    const value = parsedAs(readFileSync(name, 'utf8'), isStored);
    return (
      value && {
        ...value,
        before: value.before === null ? null : Buffer.from(value.before, 'base64'),
        parts: value.parts as RulesRecord['parts'],
      }
    );
  } catch {
    return undefined;
  }
}

/** The record of one file; undefined when there is none. */
export function readRecord(stateDir: string, assistant: string, file: string): RulesRecord | undefined {
  const found = readRecordFile(recordFile(stateDir, assistant, file));
  return found?.file === file ? found : undefined;
}

/** Whether any rules were written from this folder. */
export const hasRules = (stateDir: string): boolean => namesIn(folderOf(stateDir)).length > 0;

export function readRecords(stateDir: string): RulesRecord[] {
  return namesIn(folderOf(stateDir)).flatMap((name) => readRecordFile(path.join(folderOf(stateDir), name)) ?? []);
}

/** Files that we made and that nobody has changed since. */
export const filesOfRules = (stateDir: string): string[] =>
  readRecords(stateDir).flatMap(({ file, created, written }) => {
    return attempt(() => (created && digest(readFileSync(file)) === written ? [file] : []), []); // it is gone
  });

/** Beside a record lie the file before and as we wrote it, as bytes: for `remove.sh`. */
const bytesFile = (record: string, name: 'written' | 'before'): string => record.replace(/json$/, name);

/** `bytes`: what is written to the file. Throws file-system errors. */
export function writeRecord(stateDir: string, record: RulesRecord, bytes: Uint8Array): void {
  const target = recordFile(stateDir, record.assistant, record.file);
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  writeWhole(
    target,
    `${JSON.stringify({ version: 1, ...record, before: record.before?.toString('base64') ?? null })}\n`,
    { mode: 0o600 },
  );
  writeWhole(bytesFile(target, 'written'), bytes, { mode: 0o600 });
  writeWhole(bytesFile(target, 'before'), record.before ?? '', { mode: 0o600 });
}

export function dropRecord(stateDir: string, assistant: string, file: string): void {
  const record = recordFile(stateDir, assistant, file);
  for (const name of [record, bytesFile(record, 'written'), bytesFile(record, 'before')]) rmSync(name, { force: true });
}

/** Forgets which rules repositories have. */
export const dropAllWants = (stateDir: string): void =>
  rmSync(path.join(folderOf(stateDir), 'repositories'), { recursive: true, force: true });

const wantsFolder = (stateDir: string, assistant: string): string =>
  path.join(folderOf(stateDir), 'repositories', assistant);
const wantsFile = (stateDir: string, assistant: string, root: string): string =>
  path.join(wantsFolder(stateDir, assistant), `${short(root)}.json`);

const isWanted = hasShape({
  version: isOneOf(1),
  roots: isListOf(isText),
  closedPaths: isListOf(isText),
  askedPaths: isListOf(isText),
  openInside: isListOf(isText),
  closedReads: isListOf(isText),
  askedReads: isListOf(isText),
  refusedCommands: isListOf(isListOf(isText)),
  askedCommands: isListOf(isListOf(isText)),
  refusedTools: isListOf(isText),
  askedTools: isListOf(isText),
  hiddenVariables: isListOf(isText),
});

/** The rules of every repository that an assistant has some of here. */
export function readWants(stateDir: string, assistant: string): NativeRules[] {
  const folder = wantsFolder(stateDir, assistant);
  return namesIn(folder).flatMap((name) => {
    return attempt(() => parsedAs(readFileSync(path.join(folder, name), 'utf8'), isWanted) ?? [], []);
  });
}

export function writeWants(stateDir: string, assistant: string, root: string, rules: NativeRules): void {
  const target = wantsFile(stateDir, assistant, root);
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  writeWhole(target, `${JSON.stringify({ version: 1, ...rules })}\n`, { mode: 0o600 });
}

export function dropWants(stateDir: string, assistant: string, root: string): void {
  rmSync(wantsFile(stateDir, assistant, root), { force: true });
}

function namesIn(folder: string): string[] {
  return attempt(
    () =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort(),
    [],
  );
}
