/** Edits in OpenCode's own database. Versions that kept files instead are not supported. */
import path from 'node:path';
import type { ToolClaims } from '../../hook-payloads/claude-format-reader';
import { absolute } from '../../join-paths';
import { objectOf, textAt } from '../../hook-payloads/payload-fields';
import { recordsIn, editOfCall } from '../../transcripts/records-and-edits-in-jsonl';
import type { Environment, ToldEdit, TranscriptPlace } from '../../types';

/** Tool calls with the message that made them, oldest first. */
const CALLS = `SELECT json_object('session', p.session_id, 'model', json_extract(m.data, '$.modelID'), 'cwd', json_extract(m.data, '$.path.cwd'), 'data', json(p.data)) AS row
FROM part p JOIN message m ON m.id = p.message_id
WHERE p.time_updated > ? AND json_valid(p.data) AND json_valid(m.data) AND json_extract(p.data, '$.type') = 'tool'
ORDER BY p.time_updated LIMIT 20000`;

export function opencodePlaces({ home, env }: { readonly home: string; readonly env: Environment }): TranscriptPlace[] {
  return [
    {
      folder: path.join(absolute(env['XDG_DATA_HOME'], path.join(home, '.local', 'share')), 'opencode'),
      depth: 0,
      name: /^opencode(?:-[\w.]+)?\.db$/,
      rows: CALLS,
    },
  ];
}

/** Beyond this no date can be represented. */
const LATEST = 8.64e15;

export function opencodeEdits(
  text: string,
  claims: (toolName: string, input: unknown, response: unknown) => ToolClaims,
): ToldEdit[] {
  return recordsIn(text).flatMap(({ session, model, cwd, data }) => {
    const call = objectOf(data);
    const state = objectOf(call['state']);
    const { end } = objectOf(state['time']);
    const toolName = textAt(call, 'tool');
    if (state['status'] !== 'completed' || toolName === undefined || typeof end !== 'number' || Math.abs(end) > LATEST)
      return [];
    return editOfCall({
      assistant: 'opencode',
      toolName,
      claims: claims(toolName, state['input'], { metadata: state['metadata'] }),
      id: call['callID'],
      session,
      model,
      cwd,
      time: new Date(end).toISOString(),
    });
  });
}
