/** The background's request about an open document. */
import type { LinesQuestion } from '../background';
import type { DocumentTracker } from '../recording/document/document-tracker';
import type { Worktree } from '../workspace/worktree';

/** Its current state; call the track's `settle` first. `from`: the file's path in HEAD when it was renamed. */
export async function questionOf(
  track: DocumentTracker,
  { places }: Worktree,
  path: string,
  from: string | undefined,
): Promise<LinesQuestion> {
  const { base, operations, exact } = await track.unsaved();
  return {
    places,
    path,
    content: base?.bytes ?? null,
    ...(from === undefined ? {} : { from }),
    unsaved: exact ? operations : [],
    mark: base?.mark ?? false,
  };
}
