/** What an assistant tells of a tool call, as a report. */
import type { ToolEvent } from '../assistants';
import type { By } from '../journal';
import type { Claim, Report } from './report';

/** `cwd` stands in where the event names none. Undefined where there is nothing to record: an edit of no file. */
export function reportOf(event: ToolEvent, model: string | undefined, cwd: string): Report | undefined {
  if (event.tool === 'edit' && event.files.length === 0) return undefined;
  const { session } = event;
  const by: By = {
    author: 'ai',
    assistant: event.assistant,
    ...(model === undefined ? {} : { model }),
    ...(session === undefined ? {} : { session }),
    evidence: event.tool === 'edit' ? 'reported' : 'observed',
  };
  return {
    event: event.event,
    ...(event.id === undefined ? {} : { id: event.id }),
    ...(event.pair === undefined ? {} : { pair: event.pair }),
    by,
    cwd: event.cwd ?? cwd,
    files: event.tool === 'edit' ? event.files : [],
    edits: claimsIn(event),
    onDisk: event.onDisk,
    // A failed edit has written nothing; a failed command may have.
    nothingDone: event.failed && event.tool === 'edit',
  };
}

/** Described edits; a whole content that was told is an edit from nothing, or from what was told to be before. */
export function claimsIn(event: ToolEvent): readonly Claim[] {
  if (event.userModified) return [];
  if (event.edits.length > 0) return event.edits;
  // Only a told "no such file" is a creation; a side that was not told proves nothing.
  return event.contents.flatMap((content) =>
    content.before === undefined || content.after === undefined || content.after === null
      ? []
      : [{ path: content.path, old: content.before ?? '', new: content.after }],
  );
}
