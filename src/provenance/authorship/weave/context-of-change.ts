import { detachSlice } from './character-store';
import { type Snapshot } from './snapshot';
import { type SpannedText, lineStart } from './text-lines';

/**
 * This many lines on each side of a change are remembered with it, to match copied brackets and reworded lines between
 * distinctive lines.
 */
const EXCERPT_CONTEXT_LINES = 24;

/**
 * The part of a version within {@link EXCERPT_CONTEXT_LINES} lines of a range, without retaining the rest: a file has
 * as many versions as edits. `at`: where the part starts. When the range covers most of a version, the part is the
 * whole version.
 */
export function excerpt(
  version: Snapshot,
  from: number,
  to: number,
): { readonly at: number; readonly part: SpannedText } {
  const { text } = version;
  let at = lineStart(text, from);
  for (let lines = 0; lines < EXCERPT_CONTEXT_LINES && at > 0; lines++) at = lineStart(text, at - 1);
  let end = to;
  for (let lines = 0; lines <= EXCERPT_CONTEXT_LINES && end < text.length; lines++)
    end = text.indexOf('\n', end) + 1 || text.length;
  if ((end - at) * 2 > text.length) return { at: 0, part: version };
  const spans: SpannedText['spans'][number][] = [];
  let start = 0;
  for (const { id, textOffset, length, deletedBy } of version.spans) {
    if (deletedBy) continue;
    const cut = Math.max(at - start, 0);
    const stop = Math.min(length, end - start);
    if (stop > cut) spans.push({ id: id + cut, textOffset: textOffset + cut, length: stop - cut, deletedBy: null });
    start += length;
    if (start >= end) break;
  }
  return { at, part: { text: detachSlice(text.slice(at, end)), spans } };
}
