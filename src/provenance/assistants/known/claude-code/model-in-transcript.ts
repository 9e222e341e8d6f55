/**
 * The model in Claude Code's transcript: `~/.claude/projects/<folder>/<session>.jsonl`, one JSON record per line. Its
 * tool hooks do not name the model. A subagent has its own transcript, below the session's folder.
 */
import path from 'node:path';
import { cleanName } from '../../sanitize-names';
import { isObject, listOf, objectOf } from '../../hook-payloads/payload-fields';
import type { ModelQuestion, ReadTail } from '../../types';

/** Enough for the last answers; the records between them hold tool results and may be long. */
const TAIL_SIZES = [64 * 1024, 1024 * 1024];

/**
 * The model of the answer that holds the tool call; else of the last answer (a hook runs about 0.1 s before its own
 * call is in the transcript, and in a new session before there is one). Other records and incomplete lines are skipped.
 * Reads little more than a megabyte.
 */
export function claudeModel(event: ModelQuestion, readTail: ReadTail): string | undefined {
  if (event.model !== undefined) return event.model;
  const file = transcriptOf(event);
  if (file === undefined) return undefined;
  for (const bytes of TAIL_SIZES) {
    const tail = readTail(file, bytes);
    if (tail === undefined) return undefined;
    const model = lastModel(tail, event.id);
    if (model !== undefined) return model;
    if (Buffer.byteLength(tail) < bytes - 4) return undefined; // that was the whole file
  }
  return undefined;
}

function transcriptOf({ transcriptPath, subagent }: ModelQuestion): string | undefined {
  if (!transcriptPath?.endsWith('.jsonl')) return undefined;
  if (subagent === undefined) return transcriptPath;
  if (!/^[\w-]{1,100}$/.test(subagent)) return undefined;
  return path.join(transcriptPath.slice(0, -'.jsonl'.length), 'subagents', `agent-${subagent}.jsonl`);
}

function lastModel(tail: string, toolUseId: string | undefined): string | undefined {
  let last: string | undefined;
  for (const line of tail.split('\n').reverse()) {
    if (!line.includes('"assistant"') || !line.includes('"model"')) continue;
    const message = messageOf(line);
    const model = message && cleanName(message['model']);
    if (model === undefined || model === '<synthetic>') continue;
    if (toolUseId === undefined || calls(message, toolUseId)) return model;
    last ??= model;
  }
  return last;
}

function messageOf(line: string): Readonly<Record<string, unknown>> | undefined {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return undefined; // the first line of a tail is cut off, the last may still be being written
  }
  if (!isObject(record) || record['type'] !== 'assistant') return undefined;
  return objectOf(record['message']);
}

function calls(message: Readonly<Record<string, unknown>> | undefined, toolUseId: string): boolean {
  return listOf(message?.['content']).some((part) => objectOf(part)['id'] === toolUseId);
}
