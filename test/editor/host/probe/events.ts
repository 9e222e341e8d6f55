import type { Profiler } from 'node:inspector';

/**
 * What the probe records. Lines and characters count from 0, as VS Code does; `at` is in milliseconds since the epoch.
 */
export type ProbeEvent =
  | DocumentChange
  | {
      readonly kind: 'open' | 'close' | 'willSave' | 'save' | 'fsCreate' | 'fsChange' | 'fsDelete';
      readonly at: number;
      readonly uri: string;
    }
  | { readonly kind: 'createFiles' | 'deleteFiles'; readonly at: number; readonly files: readonly string[] }
  | { readonly kind: 'selection'; readonly at: number; readonly uri: string; readonly selectionKind: number | null }
  | { readonly kind: 'terminal'; readonly at: number; readonly name: string }
  | {
      readonly kind: 'shellStart' | 'shellEnd';
      readonly at: number;
      readonly command: string;
      readonly env: Readonly<Record<string, string | null>>;
      readonly exitCode: number | null;
    };

export interface DocumentChange {
  readonly kind: 'change';
  readonly at: number;
  readonly uri: string;
  readonly version: number;
  readonly dirty: boolean;
  /** 1 undo, 2 redo. */
  readonly reason: number | null;
  /** Whether the editor granted the proposal that brings `detailedReason`. */
  readonly hasDetailedReason: boolean;
  readonly detailedReason: { readonly source: string; readonly metadata: Readonly<Record<string, unknown>> } | null;
  readonly changes: readonly {
    readonly start: readonly [number, number];
    readonly end: readonly [number, number];
    readonly text: string;
  }[];
}

/** What is asked of the probe, as JSON, on loopback. */
export type ProbeRequest =
  | { readonly events: number }
  | { readonly code: string; readonly arg?: unknown }
  | { readonly measure: ProbeMeasure }
  /** What the editor has told the extension since that many reports, or how things stand. */
  | { readonly told: number | 'standing' };

/**
 * `times`, `memory`, `use`: give those; `collect`: collects garbage; `forget`: begins the times of changes again;
 * `profile`: starts one; `profiled`: ends it and gives a `HostProfile`.
 */
export type ProbeMeasure = 'times' | 'forget' | 'memory' | 'use' | 'collect' | 'profile' | 'profiled';

/**
 * Milliseconds that an extension kept its host's thread busy: when its code was loaded, when it was activated, and at
 * each change of a text.
 */
export interface HostTimes {
  readonly load: number;
  readonly activate: number;
  readonly changes: readonly number[];
}

export interface HostProfile {
  readonly profile: Profiler.Profile;
  /** When the extension, having let others go first, went on: microseconds, on the profile's clock. */
  readonly turns: readonly number[];
}

/** Bytes, after all garbage is collected. */
export interface HostMemory {
  /** Objects and buffers of the thread that all extensions share. */
  readonly shared: number;
  /** Those of the threads that the extension started, and all that its processes take. */
  readonly beside: number;
  /** What the whole process takes of the machine's memory. */
  readonly resident: number;
}

/** What the whole process of all extensions uses. */
export interface HostUse {
  /**
   * Milliseconds on the processor since it started: of all its threads, of the extension's processes, and of the programs
   * that it has waited for.
   */
  readonly processor: number;
  /** Bytes of the machine's memory. */
  readonly resident: number;
  /** Those of the extension's processes. */
  readonly beside: number;
}

export type ProbeAnswer = { readonly value?: unknown } | { readonly error: string };
