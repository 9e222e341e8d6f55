/**
 * Which assistants could be editing unseen in the window. One all of whose ways to edit are seen is at
 * work only while a request of its is open; what it offers as ghost text is recognised by how an acceptance leaves the
 * caret (see `acceptance-shapes.ts`). Any other is at work for as long as its extension is active. Pure.
 */

/**
 * What assistants could be doing. `none`: there is none; `silent`: all that are there are seen when they edit, and none
 * does; `able`: one may edit unseen; `working`: one is at work.
 */
export type Assistants = 'none' | 'silent' | 'able' | 'working';

/**
 * Why its edits can't all be seen. `unknown`: nothing tells of them; the rest: what switches off what would tell of
 * them, Restricted Mode, a setting, or our keys.
 */
export type Blindness =
  'unknown' | 'untrusted' | 'linekeeper.chatAgent.record' | 'chat.useHooks' | 'chat.plugins.enabled' | 'keys';

export interface Unseen {
  /** The extension's id; null: an assistant of the editor itself. */
  readonly extension: string | null;
  readonly why: Blindness;
}

export interface Presence {
  /** Ids of the active extensions of assistants. */
  readonly active: readonly string[];
  /** Whether hooks that we bring, and keys that we bracket, could show all that an extension's assistant does. */
  readonly isReporting: (extension: string) => boolean;
  /** What switches those off; undefined: nothing does. */
  readonly off: Exclude<Blindness, 'unknown'> | undefined;
  /** The editor may have an assistant that no extension shows. */
  readonly isEditorUnknown: boolean;
}

export function unseenIn({ active, isReporting, off, isEditorUnknown }: Presence): readonly Unseen[] {
  return [
    ...(isEditorUnknown ? [{ extension: null, why: 'unknown' } as const] : []),
    ...active.flatMap((extension): readonly Unseen[] => {
      if (!isReporting(extension)) return [{ extension, why: 'unknown' }];
      return off === undefined ? [] : [{ extension, why: off }];
    }),
  ];
}

/** `isWorking`: a request is open, or was until a moment ago. */
export function assistantsIn(presence: Presence, isWorking: boolean): Assistants {
  if (isWorking) return 'working';
  if (unseenIn(presence).length > 0) return 'able';
  return presence.active.length === 0 ? 'none' : 'silent';
}
