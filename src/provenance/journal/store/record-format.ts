/**
 * What the journal stores: one record per file, JSON, readable with `cat`.
 *
 * Paths are relative to the top of the work tree and use `/`. Contents are named by git's blob id (SHA-1 of
 * `blob LENGTH NUL CONTENT`, git's object format) of the bytes on disk; `null` is a missing file. A hook may leave
 * computing the id to others: then the record holds a provisional name (provisional-content-names.ts), which the journal resolves
 * to the id for its readers.
 */
import type { Credit } from '../../authorship/types';
import {
  hasShape,
  isFlag,
  isListOf,
  isObject,
  isOneOf,
  isText,
  isWhole,
  optional,
  orNull,
  type Guard,
} from '../../../base/shapes';

/** The version of the record format that this code writes and reads. */
export const RECORD_VERSION = 1;

/** Prefix of the name of a content whose id was not computed when it was stored. */
export const DEFERRED_PREFIX = 'unnamed:';
const OWN_NAME = `${DEFERRED_PREFIX}\\d+-[0-9a-f]{12}`;
const CONTENT = `(?:[0-9a-f]{40}|${OWN_NAME})`;
const [isOwnName, isContentName] = [new RegExp(`^${OWN_NAME}$`), new RegExp(`^${CONTENT}$`)];
export const isDeferred = (content: string | null): content is string => content !== null && isOwnName.test(content);

/** The contents that a record's text names, even when the record can't be parsed. */
export const contentsNamedIn = (text: string): readonly string[] =>
  text.match(new RegExp(`\\b${CONTENT}\\b`, 'g')) ?? [];

/** What every record holds about when it was written. */
interface Placed {
  /**
   * The length of HEAD's log at that time (bytes; -1 without a log). It shows which of HEAD's moves came before the
   * record and which after, whatever clocks and commit dates say. Missing in records reported late or written by an
   * older version.
   */
  readonly log?: number;
}

/** Who made an edit, as stored. */
export type By = Omit<Credit, 'time'>;

/** The current content of files, stored before work starts; also stored when a commit is made. */
export interface SeenRecord extends Placed {
  readonly version: typeof RECORD_VERSION;
  readonly kind: 'seen';
  /** Milliseconds since the epoch, never less than in the record before. */
  readonly at: number;
  /**
   * `mode` as git writes it (`100755`); missing where it was not checked. A submodule's content is its commit.
   * `stored`: the content is as git stores it, which may differ from the one on disk.
   */
  readonly files: readonly {
    readonly path: string;
    readonly content: string | null;
    readonly mode?: string;
    readonly stored?: true;
  }[];
  /** The content was stashed at this point (`git stash`) and may come back at any time. */
  readonly away?: true;
  /**
   * git put the uncommitted work in these files aside and left this content, as `--autostash` does; the work may come
   * back at any time.
   */
  readonly cleared?: true;
  /** Present when this is the opening half of a bracket. */
  readonly opens?: {
    /** The caller's own id of this action. */
    readonly id?: string;
    readonly by: By;
    /** All changed, untracked and clean files are covered, not only `files`. */
    readonly all: boolean;
    /** The commit that HEAD pointed to, for files that were clean then. */
    readonly head: string | null;
    /** Name of the saved copy of git's index, for files that were clean then. */
    readonly index?: string;
  };
}

/** One precise change of an editor's document, offsets in UTF-16 code units. */
export interface KeptOperation {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
  /** Index into the edit's `hands`; -1 when unknown. */
  readonly by: number;
  /**
   * An undo or redo restored the inserted text exactly where an earlier content of the file had it, or removed text
   * that an earlier content did not have: index of who did so.
   */
  readonly back?: number;
}

export interface FileEdit {
  readonly path: string;
  readonly from: string | null;
  readonly to: string | null;
  /** How the content was produced, when known precisely; applied to `from` they give `to`. */
  readonly operations?: readonly KeptOperation[];
  readonly hands?: readonly By[];
  /**
   * Lines of `from` (1-based), each with the index of the first author to change it (-1: unknown), where the operations
   * do not show the same.
   */
  readonly firsts?: readonly (readonly [line: number, by: number])[];
  /**
   * Nothing changed (`from` and `to` are equal): a declaration of who wrote unattributed text in these lines (1-based,
   * both ends included; null: in all).
   */
  readonly declares?: readonly (readonly [first: number, last: number])[] | null;
  /** Modes before and after, as git writes them; missing where they were not checked. */
  readonly modes?: readonly [from: string, to: string];
  /** `to` was computed from what the assistant reported; it was not on disk yet. */
  readonly predicted?: true;
}

