/** What a note says about lines. */
import { isHuman, own, assistantOfTool, sessionOf } from './tool-names-and-note-keys';
import type { NoteProvenance, ProvenanceSpan, LineProvenance, Note, OwnRecord } from './types';

/** What a note says about a commit's files: authors by line. Lines that it does not name are unknown. */
export interface NoteAnswer {
  added(path: string, line: number): LineProvenance | undefined;
  removed(path: string, line: number): LineProvenance | undefined;
  change(path: string): LineProvenance | undefined;
  /** The lines `from` to `to` (1-based, both included) on one side, as consecutive runs by author. */
  runs(side: 'added' | 'removed', path: string, from: number, to: number): readonly NoteRun[];
}

/** Consecutive lines and their author; undefined where the note does not name them. */
interface NoteRun {
  readonly start: number;
  readonly end: number;
  readonly by: LineProvenance | undefined;
}

/** The state of a search: the requested line, and the last line that the answer holds for. */
interface Search {
  readonly line: number;
  until: number;
}

const NOTHING: OwnRecord = { v: 1, keys: {}, removed: {}, changes: {}, odd: {} };

export function attributionOfNote(note: Note): NoteAnswer {
  const record = note.record ?? NOTHING;
  let named: ReadonlySet<string> | undefined;
  const described = new Map<NoteProvenance, LineProvenance>();
  const provenances = new Map<string, LineProvenance | undefined>();
  /**
   * Where our record names models for a session's lines, a line without one has an unknown model; otherwise the
   * session's own model applies, reported later.
   */
  const describeOurs = (provenance: NoteProvenance): LineProvenance => {
    const known =
      described.get(provenance) ??
      describe(
        note,
        provenance,
        provenance[4] === null &&
          (provenance[3] === null || !(named ??= sessionsWithModels(record)).has(provenance[3])),
      );
    described.set(provenance, known);
    return known;
  };
  const ofKey = (key: string): LineProvenance | undefined => {
    if (!provenances.has(key)) {
      const provenance = provenanceOfKey(note, key);
      provenances.set(
        key,
        provenance && (own(record.keys, key) ? describeOurs(provenance) : describe(note, provenance, true)),
      );
    }
    return provenances.get(key);
  };
  const inSpans = (spans: readonly ProvenanceSpan[] | undefined, search: Search): LineProvenance | undefined => {
    for (const [from, to, provenance] of spans ?? []) if (isIn(from, to, search)) return describeOurs(provenance);
    return undefined;
  };
  const find = {
    added(path: string, search: Search): LineProvenance | undefined {
      const known = inSpans(own(record.odd, path), search);
      if (known) return known;
      const name = path.normalize('NFC');
      // Our notes on such a name are entirely in our own record; other tools' can only be in theirs.
      if (note.record && name !== path) return undefined;
      const entries = note.files.get(name) ?? [];
      for (let index = entries.length - 1; index >= 0; index--) {
        const entry = entries[index];
        for (const [from, to] of entry?.ranges ?? []) if (isIn(from, to, search)) return entry && ofKey(entry.key);
      }
      return undefined;
    },
    removed: (path: string, search: Search): LineProvenance | undefined => inSpans(own(record.removed, path), search),
  };
  return {
    added: (path, line) => find.added(path, { line, until: line }),
    removed: (path, line) => find.removed(path, { line, until: line }),
    runs(side, path, from, to) {
      const runs: NoteRun[] = [];
      for (let line = from; line <= to;) {
        const search = { line, until: to };
        const by = find[side](path, search);
        runs.push({ start: line, end: search.until, by });
        line = search.until + 1;
      }
      return runs;
    },
    change(path) {
      const provenance = own(record.changes, path);
      return provenance && describeOurs(provenance);
    },
  };
}

/**
 * Whether a range contains the requested line. Limits the answer to the end of the range, or to the start of a later
 * range that takes precedence.
 */
function isIn(from: number, to: number, search: Search): boolean {
  const { line } = search;
  if (from > to || to < line) return false;
  search.until = Math.min(search.until, line < from ? from - 1 : to);
  return from <= line;
}

/** The keys of sessions for which our own record names a model. */
function sessionsWithModels({ keys, removed, changes, odd }: OwnRecord): Set<string> {
  const provenances = [
    ...[...Object.values(removed), ...Object.values(odd)].flatMap((spans) =>
      spans.map(([, , provenance]) => provenance),
    ),
    ...Object.values(changes),
  ];
  return new Set([
    ...Object.entries(keys).flatMap(([key, [, , model]]) => (model === null ? [] : [sessionOf(key)])),
    ...provenances.flatMap(([, , , session, model]) => (session === null || model === null ? [] : [session])),
  ]);
}

/** The author that a key stands for; undefined for a key that the note does not explain. */
export function provenanceOfKey(note: Pick<Note, 'sessions' | 'record'>, key: string): NoteProvenance | undefined {
  if (isHuman(key)) return ['human', 0, note.record ? 'observed' : 'reported', null, null];
  const session = sessionOf(key);
  if (!own(note.sessions, session)) return undefined;
  const evidence = own(note.record?.keys ?? {}, key);
  return ['ai', evidence?.[0] ?? 0, evidence ? evidence[1] : 'reported', session, evidence ? evidence[2] : null];
}

function describe(
  note: Note,
  [author, edited, evidence, key, model]: NoteProvenance,
  ofSession: boolean,
): LineProvenance {
  const session = key === null ? undefined : own(note.sessions, key);
  const agent = author === 'ai' ? session?.agent_id : undefined;
  const known = (value: string | undefined): string | null =>
    value === undefined || value === 'unknown' ? null : value;
  return {
    author,
    edited: edited === 1,
    assistant: author === 'ai' ? (agent ? assistantOfTool(agent.tool) : 'unknown-assistant') : null,
    model: author === 'ai' ? (model ?? (ofSession ? known(agent?.model) : null)) : null,
    session: known(agent?.id),
    evidence,
  };
}
