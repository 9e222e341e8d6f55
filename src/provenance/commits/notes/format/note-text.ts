/** Parses and renders a note's text. Parsing never throws: notes come from outside. */
import { dictionary, own, sorted } from './tool-names-and-note-keys';
import { readRecord, writeRecord } from './linekeeper-record-text';
import { mergeNotes } from './merge-notes';
import type { Entry, Note, OwnRecord, Session, Span } from './types';
import { isObject } from '../../../../base/shapes';

const SCHEMA = 'authorship/3.0.0';
const RECORD = 'linekeeper.record';
/**
 * The tool name of a session that only carried our record, as earlier versions wrote one into a note without an
 * assistant's session. It is only read: other tools count a note that has a session as AI's.
 */
const CARRIER = 'linekeeper';

/** The note's bytes: equal notes give equal bytes. */
export function renderNote(commit: string, note: Note): string {
  const lines: string[] = [];
  for (const path of [...note.files.keys()].sort()) {
    const entries = note.files.get(path) ?? [];
    if (entries.length === 0) continue;
    lines.push(/[ \t\n]/.test(path) ? `"${path}"` : path);
    for (const entry of entries)
      lines.push(
        `  ${entry.key} ${entry.ranges.map(([from, to]) => (from === to ? String(from) : `${String(from)}-${String(to)}`)).join(',')}`,
      );
  }
  const record = note.record ? writeRecord(note.record) : undefined;
  const carrier = record === undefined ? undefined : Object.keys(note.sessions).sort()[0];
  const json = {
    schema_version: SCHEMA,
    base_commit_sha: commit,
    prompts: {},
    ...note.other,
    ...(record !== undefined && carrier === undefined ? { [RECORD]: record } : {}),
    humans: sorted(note.humans),
    sessions: sorted(carrier === undefined ? note.sessions : withRecord(note.sessions, carrier, record ?? '')),
  };
  return `${lines.length > 0 ? `${lines.join('\n')}\n` : ''}---\n${JSON.stringify({ ...json, schema_version: SCHEMA, base_commit_sha: commit }, null, 2)}\n`;
}

/** An assistant's session has a place for our record, which other tools keep; without one it is a field of its own. */
function withRecord(sessions: Note['sessions'], carrier: string, record: string): Record<string, Session> {
  const session = own(sessions, carrier);
  return session === undefined
    ? { ...sessions }
    : { ...sessions, [carrier]: { ...session, custom_attributes: { ...session.custom_attributes, [RECORD]: record } } };
}

/**
 * Parses a commit's note; undefined when it is not one. Where git has concatenated several notes, all that belong to
 * this commit count: those that git copied from other commits have other line numbers. One of ours that was only copied
 * here counts as none, because it has to be written again.
 */
export function readNote(text: string, commit: string): Note | undefined {
  const documents = documentsOf(text);
  const here = documents.filter((document) => document.base === commit);
  const usable = here.length > 0 ? here : documents.filter((document) => document.note.record === null);
  return usable
    .map(({ note }) => note)
    .reduce<Note | undefined>((all, note) => (all ? mergeNotes(all, note) : note), undefined);
}

interface Document {
  readonly base: unknown;
  readonly note: Note;
}

/** A text may hold several notes: attestations, a line `---`, JSON that ends with a line `}`, repeated. */
function documentsOf(text: string): Document[] {
  const documents: Document[] = [];
  for (let start = 0; start < text.length;) {
    const divider = lineAt(text, '---', start);
    if (divider < 0) break;
    const begin = divider + 4;
    const closing = lineAt(text, '}', begin);
    const firstEnd = lineEnd(text, begin);
    // JSON in one line.
    const compact = closing < 0 || firstEnd - begin > 1;
    const end = compact ? firstEnd : closing + 1;
    const document = documentOf(
      start === divider ? [] : text.slice(start, divider - 1).split('\n'),
      text.slice(begin, compact && closing < 0 ? text.length : end),
    );
    if (document) documents.push(document);
    start = end + 1;
  }
  return documents;
}

