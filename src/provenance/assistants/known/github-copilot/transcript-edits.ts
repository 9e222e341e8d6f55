/** Edits in Copilot's transcripts: those of the CLI and of the chat agent in VS Code have the same format. */
import path from 'node:path';
import { objectOf, textAt, type Json } from '../../hook-payloads/payload-fields';
import { recordsIn, editOfCall } from '../../transcripts/records-and-edits-in-jsonl';
import type { Surroundings, ToldEdit, TranscriptPlace } from '../../types';
import { copilotClaims } from './edits-of-tools';

/** The CLI's sessions, and the chat agent's in each of the user's editors. */
export function copilotPlaces(userFolder: string, { home, env }: Surroundings): TranscriptPlace[] {
  const config = env['XDG_CONFIG_HOME'] ?? path.join(home, '.config');
  const parents = [
    config,
    path.join(home, 'Library', 'Application Support'),
    ...(env['APPDATA'] === undefined ? [] : [env['APPDATA']]),
  ];
  const editors = ['Code', 'Code - Insiders', 'VSCodium'];
  return [
    { folder: path.join(userFolder, 'session-state'), depth: 1, name: /^events\.jsonl$/ },
    ...parents.flatMap((parent) =>
      editors.map((editor) => ({
        folder: path.join(parent, editor, 'User', 'workspaceStorage'),
        depth: 3,
        name: /^[\w-]+\.jsonl$/,
      })),
    ),
  ];
}

export function copilotEdits(text: string): ToldEdit[] {
  const calls = new Map<string, { readonly name: string; readonly input: unknown; readonly model: unknown }>();
  let start: Json = {};
  return recordsIn(text).flatMap((record) => {
    const data = objectOf(record['data']);
    if (record['type'] === 'session.start') start = data;
    const id = textAt(data, 'toolCallId') ?? '';
    if (record['type'] === 'tool.execution_start')
      calls.set(id, { name: textAt(data, 'toolName') ?? '', input: data['arguments'], model: data['model'] });
    const call = calls.get(id);
    if (record['type'] !== 'tool.execution_complete' || data['success'] !== true || !call) return [];
    return editOfCall({
      assistant: 'github-copilot',
      toolName: call.name,
      claims: copilotClaims(call.name, call.input),
      id,
      session: start['sessionId'],
      model: call.model ?? data['model'] ?? start['selectedModel'],
      cwd: objectOf(start['context'])['cwd'],
      time: record['timestamp'],
    });
  });
}
