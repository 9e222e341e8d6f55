/**
 * Who wrote the unsaved text of a document, kept beside the editor's own backup of it: when the window is loaded again,
 * or the editor ended, the text comes back, and its authors with it. Comes from the disk: anything unexpected is nothing.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../../../base/files';
import type { By } from '../../../provenance/journal';
import { Draft } from '../buffer/document-draft';
import type { AuthoredChange } from '../buffer/text-change';

interface UnsavedText {
  /** The text that the changes begin with. */
  readonly base: string;
  /** In the order in which they are applied. */
  readonly changes: readonly AuthoredChange[];
}

const VERSION = 1;
/** UTF-16 code units that were inserted, and changes. */
const LONGEST = 1_000_000;
const MOST = 20_000;
/** The editor's own backups are rarely older. */
const FORGOTTEN_AFTER_MS = 30 * 24 * 3_600_000;

export class UnsavedTexts {
  /** Documents for which there is a file. */
  private readonly kept = new Set<string>();
  private digested: { readonly text: string; readonly digest: string } | undefined;

  private readonly folder: string | undefined;

  /** `storage`: the extension's own folder for the workspace. */
  constructor(storage: { readonly scheme: string; readonly fsPath: string } | undefined, now: number) {
    this.folder = storage?.scheme === 'file' ? path.join(storage.fsPath, 'unsaved') : undefined;
    if (this.folder !== undefined) forgetOld(this.folder, now);
  }

  /** What a document's unsaved text was when it was kept last, if that began with the same text. */
  read(document: string, base: string): readonly AuthoredChange[] | undefined {
    const file = this.fileOf(document);
    if (file === undefined) return undefined;
    try {
      const changes = parse(readFileSync(file, 'utf8'), digest(base));
      if (changes) this.kept.add(document);
      return changes;
    } catch {
      return undefined; // there is none
    }
  }

  /** `unsaved`: undefined for a document without unsaved text. Whoever calls it can go on when it fails. */
  keep(document: string, unsaved: UnsavedText | undefined): void {
    const file = this.fileOf(document);
    if (file === undefined || this.folder === undefined) return;
    const length = unsaved?.changes.reduce((sum, { inserted }) => sum + inserted.length, 0) ?? 0;
    if (!unsaved || unsaved.changes.length === 0 || unsaved.changes.length > MOST || length > LONGEST) {
      if (this.kept.delete(document)) rmSync(file, { force: true });
      return;
    }
    mkdirSync(this.folder, { recursive: true });
    const changes = unsaved.changes.map(({ offset, deleted, inserted, by, movedFrom }) => ({
      offset,
      deleted,
      inserted,
      by: movedFrom === undefined ? by : null,
    }));
    writeWhole(file, JSON.stringify({ version: VERSION, base: this.digestOfBase(unsaved.base), changes }));
    this.kept.add(document);
  }

  /** The same text is asked about each time that somebody pauses. */
  private digestOfBase(text: string): string {
    if (this.digested?.text !== text) this.digested = { text, digest: digest(text) };
    return this.digested.digest;
  }

  private fileOf(document: string): string | undefined {
    return this.folder && path.join(this.folder, `${digest(document)}.json`);
  }
}

/** A draft of the text on disk with what was kept of its unsaved changes. */
export function withKept(onDisk: string, stored: readonly AuthoredChange[] | undefined): Draft {
  const draft = new Draft(onDisk);
  try {
    for (const change of stored ?? []) draft.change([change], () => change.by);
    return draft;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new Draft(onDisk); // they do not fit
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 40);

function forgetOld(folder: string, now: number): void {
  try {
    for (const name of readdirSync(folder)) {
      const file = path.join(folder, name);
      if (now - statSync(file).mtimeMs > FORGOTTEN_AFTER_MS) rmSync(file, { force: true });
    }
  } catch {
    // nothing was kept yet
  }
}

function parse(text: string, base: string): readonly AuthoredChange[] | undefined {
  const stored = JSON.parse(text) as {
    readonly version?: unknown;
    readonly base?: unknown;
    readonly changes?: unknown;
  };
  const { version, changes } = stored;
  return version === VERSION && stored.base === base && Array.isArray(changes) && changes.every(isChange)
    ? changes
    : undefined;
}

function isChange(value: unknown): value is AuthoredChange {
  if (typeof value !== 'object' || value === null) return false;
  const { offset, deleted, inserted, by } = value as Readonly<Record<string, unknown>>;
  return isCount(offset) && isCount(deleted) && typeof inserted === 'string' && (by === null || isBy(by));
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

function isBy(value: unknown): value is By {
  if (typeof value !== 'object' || value === null) return false;
  const { author } = value as Readonly<Record<string, unknown>>;
  return (
    (author === 'human' || author === 'ai' || author === 'unknown') &&
    Object.values(value).every((word) => typeof word === 'string')
  );
}
