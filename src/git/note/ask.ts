/** What a note says about lines. */
import { isHuman, own, ourName, sessionOf } from './names';
import type { Hand, HandSpan, LineHand, Note, OwnRecord } from './types';

/** What a note says of a commit's files: authors by line. Lines that it does not name are unknown. */
export interface NoteAnswer {
  added(path: string, line: number): LineHand | undefined;
  removed(path: string, line: number): LineHand | undefined;
  change(path: string): LineHand | undefined;
}

const NOTHING: OwnRecord = { v: 1, keys: {}, removed: {}, changes: {}, odd: {} };

export function askNote(note: Note): NoteAnswer {
  const record = note.record ?? NOTHING;
  const handAt = (list: readonly HandSpan[] | undefined, line: number): LineHand | undefined => {
    const found = list?.find(([from, to]) => from <= line && line <= to);
    return found && describe(note, found[2]);
  };
  return {
    added(path, line) {
      const known = handAt(own(record.odd, path), line);
      if (known) return known;
      const name = path.normalize('NFC');
      // What we wrote of such a name is all in our own record; what others wrote can only be in theirs.
      if (note.record && name !== path) return undefined;
      const entry = (note.files.get(name) ?? []).findLast((e) => e.ranges.some(([from, to]) => from <= line && line <= to));
      if (!entry) return undefined;
      const hand = handOfKey(note, entry.key);
      return hand && describe(note, hand);
    },
    removed: (path, line) => handAt(own(record.removed, path), line),
    change(path) {
      const hand = own(record.changes, path);
      return hand && describe(note, hand);
    },
  };
}

/** Whose lines a key's are; undefined for one that the note does not explain. */
export function handOfKey(note: Pick<Note, 'sessions' | 'record'>, key: string): Hand | undefined {
  if (isHuman(key)) return ['human', 0, note.record ? 'observed' : 'reported', null, null];
  const session = sessionOf(key);
  if (!own(note.sessions, session)) return undefined;
  const kept = own(note.record?.keys ?? {}, key);
  return ['ai', kept?.[0] ?? 0, kept ? kept[1] : 'reported', session, kept ? kept[2] : null];
}

function describe(note: Note, [author, edited, evidence, key, model]: Hand): LineHand {
  const session = key === null ? undefined : own(note.sessions, key);
  const agent = author === 'ai' ? session?.agent_id : undefined;
  const known = (value: string | undefined): string | null => (value === undefined || value === 'unknown' ? null : value);
  return {
    author,
    edited: edited === 1,
    assistant: author === 'ai' ? (agent ? ourName(agent.tool) : 'unknown-assistant') : null,
    model: author === 'ai' ? (model ?? known(agent?.model)) : null,
    session: known(agent?.id),
    evidence,
  };
}
