/**
 * What the journal keeps: one record a file, JSON, readable with `cat`.
 *
 * Paths are relative to the top of the work tree with `/`. Contents are named by git's blob id (SHA-1 of
 * `blob LENGTH NUL CONTENT`, git's object format) of the bytes on disk; `null` is a file that is not there. A hook may
 * have left it to others to work the id out: then a name of its own stands in the record (deferred-blobs.ts), which the
 * journal gives as the id to whoever reads.
 */
import type { Author, Credit, Evidence } from '../../attribution/types';

/** The version of the record format that this code writes and reads. */
export const RECORD_VERSION = 1;

/** So the name begins of a content whose id was not worked out when it was kept. */
export const DEFERRED_PREFIX = 'unnamed:';
const OWN_NAME = `${DEFERRED_PREFIX}\\d+-[0-9a-f]{12}`;
const CONTENT = `(?:[0-9a-f]{40}|${OWN_NAME})`;
const [isOwnName, isContentName] = [new RegExp(`^${OWN_NAME}$`), new RegExp(`^${CONTENT}$`)];
export const isDeferred = (content: string | null): content is string => content !== null && isOwnName.test(content);

/** The contents that a record's text names, also where the record can't be read. */
export const contentsNamedIn = (text: string): readonly string[] =>
  text.match(new RegExp(`\\b${CONTENT}\\b`, 'g')) ?? [];

/** What every record says of when it was written. */
interface Placed {
  /**
   * How long the log of HEAD was then (bytes; -1 without a log). By that it is known which of HEAD's moves came before
   * it and which after, whatever clocks and the dates of commits say. Missing in what was told later, or by an older
   * version.
   */
  readonly log?: number;
}

/** Who made an edit, as it is kept. */
export interface By {
  readonly author: Author;
  readonly assistant?: string;
  readonly model?: string;
  readonly session?: string;
  readonly evidence?: Evidence;
  readonly reason?: string;
}

/** The present content of files, kept before somebody goes to work; also kept when a commit is made. */
export interface SeenRecord extends Placed {
  readonly version: typeof RECORD_VERSION;
  readonly kind: 'seen';
  /** Milliseconds since the epoch, never less than in the record before. */
  readonly at: number;
  /**
   * `mode` as git writes it (`100755`); missing where nobody looked. A submodule's content is its commit. `stored`: the
   * content is as git stores it, which may not be how it is on disk.
   */
  readonly files: readonly {
    readonly path: string;
    readonly content: string | null;
    readonly mode?: string;
    readonly stored?: true;
  }[];
  /** The content was put away just then (`git stash`), and may come back whenever somebody wants it. */
  readonly away?: true;
  /** Present when this is the opening half of a bracket. */
  readonly opens?: {
    /** The caller's own id of this action. */
    readonly id?: string;
    readonly by: By;
    /** All changed, untracked and clean files are covered, not only `files`. */
    readonly all: boolean;
    /** The commit that HEAD named, for what was clean then. */
    readonly head: string | null;
    /** Name of the kept copy of git's index, for what was clean then. */
    readonly index?: string;
  };
}

/** One precise change of an editor's document, offsets in UTF-16 code units. */
export interface KeptOperation {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
  /** Index into the edit's `hands`; -1 when nobody knows. */
  readonly by: number;
  /**
   * An undo or a redo brought the inserted text back just where it had been in an earlier content of the file, or took
   * out again what an earlier content did not have: index of the hand that did.
   */
  readonly back?: number;
}

export interface FileEdit {
  readonly path: string;
  readonly from: string | null;
  readonly to: string | null;
  /** How the content came about, when that is known precisely; applied to `from` they give `to`. */
  readonly operations?: readonly KeptOperation[];
  readonly hands?: readonly By[];
  /**
   * Lines of `from` (from 1), each with the index of the hand who was the first to change it (-1: nobody who is known),
   * where the operations do not say the same.
   */
  readonly firsts?: readonly (readonly [line: number, by: number])[];
  /**
   * Nothing changed (`from` and `to` are the same): somebody says who made what was not known in these lines (from 1,
   * both ends included; null: in all).
   */
  readonly declares?: readonly (readonly [first: number, last: number])[] | null;
  /** Modes before and after, as git writes them; missing where nobody looked. */
  readonly modes?: readonly [from: string, to: string];
  /** `to` was computed from what the assistant said it did; the disk did not show it yet. */
  readonly predicted?: true;
}

/** Files that went from one content to another by somebody's hand. */
export interface EditRecord extends Placed {
  readonly version: typeof RECORD_VERSION;
  readonly kind: 'edit';
  readonly at: number;
  readonly by: By;
  /** The caller's own id of this action: the same id twice is the same edit. */
  readonly id?: string;
  /** Name of the `seen` record that this edit closes. */
  readonly closes?: string;
  readonly files: readonly FileEdit[];
}

/** What of a prompt the policy lets be kept. */
export interface KeptPrompt {
  /** `sha256:` and the hash of the prompt's text. */
  readonly digest: string;
  /** Its beginning on one line, without what looks like a secret. */
  readonly excerpt?: string;
}

/** An assistant's session began or ended, or its turn did. An end closes its brackets. */
export interface SessionRecord extends Placed {
  readonly version: typeof RECORD_VERSION;
  readonly kind: 'session';
  readonly at: number;
  readonly event: 'start' | 'turn-end' | 'end';
  readonly assistant: string;
  readonly session: string;
  readonly model?: string;
  /** The prompt that ended what was before, where the policy has it kept. */
  readonly prompt?: KeptPrompt;
}

