/** What an assistant's own configuration lets it do without asking. */
import type { Json } from '../hook-payloads/payload-fields';
import type { Environment } from '../types';

/**
 * `everything`: any tool; `shell`: any command; `commands`: some harmful ones; `edits`: any file; `unsandboxed`: its
 * commands run without a sandbox; `no-hooks`: hooks, ours among them, do not run.
 */
export type Grant = 'everything' | 'shell' | 'commands' | 'edits' | 'unsandboxed' | 'no-hooks';

/** One thing that is allowed. */
export interface Allowed {
  readonly grant: Grant;
  /** The path of keys to the value from the top of the file. */
  readonly key: readonly (string | number)[];
  /** The value, verbatim. From outside: sanitise it before it is shown. */
  readonly value: string;
  /** What it means, as a sentence. */
  readonly says: string;
  /** What to do, as a sentence. */
  readonly mend: string;
}

/** Whose configuration it is. `managed`: set by the machine's administrator. */
export type ConfigScope = 'user' | 'project' | 'managed';

/** A configuration file, or all files in a folder with a given ending. */
export interface Config {
  readonly scope: ConfigScope;
  /** Absolute; a folder when `ending` is given. */
  readonly file: string;
  readonly ending?: string;
  /** `text`: `judge` gets `{text}`. */
  readonly format: 'json' | 'toml' | 'yaml' | 'text';
  /** Gets whatever is in the file; never throws. */
  readonly judge: (settings: Json) => readonly Allowed[];
}

/** Where configurations are. */
export interface AuditPlaces {
  readonly home: string;
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly repositoryRoot?: string;
  /** The root of the file system, for machine-wide configurations. */
  readonly top: string;
}

export interface Auditor {
  readonly id: string;
  readonly configs: (places: AuditPlaces) => readonly Config[];
  /** Which part of it can't be read, as a sentence; undefined when all of it can. */
  readonly unseen?: string;
}