/** Files that an author changed from one content to another. */
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

/** The part of a prompt that the policy allows to be kept. */
export interface KeptPrompt {
  /** `sha256:` and the hash of the prompt's text. */
  readonly digest: string;
  /** Its beginning on one line, without anything that looks like a secret. */
  readonly excerpt?: string;
}

/** An assistant's session or turn began or ended. An end closes its brackets. */
export interface SessionRecord extends Placed {
  readonly version: typeof RECORD_VERSION;
  readonly kind: 'session';
  readonly at: number;
  readonly event: 'start' | 'turn-end' | 'end';
  readonly assistant: string;
  readonly session: string;
  readonly model?: string;
  /** The prompt that ended the previous turn, if the policy keeps prompts. */
  readonly prompt?: KeptPrompt;
}

/** A commit was made: its contents of the files recorded here. Written before the next edit is. */
interface CommittedRecord extends Placed {
  readonly version: typeof RECORD_VERSION;
  readonly kind: 'committed';
  readonly at: number;
  readonly commit: string;
  readonly parents?: readonly string[];
  /**
   * `was`: what its first parent had, under whatever name; missing where it was not checked and where the file was new.
   * `from`: the name that it had in its first parent, where the commit renamed it.
   */
  readonly files: readonly {
    readonly path: string;
    readonly content: string | null;
    readonly was?: string;
    readonly from?: string;
  }[];
}

export type JournalRecord = SeenRecord | EditRecord | SessionRecord | CommittedRecord;

/** A record and the name of its file. Names sort in the order of events. */
export interface StoredRecord<R extends JournalRecord = JournalRecord> {
  readonly name: string;
  readonly record: R;
}

/** Why a file of the journal can't be used. */
interface RecordProblem {
  readonly reason: 'not-json' | 'newer' | 'malformed';
  readonly message: string;
}

/** Parses a record's text. Never throws: the caller sets aside what this version cannot read. */
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
      return isSeen(value) && isCommitted(value)
        ? (value as unknown as CommittedRecord)
        : { reason: 'malformed', message: 'its files are not a list of paths and contents' };
    case 'session':
      return isSession(value)
        ? (value as unknown as SessionRecord)
        : { reason: 'malformed', message: 'its session is not complete' };
    default:
      return { reason: 'newer', message: `it is of an unknown kind` };
  }
}

export const isProblem = (value: JournalRecord | RecordProblem): value is RecordProblem =>
  'reason' in value && 'message' in value;

const isContent = orNull((value): value is string => isText(value) && isContentName.test(value));
const isPath: Guard<string> = (value): value is string =>
  isText(value) && value !== '' && !value.startsWith('/') && !value.split('/').includes('..');
const isBy = hasShape({ author: isOneOf('ai', 'human', 'unknown') });

const isSeen = hasShape({
  files: isListOf(hasShape({ path: isPath, content: isContent, mode: optional(isText) })),
  opens: optional(hasShape({ by: isBy, all: isFlag })),
});

const isCommitted = hasShape({
  commit: isText,
  files: isListOf(hasShape({ was: optional(isContent), from: optional(isPath) })),
});

const isSession = hasShape({
  assistant: isText,
  session: isText,
  prompt: optional(hasShape({ digest: isText, excerpt: optional(isText) })),
});

const isSpan: Guard<readonly [number, number]> = (value): value is readonly [number, number] =>
  Array.isArray(value) && isWhole(value[0]) && isWhole(value[1]);

const isEditedFile = hasShape({
  path: isPath,
  from: isContent,
  to: isContent,
  modes: optional(isListOf(optional(isText))),
  declares: optional(orNull(isListOf(isSpan))),
  firsts: optional(isListOf(isListOf(isWhole))),
});

const areOperations = hasShape({
  hands: isListOf(isBy),
  operations: isListOf(
    hasShape({ offset: isWhole, deleted: isWhole, inserted: isText, by: isWhole, back: optional(isWhole) }),
  ),
});

const isEdit = hasShape({
  by: isBy,
  files: isListOf(
    (file): file is object =>
      isEditedFile(file) && (!('operations' in file) || file.operations === undefined || areOperations(file)),
  ),
});

/** The credit that a stored author stands for, at a time. */
export function creditOf(by: By, time: number): Credit {
  return { ...by, time };
}