/** A commit was made: what it holds of files that are recorded here. Written before the next edit is. */
export interface CommittedRecord extends Placed {
  readonly version: typeof RECORD_VERSION;
  readonly kind: 'committed';
  readonly at: number;
  readonly commit: string;
  readonly parents?: readonly string[];
  /** `was`: what its first parent had, under whatever name; missing where nobody looked, and where the file was new. */
  readonly files: readonly { readonly path: string; readonly content: string | null; readonly was?: string }[];
}

export type JournalRecord = SeenRecord | EditRecord | SessionRecord | CommittedRecord;

/** A record and the name of its file. Names sort as the records happened. */
export interface StoredRecord<R extends JournalRecord = JournalRecord> {
  readonly name: string;
  readonly record: R;
}

/** Why a file of the journal can't be used. */
export interface RecordProblem {
  readonly reason: 'not-json' | 'newer' | 'malformed';
  readonly message: string;
}

/** Reads a record's text. Never throws: what this version cannot read is set aside by the caller. */
export function parseRecord(text: string): JournalRecord | RecordProblem {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: 'not-json', message: 'it is not JSON' };
  }
  if (!isObject(value)) return { reason: 'malformed', message: 'it is not an object' };
  const version = value['version'];
  if (typeof version === 'number' && version > RECORD_VERSION)
    return {
      reason: 'newer',
      message: `it was written by a newer version of Linekeeper (record format ${String(version)})`,
    };
  if (version !== RECORD_VERSION) return { reason: 'malformed', message: 'it has no version' };
  if (typeof value['at'] !== 'number' || !Number.isFinite(value['at']))
    return { reason: 'malformed', message: 'it has no time' };
  switch (value['kind']) {
    case 'seen':
      return isSeen(value)
        ? (value as unknown as SeenRecord)
        : { reason: 'malformed', message: 'its files are not a list of paths and contents' };
    case 'edit':
      return isEdit(value)
        ? (value as unknown as EditRecord)
        : { reason: 'malformed', message: 'its edits are not complete' };
    case 'committed':
      return isSeen(value) &&
        typeof value['commit'] === 'string' &&
        (value['files'] as { was?: unknown }[]).every(({ was }) => was === undefined || isContent(was))
        ? (value as unknown as CommittedRecord)
        : { reason: 'malformed', message: 'its files are not a list of paths and contents' };
    case 'session':
      return typeof value['assistant'] === 'string' && typeof value['session'] === 'string' && isPrompt(value['prompt'])
        ? (value as unknown as SessionRecord)
        : { reason: 'malformed', message: 'its session is not complete' };
    default:
      return { reason: 'newer', message: `it is of an unknown kind` };
  }
}

export const isProblem = (value: JournalRecord | RecordProblem): value is RecordProblem =>
  'reason' in value && 'message' in value;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isContent = (value: unknown): boolean =>
  value === null || (typeof value === 'string' && isContentName.test(value));
const isOptionalText = (value: unknown): boolean => value === undefined || typeof value === 'string';
const isPath = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && !value.startsWith('/') && !value.split('/').includes('..');
const isBy = (value: unknown): boolean =>
  isObject(value) && (value['author'] === 'ai' || value['author'] === 'human' || value['author'] === 'unknown');

function isSeen(value: Record<string, unknown>): boolean {
  const opens = value['opens'];
  return (
    Array.isArray(value['files']) &&
    value['files'].every(
      (file) => isObject(file) && isPath(file['path']) && isContent(file['content']) && isOptionalText(file['mode']),
    ) &&
    (opens === undefined || (isObject(opens) && isBy(opens['by']) && typeof opens['all'] === 'boolean'))
  );
}

function isEdit(value: Record<string, unknown>): boolean {
  return (
    isBy(value['by']) &&
    Array.isArray(value['files']) &&
    value['files'].every(
      (file) =>
        isObject(file) &&
        isPath(file['path']) &&
        isContent(file['from']) &&
        isContent(file['to']) &&
        (file['modes'] === undefined || (Array.isArray(file['modes']) && file['modes'].every(isOptionalText))) &&
        (file['declares'] === undefined ||
          file['declares'] === null ||
          (Array.isArray(file['declares']) &&
            file['declares'].every(
              (span: unknown) => Array.isArray(span) && Number.isInteger(span[0]) && Number.isInteger(span[1]),
            ))) &&
        (file['firsts'] === undefined ||
          (Array.isArray(file['firsts']) &&
            file['firsts'].every((first: unknown) => Array.isArray(first) && first.every(Number.isInteger)))) &&
        (file['operations'] === undefined ||
          (Array.isArray(file['operations']) &&
            Array.isArray(file['hands']) &&
            file['hands'].every(isBy) &&
            file['operations'].every(isOperation))),
    )
  );
}

const isPrompt = (value: unknown): boolean =>
  value === undefined || (isObject(value) && typeof value['digest'] === 'string' && isOptionalText(value['excerpt']));

function isOperation(value: unknown): boolean {
  return (
    isObject(value) &&
    Number.isInteger(value['offset']) &&
    Number.isInteger(value['deleted']) &&
    typeof value['inserted'] === 'string' &&
    Number.isInteger(value['by']) &&
    (value['back'] === undefined || Number.isInteger(value['back']))
  );
}

/** The hand that a kept author stands for, at a time. */
export function creditOf(by: By, time: number): Credit {
  return { ...by, time };
}
