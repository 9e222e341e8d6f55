/** Converts the records of a transcript to edits. */
import path from 'node:path';
import type { ToolClaims } from '../hook-payloads/claude-format-reader';
import { cleanName } from '../sanitize-names';
import { isObject, present, type Json } from '../hook-payloads/payload-fields';
import type { ToldEdit } from '../types';

/** The records of a text with one JSON object per line; other lines are skipped. */
export function recordsIn(text: string): Json[] {
  return text.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    try {
      const record: unknown = JSON.parse(line);
      return isObject(record) ? [record] : [];
    } catch {
      return []; // the last line may still be being written
    }
  });
}

/** A completed call, from a transcript. */
interface DoneCall {
  readonly assistant: string;
  readonly toolName: string;
  readonly claims: ToolClaims;
  readonly id?: unknown;
  readonly session?: unknown;
  readonly model?: unknown;
  readonly cwd?: unknown;
  /** RFC 3339. */
  readonly time: unknown;
  readonly userModified?: boolean;
  /** Id of the subagent that made it. */
  readonly subagent?: unknown;
}

/** The edit; empty when it is not one, or its time is unknown. */
export function editOfCall({
  assistant,
  toolName,
  claims,
  id,
  session,
  model,
  cwd,
  time,
  userModified = false,
  subagent,
}: DoneCall): ToldEdit[] {
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  if (claims.tool !== 'edit' || claims.files.length === 0 || !Number.isFinite(at)) return [];
  return [
    {
      assistant,
      event: 'after',
      toolName,
      ...claims,
      ...present({
        id: cleanName(id),
        session: cleanName(session),
        model: cleanName(model),
        subagent: cleanName(subagent),
        cwd: typeof cwd === 'string' && path.isAbsolute(cwd) ? cwd : undefined,
      }),
      failed: false,
      onDisk: true,
      userModified,
      at,
    },
  ];
}
