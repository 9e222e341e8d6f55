/** Models that were reported after a note was written. */
import { assistantOfTool } from './tool-names-and-note-keys';
import { renderNote } from './note-text';
import type { Note, Session } from './types';

/**
 * The text of the note with models added to sessions that have none; everything else stays. Undefined when nothing
 * changes.
 */
export function nameModels(
  commit: string,
  note: Note,
  modelOf: (session: { readonly assistant: string; readonly session: string }) => string | undefined,
): string | undefined {
  let changed = false;
  const sessions: Record<string, Session> = {};
  for (const [key, session] of Object.entries(note.sessions)) {
    const { tool, id, model } = session.agent_id;
    const named = model === 'unknown' ? modelOf({ assistant: assistantOfTool(tool), session: id }) : undefined;
    if (named !== undefined) changed = true;
    sessions[key] = named === undefined ? session : { ...session, agent_id: { ...session.agent_id, model: named } };
  }
  return changed ? renderNote(commit, { ...note, sessions }) : undefined;
}
