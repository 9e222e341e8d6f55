/** Edits in Codex' transcripts: which files a patch changed, and how. */
import { isObject, objectOf, textAt, type Json } from '../../hook-payloads/payload-fields';
import { exactly, NO_CLAIMS, together, type Claims } from '../../hook-payloads/claimed-change-builders';
import { recordsIn, editOfCall } from '../../transcripts/records-and-edits-in-jsonl';
import type { ClaimedEdit, ToldEdit } from '../../types';

export function codexEdits(text: string): ToldEdit[] {
  let session: unknown;
  let cwd: unknown;
  let model: unknown;
  return recordsIn(text).flatMap((record) => {
    const payload = objectOf(record['payload']);
    if (record['type'] === 'session_meta') [session, cwd] = [payload['id'], payload['cwd']];
    if (record['type'] === 'turn_context') model = payload['model'];
    const item = objectOf(payload['item']);
    if (record['type'] !== 'event_msg' || item['type'] !== 'FileChange' || item['status'] !== 'completed') return [];
    const claims = together(Object.entries(objectOf(item['changes'])).map(([file, change]) => claimsOf(file, change)));
    return editOfCall({
      assistant: 'codex',
      toolName: 'apply_patch',
      claims: { tool: 'edit', ...claims },
      id: item['id'],
      session,
      model,
      cwd,
      time: record['timestamp'],
    });
  });
}

function claimsOf(file: string, change: unknown): Claims {
  if (!isObject(change)) return NO_CLAIMS;
  const content = textAt(change, 'content');
  if (change['type'] === 'add' && content !== undefined)
    return exactly([{ path: file, old: '', new: content }], [{ path: file, before: null, after: content }]);
  if (change['type'] === 'delete') return exactly([], [{ path: file, after: null }]);
  return exactly(hunksOf(textAt(change, 'move_path') ?? file, change));
}

/** The hunks of a unified diff, each with the line on which it begins afterwards. */
function hunksOf(file: string, change: Json): ClaimedEdit[] {
  const hunks: { line: number; old: string; new: string }[] = [];
  for (const line of (textAt(change, 'unified_diff') ?? '').split('\n')) {
    const start = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(line)?.[1];
    const hunk = hunks.at(-1);
    if (start !== undefined) hunks.push({ line: Number(start), old: '', new: '' });
    else if (hunk === undefined || line.startsWith('\\')) continue;
    else if (line.startsWith('-')) hunk.old += `${line.slice(1)}\n`;
    else if (line.startsWith('+')) hunk.new += `${line.slice(1)}\n`;
    else if (line !== '') [hunk.old, hunk.new] = [`${hunk.old}${line.slice(1)}\n`, `${hunk.new}${line.slice(1)}\n`];
  }
  return hunks.filter((hunk) => hunk.old !== hunk.new && hunk.old !== '').map((hunk) => ({ path: file, ...hunk }));
}
