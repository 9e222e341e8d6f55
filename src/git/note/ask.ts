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
  let named: ReadonlySet<string> | undefined;
  const hands = new Map<string, LineHand | undefined>();
  /** Where our record tells the models of a session's lines, one without was not known; else the session's own was told later. */
  const describeOurs = (hand: Hand): LineHand => describe(note, hand, hand[4] === null && (hand[3] === null || !(named ??= sessionsWithModels(record)).has(hand[3])));
  const handAt = (list: readonly HandSpan[] | undefined, line: number): LineHand | undefined => {
    const found = list?.find(([from, to]) => from <= line && line <= to);
    return found && describeOurs(found[2]);
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
      if (!hands.has(entry.key)) {
        const hand = handOfKey(note, entry.key);
        hands.set(entry.key, hand && (own(record.keys, entry.key) ? describeOurs(hand) : describe(note, hand, true)));
      }
      return hands.get(entry.key);
    },
    removed: (path, line) => handAt(own(record.removed, path), line),
    change(path) {
      const hand = own(record.changes, path);
      return hand && describeOurs(hand);
    },
  };
}

/** The sessions that our own record names a model of, by their keys. */
function sessionsWithModels({ keys, removed, changes, odd }: OwnRecord): Set<string> {
  const hands = [...[...Object.values(removed), ...Object.values(odd)].flatMap((spans) => spans.map(([, , hand]) => hand)), ...Object.values(changes)];
  return new Set([...Object.entries(keys).flatMap(([key, [, , model]]) => (model === null ? [] : [sessionOf(key)])), ...hands.flatMap(([, , , session, model]) => (session === null || model === null ? [] : [session]))]);
}

/** Whose lines a key's are; undefined for one that the note does not explain. */
export function handOfKey(note: Pick<Note, 'sessions' | 'record'>, key: string): Hand | undefined {
  if (isHuman(key)) return ['human', 0, note.record ? 'observed' : 'reported', null, null];
  const session = sessionOf(key);
  if (!own(note.sessions, session)) return undefined;
  const kept = own(note.record?.keys ?? {}, key);
  return ['ai', kept?.[0] ?? 0, kept ? kept[1] : 'reported', session, kept ? kept[2] : null];
}

function describe(note: Note, [author, edited, evidence, key, model]: Hand, ofSession: boolean): LineHand {
  const session = key === null ? undefined : own(note.sessions, key);
  const agent = author === 'ai' ? session?.agent_id : undefined;
  const known = (value: string | undefined): string | null => (value === undefined || value === 'unknown' ? null : value);
  return {
    author,
    edited: edited === 1,
    assistant: author === 'ai' ? (agent ? ourName(agent.tool) : 'unknown-assistant') : null,
    model: author === 'ai' ? (model ?? (ofSession ? known(agent?.model) : null)) : null,
    session: known(agent?.id),
    evidence,
  };
}
