/**
 * Edits in the transcripts of Kiro's CLI. Only a prompt has a time, so its calls get that of their turn; their order is
 * that of the file. Neither session nor model is given.
 */
import path from 'node:path';
import { isObject, listOf, objectOf, pathAt, textAt, type Json } from '../../hook-payloads/payload-fields';
import { exactly } from '../../hook-payloads/claimed-change-builders';
import { recordsIn, editOfCall } from '../../transcripts/records-and-edits-in-jsonl';
import type { ToldEdit, TranscriptPlace } from '../../types';
import { kiroClaims } from './edits-of-tools';

/** Beyond this no date can be represented (the year 275760). */
const LATEST_SECONDS = 8.64e12 - 1e6;

export const kiroPlaces = (userFolder: string): TranscriptPlace[] => [
  { folder: path.join(userFolder, 'sessions', 'cli'), depth: 0, name: /\.jsonl$/ },
];

export function kiroEdits(text: string): ToldEdit[] {
  const calls = new Map<string, { readonly name: string; readonly input: Json }>();
  let turn = Number.NaN;
  let step = 0;
  return recordsIn(text).flatMap((record) => {
    const data = objectOf(record['data']);
    const seconds = objectOf(data['meta'])['timestamp'];
    if (record['kind'] === 'Prompt' && typeof seconds === 'number')
      [turn, step] = [Math.abs(seconds) < LATEST_SECONDS ? seconds * 1000 : Number.NaN, 0];
    return listOf(data['content']).flatMap((part) => {
      const event = objectOf(objectOf(part)['data']);
      const id = textAt(event, 'toolUseId') ?? '';
      if (objectOf(part)['kind'] === 'toolUse')
        calls.set(id, { name: textAt(event, 'name') ?? '', input: objectOf(event['input']) });
      const call = calls.get(id);
      if (objectOf(part)['kind'] !== 'toolResult' || event['status'] !== 'success' || !call || !Number.isFinite(turn))
        return [];
      return editOfCall({
        assistant: 'kiro',
        toolName: call.name,
        claims: written(call.input) ?? kiroClaims(call.name, call.input, undefined),
        id,
        time: new Date(turn + ++step).toISOString(),
      });
    });
  });
}

/** A whole file is given without its previous content: all of it is the tool's. */
function written(input: Json): ReturnType<typeof kiroClaims> | undefined {
  const [file, text] = [pathAt(input, 'path'), textAt(input, 'content', 'file_text', 'text')];
  if (
    !isObject(input) ||
    input['command'] !== 'create' ||
    file === undefined ||
    text === undefined ||
    !path.isAbsolute(file)
  )
    return undefined;
  return { tool: 'edit', ...exactly([{ path: file, old: '', new: text }]) };
}
