/** Converts an assistant's tool event to a report. */
import type { ToolEvent } from '..';
import type { By } from '../../journal';
import type { Claim, Report } from './edit-report';

/** `cwd` is used when the event names none. Undefined when there is nothing to record: an edit of no file. */
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

/** Reported edits; a reported whole content is an edit from nothing, or from the reported previous content. */
export function claimsIn(event: ToolEvent): readonly Claim[] {
  if (event.userModified) return [];
  if (event.edits.length > 0) return event.edits;
  // Only an explicit "no such file" is a creation; a missing side proves nothing.
  return event.contents.flatMap((content) =>
    content.before === undefined || content.after === undefined || content.after === null
      ? []
      : [{ path: content.path, old: content.before ?? '', new: content.after }],
  );
}