/** The start of a line that is exactly `line`, searched from a line start on; -1 where there is none. */
function lineAt(text: string, line: string, from: number): number {
  if (text.startsWith(line, from) && lineEnd(text, from) === from + line.length) return from;
  for (let at = text.indexOf(`\n${line}`, from); at >= 0; at = text.indexOf(`\n${line}`, at + 1)) {
    if (lineEnd(text, at + 1) === at + 1 + line.length) return at + 1;
  }
  return -1;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function documentOf(attestations: readonly string[], text: string): Document | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(json)) return undefined;
  const { schema_version: version, base_commit_sha: base, sessions, humans, prompts } = json;
  if (typeof version !== 'string' || !version.startsWith('authorship/3')) return undefined;
  const unknownKeys: Record<string, unknown> = {};
  for (const key of Object.keys(json))
    if (!READ_FIELDS.has(key))
      Object.defineProperty(unknownKeys, key, {
        value: json[key],
        enumerable: true,
        configurable: true,
        writable: true,
      });
  if (isObject(prompts) && Object.keys(prompts).length > 0) unknownKeys['prompts'] = prompts;
  // Older notes have a prompt's hash where 3.0.0 has a session.
  const all = sessionsOf(prompts, sessions);
  const field = json[RECORD];
  let record: OwnRecord | null = typeof field === 'string' ? readRecord(field) : null;
  for (const key of record === null ? Object.keys(all) : [])
    if ((record = readRecord(all[key]?.custom_attributes?.[RECORD])) !== null) break;
  return {
    base,
    note: {
      files: filesOf(attestations),
      sessions: withoutRecord(all),
      humans: humansOf(humans),
      record,
      other: unknownKeys,
    },
  };
}

const READ_FIELDS: ReadonlySet<string> = new Set([
  'sessions',
  'humans',
  'prompts',
  'schema_version',
  'base_commit_sha',
  RECORD,
]);

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
    const ranges = match[2].split(',').map((item): Span => {
      const [from, to] = item.split('-');
      return [Number(from), Number(to ?? from)];
    });
    entries.push({ key: match[1], ranges: ranges.filter(([from, to]) => from >= 1 && from <= to) });
  }
  return files;
}

function withoutRecord(sessions: Readonly<Record<string, Session>>): Record<string, Session> {
  const remaining = dictionary<Session>();
  for (const key of Object.keys(sessions)) {
    const session = sessions[key];
    if (session === undefined) continue;
    const { agent_id: agent, human_author: author, custom_attributes: custom } = session;
    if (custom?.[RECORD] === undefined) {
      remaining[key] = session;
      continue;
    }
    if (agent.tool === CARRIER) continue;
    const attributes = Object.entries(custom).filter(([name]) => name !== RECORD);
    remaining[key] = {
      agent_id: agent,
      ...(author === undefined ? {} : { human_author: author }),
      ...(attributes.length > 0 ? { custom_attributes: Object.fromEntries(attributes) } : {}),
    };
  }
  return remaining;
}

const word = (value: unknown, fallback: string): string =>
  typeof value === 'string' && value !== '' ? value : fallback;

/** The sessions of several groups; of two with the same key, the later. */
function sessionsOf(...groups: readonly unknown[]): Record<string, Session> {
  const sessions = dictionary<Session>();
  for (const group of groups) {
    if (!isObject(group)) continue;
    for (const key of Object.keys(group)) {
      const session = group[key];
      if (!isObject(session)) continue;
      const { agent_id: agent, human_author: author, custom_attributes: custom } = session;
      if (!isObject(agent)) continue;
      const agentId = {
        tool: word(agent['tool'], 'unknown-assistant'),
        id: word(agent['id'], 'unknown'),
        model: word(agent['model'], 'unknown'),
      };
      const known: {
        agent_id: Session['agent_id'];
        human_author?: string;
        custom_attributes?: Readonly<Record<string, string>>;
      } = { agent_id: agentId };
      if (typeof author === 'string') known.human_author = author;
      if (isObject(custom)) known.custom_attributes = textsOf(custom);
      sessions[key] = known;
    }
  }
  return sessions;
}

/** A session's attributes that are strings. */
function textsOf(attributes: Record<string, unknown>): Readonly<Record<string, string>> {
  const isText = (pair: [string, unknown]): pair is [string, string] => typeof pair[1] === 'string';
  const pairs = Object.entries(attributes);
  return pairs.every(isText) ? (attributes as Record<string, string>) : Object.fromEntries(pairs.filter(isText));
}

function humansOf(value: unknown): Record<string, { author: string }> {
  return Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).flatMap(([key, human]) =>
      isObject(human) && typeof human['author'] === 'string' ? [[key, { author: human['author'] }] as const] : [],
    ),
  );
}
