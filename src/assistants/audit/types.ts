/** What an assistant's own configuration lets it do without asking. */
import type { Json } from '../hook-payloads/fields';
import type { Environment } from '../types';

/**
 * `everything`: any tool; `shell`: any command; `commands`: some that can do harm; `edits`: any file; `unsandboxed`:
 * nothing holds its commands back; `no-hooks`: hooks, ours among them, are not run.
 */
export type Grant = 'everything' | 'shell' | 'commands' | 'edits' | 'unsandboxed' | 'no-hooks';

/** One thing that is allowed. */
export interface Allowed {
  readonly grant: Grant;
  /** The way to the value from the top of the file. */
  readonly key: readonly (string | number)[];
  /** The value, as it stands there. From outside: to be made harmless before it is shown. */
  readonly value: string;
  /** What it means, as a sentence. */
  readonly says: string;
  /** What to do, as a sentence. */
  readonly mend: string;
}

/** Whose configuration it is. `managed`: set by whoever administers the machine. */
export type ConfigScope = 'user' | 'project' | 'managed';

/** A configuration file, or all files of a folder with an ending. */
export interface Config {
  readonly scope: ConfigScope;
  /** Absolute; a folder when `ending` is told. */
  readonly file: string;
  readonly ending?: string;
  /** `text`: what `judge` gets is `{text}`. */
  readonly format: 'json' | 'toml' | 'yaml' | 'text';
  /** Sees whatever stands in the file; never throws. */
  readonly judge: (settings: Json) => readonly Allowed[];
}

/** Where configurations lie. */
export interface AuditPlaces {
  readonly home: string;
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly repositoryRoot?: string;
  /** The top of the file system, for configurations of a machine. */
  readonly top: string;
}

export interface Auditor {
  readonly id: string;
  readonly configs: (places: AuditPlaces) => readonly Config[];
  /** What of it can't be read, as a sentence; undefined when all of it can. */
  readonly unseen?: string;
}
