/** What other tools wrote into a note, for the note of a commit that replaces the first one. */
import type { ChangeAttribution, LineRange } from '../../../authorship/types';
import { dictionary, isHuman, own, sessionOf } from './tool-names-and-note-keys';
import type { Entry, Note, OwnRecord, Session, Span } from './types';

/**
 * The sessions of other tools in a note, with their lines of the files that `isSame` accepts. Undefined where there are
 * none. Our sessions are in our own record.
 */
export function foreignPart(note: Note, isSame: (path: string) => boolean): Note | undefined {
  const keys = note.record?.keys ?? {};
  const files = new Map<string, readonly Entry[]>();
  const sessions = dictionary<Session>();
  const named = new Set(note.record ? sessionsIn(note.record) : []);
  for (const [path, entries] of note.files) {
    for (const { key } of entries) named.add(sessionOf(key));
    const theirs = entries.filter(({ key }) => !isHuman(key) && !own(keys, key) && own(note.sessions, sessionOf(key)));
    if (theirs.length === 0 || !isSame(path)) continue;
    files.set(path, theirs);
    for (const { key } of theirs) {
      const session = own(note.sessions, sessionOf(key));
      if (session) sessions[sessionOf(key)] = session;
    }
  }
  // A session without lines is another tool's too: ours exist only for their lines.
  for (const [key, session] of Object.entries(note.sessions))
    if (!named.has(key) && session.agent_id.tool !== 'linekeeper') sessions[key] = session;
  if (Object.keys(sessions).length === 0) return undefined;
  return { files, sessions, humans: {}, record: null, other: {} };
}

const sessionsIn = ({ keys, removed, changes, odd }: OwnRecord): string[] => [
  ...Object.keys(keys).map(sessionOf),
  ...[...Object.values(removed), ...Object.values(odd)].flatMap((spans) =>
    spans.flatMap(([, , provenance]) => provenance[3] ?? []),
  ),
  ...Object.values(changes).flatMap((provenance) => provenance[3] ?? []),
];

/**
 * Combines a change with the sessions of other tools: lines that theirs name are left to them, and lines now known to
 * be a person's to the person.
 */
export function besideForeign(
  change: ChangeAttribution,
  foreign: Note,
): { readonly change: ChangeAttribution; readonly foreign: Note } {
  const files = new Map(foreign.files);
  const known = change.files.map((file) => {
    const path = file.path.normalize('NFC');
    const entries = files.get(path);
    if (!entries) return file;
    const people = file.ranges.flatMap((range): Span[] => (range.author === 'human' ? [[range.start, range.end]] : []));
    const rest = entries.map(({ key, ranges }) => ({ key, ranges: ranges.flatMap((span) => without(span, people)) }));
    files.set(
      path,
      rest.filter(({ ranges }) => ranges.length > 0),
    );
    const claimed = rest.flatMap(({ ranges }) => ranges);
    return {
      ...file,
      ranges: file.ranges.flatMap((range): LineRange[] =>
        range.author === 'ai'
          ? without([range.start, range.end], claimed).map(([start, end]) => ({ ...range, start, end }))
          : [range],
      ),
    };
  });
  return { change: { ...change, files: known }, foreign: { ...foreign, files } };
}

/** The parts of a span outside the others. */
const without = (span: Span, others: readonly Span[]): Span[] =>
  others.reduce<Span[]>(
    (pieces, [from, to]) =>
      pieces.flatMap(([start, end]): Span[] =>
        end < from || start > to
          ? [[start, end]]
          : [...(start < from ? [[start, from - 1] as const] : []), ...(end > to ? [[to + 1, end] as const] : [])],
      ),
    [span],
  );
