/** Edits in Claude Code's transcripts: a call in an answer, and its result in the record that follows. */
import path from 'node:path';
import { isObject, listOf, objectOf, textAt, type Json } from '../../hook-payloads/payload-fields';
import { recordsIn, editOfCall } from '../../transcripts/records-and-edits-in-jsonl';
import type { Surroundings, ToldEdit, TranscriptPlace } from '../../types';
import { claudeClaims } from './edits-of-tools';

/**
 * `projects/<folder, other characters as ->/<session>.jsonl`, for the folder and those below it; subagents one folder
 * further down.
 */
export function claudePlaces(userFolder: string, { repositoryRoot = '' }: Surroundings): TranscriptPlace[] {
  const projects = path.join(userFolder, 'projects');
  const name = repositoryRoot.replaceAll(/[^A-Za-z0-9]/g, '-');
  return [{ folder: path.join(projects, name), depth: 2, name: /\.jsonl$/ }];
}

export function claudeEdits(text: string): ToldEdit[] {
  const calls = new Map<string, { readonly name: string; readonly input: Json; readonly model: unknown }>();
  return recordsIn(text).flatMap((record) => {
    const message = objectOf(record['message']);
    const parts = listOf(message['content']).filter(isObject);
    if (record['type'] === 'assistant') {
      for (const part of parts)
        if (part['type'] === 'tool_use')
          calls.set(String(part['id']), {
            name: textAt(part, 'name') ?? '',
            input: objectOf(part['input']),
            model: message['model'],
          });
      return [];
    }
    const result = parts.find((part) => part['type'] === 'tool_result');
    const call = result && calls.get(String(result['tool_use_id']));
    if (!call || result['is_error'] === true) return [];
    const response = objectOf(record['toolUseResult']);
    return editOfCall({
      assistant: 'claude-code',
      toolName: call.name,
      claims: claudeClaims(call.name, call.input, response),
      id: result['tool_use_id'],
      session: record['sessionId'],
      model: call.model,
      cwd: record['cwd'],
      time: record['timestamp'],
      userModified: response['userModified'] === true,
      subagent: record['isSidechain'] === true ? (record['agentId'] ?? 'subagent') : undefined,
    });
  });
}
