/** A note's text, both ways. Reading never throws: notes are from outside. */
import { dictionary, own, short, sorted } from './names';
import { readRecord, writeRecord } from './record';
import { mergeNotes } from './merge';
import type { Entry, Note, Session, Span } from './types';

const SCHEMA = 'authorship/3.0.0';
const RECORD = 'linekeeper.record';
/** The tool name of a session that only carries our record, in a note without AI lines. */
const CARRIER = 'linekeeper';

/** The note's bytes: the same note gives the same ones. */
export function renderNote(commit: string, note: Note): string {
  const lines: string[] = [];
  for (const path of [...note.files.keys()].sort()) {
    const entries = note.files.get(path) ?? [];
    if (entries.length === 0) continue;
    lines.push(/[ \t\n]/.test(path) ? `"${path}"` : path);
    for (const entry of entries) lines.push(`  ${entry.key} ${entry.ranges.map(([from, to]) => (from === to ? String(from) : `${String(from)}-${String(to)}`)).join(',')}`);
  }
  const json = { schema_version: SCHEMA, base_commit_sha: commit, prompts: {}, ...note.other, humans: sorted(note.humans), sessions: sorted(sessionsWithRecord(commit, note)) };
  return `${lines.length > 0 ? `${lines.join('\n')}\n` : ''}---\n${JSON.stringify({ ...json, schema_version: SCHEMA, base_commit_sha: commit }, null, 2)}\n`;
}

/** Our record rides in the first session, or in one of its own. */
function sessionsWithRecord(commit: string, { sessions, record, humans }: Note): Record<string, Session> {
  if (!record) return { ...sessions };
  const first = Object.keys(sessions).sort()[0] ?? `s_${short(CARRIER)}`;
  const author = Object.values(humans)[0]?.author;
  const carrier: Session = own(sessions, first) ?? { agent_id: { tool: CARRIER, id: commit, model: 'unknown' }, ...(author === undefined ? {} : { human_author: author }) };
  return { ...sessions, [first]: { ...carrier, custom_attributes: { ...carrier.custom_attributes, [RECORD]: writeRecord(record) } } };
}

/**
 * Takes the note of a commit apart; undefined when it is not one. Where git has put several notes one behind the other, all
 * of them count that are of this commit: those that git copied from other commits number other lines. One of ours that was
 * only copied here counts as none, because it is owed anew.
 */
export function readNote(text: string, commit: string): Note | undefined {
  const documents = documentsOf(text);
  const here = documents.filter((document) => document.base === commit);
  const usable = here.length > 0 ? here : documents.filter((document) => document.note.record === null);
  return usable.map(({ note }) => note).reduce<Note | undefined>((all, note) => (all ? mergeNotes(all, note) : note), undefined);
}

interface Document {
  readonly base: unknown;
  readonly note: Note;
}

/** A text may hold several notes: attestations, a line `---`, JSON that ends with a line `}`, and again. */
function documentsOf(text: string): Document[] {
  const lines = text.split('\n');
  const documents: Document[] = [];
  for (let start = 0; start < lines.length; ) {
    const divider = lines.indexOf('---', start);
    if (divider < 0) break;
    const closing = lines.indexOf('}', divider);
    const compact = closing < 0 || (lines[divider + 1] ?? '').length > 1;
    const end = compact ? divider + 1 : closing;
    const document = documentOf(lines.slice(start, divider), lines.slice(divider + 1, compact && closing < 0 ? lines.length : end + 1).join('\n'));
    if (document) documents.push(document);
    start = end + 1;
  }
  return documents;
}

function documentOf(attestations: readonly string[], text: string): Document | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(json)) return undefined;
  const { sessions, humans, prompts, schema_version: version, base_commit_sha: base, ...other } = json;
  if (typeof version !== 'string' || !version.startsWith('authorship/3')) return undefined;
  // Older notes name a prompt's hash where 3.0.0 names a session.
  const all = { ...sessionsOf(prompts), ...sessionsOf(sessions) };
  const record = Object.values(all).map((session) => readRecord(session.custom_attributes?.[RECORD])).find((one) => one !== null) ?? null;
  return {
    base,
    note: { files: filesOf(attestations), sessions: withoutRecord(all), humans: humansOf(humans), record, other: { ...other, ...(isObject(prompts) && Object.keys(prompts).length > 0 ? { prompts } : {}) } },
  };
}

function filesOf(lines: readonly string[]): Map<string, readonly Entry[]> {
  const files = new Map<string, Entry[]>();
  let entries: Entry[] | undefined;
  for (const line of lines) {
    if (line === '') continue;
    if (!line.startsWith('  ')) {
      const path = line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1) : line;
      entries = files.get(path) ?? [];
      files.set(path, entries);
      continue;
    }
    const match = /^ {2}(\S+) (\d{1,9}(?:-\d{1,9})?(?:,\d{1,9}(?:-\d{1,9})?)*)\r?$/.exec(line);
    if (!match?.[1] || !match[2] || !entries) continue;
    const ranges = match[2].split(',').map((item): Span => { const [from, to] = item.split('-'); return [Number(from), Number(to ?? from)]; });
    entries.push({ key: match[1], ranges: ranges.filter(([from, to]) => from >= 1 && from <= to) });
  }
  return files;
}

function withoutRecord(sessions: Readonly<Record<string, Session>>): Record<string, Session> {
  const left = dictionary<Session>();
  for (const [key, session] of Object.entries(sessions)) {
    if (session.custom_attributes?.[RECORD] === undefined) {
      left[key] = session;
      continue;
    }
    const { [RECORD]: _record, ...attributes } = session.custom_attributes;
    const { custom_attributes: _attributes, ...rest } = session;
    if (session.agent_id.tool !== CARRIER) left[key] = Object.keys(attributes).length > 0 ? { ...rest, custom_attributes: attributes } : rest;
  }
  return left;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const word = (value: unknown, fallback: string): string => (typeof value === 'string' && value !== '' ? value : fallback);

function sessionsOf(value: unknown): Record<string, Session> {
  const sessions = dictionary<Session>();
  for (const [key, session] of isObject(value) ? Object.entries(value) : []) {
    if (!isObject(session) || !isObject(session['agent_id'])) continue;
    const agent = session['agent_id'];
    const attributes = isObject(session['custom_attributes']) ? Object.fromEntries(Object.entries(session['custom_attributes']).filter((pair): pair is [string, string] => typeof pair[1] === 'string')) : undefined;
    sessions[key] = {
      agent_id: { tool: word(agent['tool'], 'unknown-assistant'), id: word(agent['id'], 'unknown'), model: word(agent['model'], 'unknown') },
      ...(typeof session['human_author'] === 'string' ? { human_author: session['human_author'] } : {}),
      ...(attributes ? { custom_attributes: attributes } : {}),
    };
  }
  return sessions;
}

function humansOf(value: unknown): Record<string, { author: string }> {
  return Object.fromEntries(Object.entries(isObject(value) ? value : {}).flatMap(([key, human]) => (isObject(human) && typeof human['author'] === 'string' ? [[key, { author: human['author'] }] as const] : [])));
}
