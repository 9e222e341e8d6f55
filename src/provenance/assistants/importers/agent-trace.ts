/**
 * Agent Trace (agent-trace.dev, `application/vnd.agent-trace.record+json`): records with line ranges by file and
 * conversation. The standard does not define where they are kept; the reference implementation appends lines to
 * `.agent-trace/traces.jsonl`. Parsed leniently, because its own schema rejects its own version.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { whyUnread } from '../../../base/files';
import { untrustedFile, type Repository } from '../../../git';
import { assistantNamed, isLine, listOf, nameOf, parseJson, pathOf } from './fields-of-foreign-records';
import { isObject } from '../../../base/shapes';
import { ForeignError, type ForeignLines, type ForeignSource } from './types';
import { OBJECT_ID } from '../../../base/patterns';

/** Where the reference implementation writes them. */
const TRACES = '.agent-trace/traces.jsonl';
const BYTES_AT_MOST = 64 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

export const agentTrace: ForeignSource = {
  id: 'agent-trace',
  title: 'Agent Trace',
  takesFile: true,
  read(repository, file) {
    const commits = new Map<string, ForeignLines[]>();
    for (const record of recordsOf(textOf(repository, file), file)) {
      const vcs = isObject(record['vcs']) ? record['vcs'] : {};
      const revision = vcs['revision'];
      if (typeof revision !== 'string' || !OBJECT_ID.test(revision)) continue;
      const lines = linesOf(record);
      if (lines.length > 0) commits.set(revision, [...(commits.get(revision) ?? []), ...lines]);
    }
    return Promise.resolve(commits);
  },
};

function textOf(repository: Repository, named: string | undefined): string {
  if (named !== undefined) return read(named);
  const brought = untrustedFile(repository, TRACES);
  if (brought && 'why' in brought)
    throw new ForeignError(
      `${TRACES} is not read: ${brought.why}. Name the file that is meant: linekeeper import agent-trace FILE`,
    );
  return brought ? read(brought.file) : '';
}

/** The whole content of a file, which may be a named pipe, but no more than is searched. */
function read(file: string): string {
  let fd: number | undefined;
  try {
    fd = openSync(file, 'r');
    const chunks: Buffer[] = [];
    for (let total = 0, got = 1; got > 0; total += got) {
      if (total > BYTES_AT_MOST)
        throw new ForeignError(
          `${file} is larger than ${String(BYTES_AT_MOST / 1024 / 1024)} MB. Split it, and import the parts.`,
        );
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      got = readSync(fd, chunk);
      chunks.push(chunk.subarray(0, got));
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    if (error instanceof ForeignError) throw error;
    throw new ForeignError(`${file} can't be read: ${whyUnread(error)}.`);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** One record, a list of them, or one per line. */
function recordsOf(text: string, file: string | undefined): Record<string, unknown>[] {
  const whole = parseJson(text);
  const records = (
    whole === undefined ? text.split('\n').map(parseJson) : Array.isArray(whole) ? listOf(whole) : [whole]
  )
    .filter(isObject)
    .filter((record) => Array.isArray(record['files']));
  if (records.length === 0 && file !== undefined)
    throw new ForeignError(`${file} holds no Agent Trace record: each has "version", "id", "timestamp" and "files".`);
  return records;
}

function linesOf(record: Record<string, unknown>): ForeignLines[] {
  const tool = isObject(record['tool']) ? record['tool']['name'] : undefined;
  return listOf(record['files']).flatMap((file) => {
    const name = isObject(file) ? pathOf(file['path']) : undefined;
    if (name === undefined || !isObject(file)) return [];
    return listOf(file['conversations'])
      .filter(isObject)
      .flatMap((conversation) =>
        listOf(conversation['ranges'])
          .filter(isObject)
          .flatMap((range): ForeignLines[] => {
            const contributor = isObject(range['contributor'])
              ? range['contributor']
              : isObject(conversation['contributor'])
                ? conversation['contributor']
                : isObject(record['contributor'])
                  ? record['contributor']
                  : {};
            const [from, to] = [range['start_line'], range['end_line']];
            // A person's ranges are merely what is left over, and prove nothing.
            if (
              (contributor['type'] !== 'ai' && contributor['type'] !== 'mixed') ||
              !isLine(from) ||
              !isLine(to) ||
              from > to
            )
              return [];
            return [
              {
                path: name,
                lines: [[from, to]],
                assistant: assistantNamed(tool),
                model: modelOf(contributor['model_id']),
                session: sessionOf(conversation['url']),
                edited: contributor['type'] === 'mixed',
                evidence: 'reported',
              },
            ];
          }),
      );
  });
}

/** `provider/model`, as in models.dev. */
const modelOf = (value: unknown): string | null =>
  nameOf(typeof value === 'string' ? value.slice(value.lastIndexOf('/') + 1) : value);

/** The last segment of the conversation's URL, without its extension. */
const sessionOf = (url: unknown): string | null =>
  typeof url === 'string' ? nameOf((/([^/?#]+)\/?(?:[?#].*)?$/.exec(url)?.[1] ?? '').replace(/\.jsonl?$/, '')) : null;
