/**
 * Converts a change's attribution to its note. What the standard has no place for (evidence, lines by several authors,
 * removed lines, changes without lines, paths its grammar can't hold) is in a session's `custom_attributes` as
 * `linekeeper.record`, or in a field of that name where no assistant has a session.
 */
import type { ChangeAttribution, Evidence } from '../../../authorship/types';
import { mergeNotes } from './merge-notes';
import { dictionary, short, sorted, toolOfAssistant } from './tool-names-and-note-keys';
import { renderNote } from './note-text';
import type { Entry, NoteProvenance, LineProvenance, Note, OwnRecord, Session, Span } from './types';

/** What else to record for a session, as the standard's `custom_attributes`. */
export type AttributesOf = (assistant: string, session: string) => Readonly<Record<string, string>> | undefined;

/** The text of a commit's note. `author` is the commit's, as `Name <email>`. The same input gives the same bytes. */
export function writeNote(
  commit: string,
  author: string,
  change: ChangeAttribution,
  existing?: Note,
  attributesOf?: AttributesOf,
): string {
  const sessions = dictionary<Session>();
  const humans = dictionary<{ author: string }>();
  const keys = dictionary<readonly [0 | 1, Evidence | null, string | null]>();
  const removed = dictionary<[number, number, NoteProvenance][]>();
  const odd = dictionary<[number, number, NoteProvenance][]>();
  const changes = dictionary<NoteProvenance>();
  const files = new Map<string, Map<string, [number, number][]>>();

  const sessionKey = (range: LineProvenance): string => {
    const assistant = range.assistant ?? 'unknown-assistant';
    const tool = toolOfAssistant(assistant);
    const id = range.session ?? 'unknown';
    const key = `s_${short(`${tool}:${id}`)}`;
    const attributes = attributesOf?.(assistant, id);
    sessions[key] ??= {
      agent_id: { tool, id, model: range.model ?? 'unknown' },
      human_author: author,
      ...(attributes ? { custom_attributes: attributes } : {}),
    };
    return key;
  };
  const provenanceOf = (range: LineProvenance): NoteProvenance => [
    range.author,
    range.edited ? 1 : 0,
    range.evidence,
    range.author === 'ai' ? sessionKey(range) : null,
    range.model,
  ];
  const names = new Set(change.files.map((file) => file.path));
  for (const file of change.files) {
    const path = file.path.normalize('NFC');
    // The standard uses composed names; git does not, and may have both forms side by side.
    const composed = path === file.path;
    const fits = fitsGrammar(path) && (composed || !names.has(path));
    for (const range of file.ranges) {
      if (range.author === 'unknown') continue;
      if (!fits || !composed) (odd[file.path] ??= []).push([range.start, range.end, provenanceOf(range)]);
      if (!fits) continue;
      let key: string;
      if (range.author === 'ai') {
        const session = sessionKey(range);
        // The standard requires a new trace for each checkpoint; ours is derived, so that the same commit gives the
        // same note, and only from data that recurs across commits: random ids don't compress.
        key = `${session}::t_${short(`${session}:${range.model ?? ''}:${range.evidence ?? ''}:${String(range.edited)}`)}`;
      } else {
        key = `h_${short(author)}`;
        humans[key] = { author };
      }
      if (range.author === 'ai') keys[key] = [range.edited ? 1 : 0, range.evidence, range.model];
      else if (composed && (range.edited || range.evidence !== 'observed'))
        (odd[path] ??= []).push([range.start, range.end, provenanceOf(range)]);
      const entries = files.get(path) ?? new Map<string, [number, number][]>();
      files.set(path, entries);
      const ranges = entries.get(key) ?? [];
      const last = ranges.at(-1);
      if (last?.[1] === range.start - 1) last[1] = range.end;
      else ranges.push([range.start, range.end]);
      entries.set(key, ranges);
    }
    for (const range of file.removed)
      if (range.author !== 'unknown') (removed[file.path] ??= []).push([range.start, range.end, provenanceOf(range)]);
    if (file.change && file.change.author !== 'unknown') changes[file.path] = provenanceOf(file.change);
  }
  const record: OwnRecord = {
    v: 1,
    keys: sorted(keys),
    removed: sorted(removed),
    changes: sorted(changes),
    odd: sorted(odd),
  };
  const ours: Note = { files: entriesOf(files), sessions, humans, record, other: {} };
  return renderNote(commit, existing ? mergeNotes(ours, existing) : ours);
}

const entriesOf = (files: ReadonlyMap<string, ReadonlyMap<string, readonly Span[]>>): Map<string, Entry[]> =>
  new Map(
    [...files].map(([path, entries]) => [
      path,
      [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, ranges]) => ({ key, ranges })),
    ]),
  );

/** Paths that the standard's grammar can represent so that every reader gets them back. */
const fitsGrammar = (path: string): boolean =>
  path !== '---' && !path.includes('"') && !path.includes('\n') && !path.startsWith('  ');
