/**
 * What the editor's API tells our extension while somebody edits: made by the tests' probe in a real editor, kept in
 * `test/fixtures/editor-events`, and told again to the same listeners by `replay.ts`. Lines, characters and offsets
 * count from 0, as VS Code does. Pure.
 */

/** Line and character of a start, then of an end. */
export type Extent = readonly [startLine: number, startCharacter: number, endLine: number, endCharacter: number];

/** What a file holds when it is told of: `true`: what its document has; null: there is no file. Absent: as before. */
export type OnDisk = true | string | null;

export interface ToldWindow {
  readonly focused: boolean;
  /** Address of the document in front. */
  readonly active: string | null;
  readonly visible: readonly (readonly [uri: string, selections: readonly Extent[]])[];
}

export interface ToldDocument {
  readonly uri: string;
  readonly language: string;
  readonly text: string;
  readonly dirty: boolean;
  readonly disk?: OnDisk;
}

/** Who and what, without when. */
export type Told =
  | ({ readonly kind: 'window' } & ToldWindow)
  /** Those that are active from now on, beside the ones before. */
  | { readonly kind: 'extensions'; readonly active: readonly ToldExtension[] }
  /** The value that a setting has from now on; undefined: its default. */
  | { readonly kind: 'setting'; readonly name: string; readonly value?: unknown }
  | ({ readonly kind: 'open' } & ToldDocument)
  | { readonly kind: 'close' | 'willSave'; readonly uri: string }
  | { readonly kind: 'save'; readonly uri: string; readonly disk?: OnDisk }
  | {
      readonly kind: 'change';
      readonly uri: string;
      readonly dirty: boolean;
      readonly changes: readonly (readonly [Extent, text: string])[];
      /** 1 undo, 2 redo. */
      readonly reason?: number;
      /** Where the editor grants the proposal. */
      readonly detail?: { readonly source: string; readonly metadata: Readonly<Record<string, unknown>> };
      readonly disk?: OnDisk;
    }
  /** `by`: 1 keyboard, 2 mouse, 3 command; absent when the editor does not say. */
  | { readonly kind: 'selection'; readonly uri: string; readonly by?: number; readonly selections: readonly Extent[] }
  | { readonly kind: 'copied'; readonly uri: string; readonly ranges: readonly Extent[] }
  /** The person opened the menu of fixes. */
  | { readonly kind: 'fixes'; readonly uri: string; readonly range: Extent; readonly only?: string }
  /** The suggestion list has an item selected; absent: no longer. */
  | { readonly kind: 'listed'; readonly uri: string; readonly item?: readonly [Extent, text: string] }
  | { readonly kind: 'willRename'; readonly files: readonly (readonly [from: string, to: string])[] }
  | { readonly kind: 'willDelete' | 'deleted'; readonly files: readonly string[] }
  | { readonly kind: 'created'; readonly files: readonly (readonly [uri: string, text: string | null])[] }
  /** A key that is bound to a command of ours. */
  | { readonly kind: 'called'; readonly command: string; readonly args?: readonly unknown[] }
  /** The editor's own command, which one of ours called, has come to its end. */
  | { readonly kind: 'ran'; readonly command: string }
  /** The clipboard, as one read of it gave it. */
  | { readonly kind: 'clipboard'; readonly text: string };

/** `at`: milliseconds since the epoch; in a fixture, since the report before it. */
export type Report = Told & { readonly at: number };

/** The parts of an extension's manifest that show what it is. */
export interface ToldExtension {
  readonly id: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** How things stand when a recording begins. */
export interface Standing {
  /** How many reports there are before. */
  readonly reports: number;
  readonly version: string;
  readonly appName: string;
  readonly ui: number;
  readonly trusted: boolean;
  readonly window: ToldWindow;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly extensions: readonly ToldExtension[];
  readonly documents: readonly ToldDocument[];
}
