import { detachSlice } from './character-store';
import { type Snapshot } from './snapshot';
import { type SpannedText, lineStart } from './text-lines';

/**
 * As many lines on each side of a change are remembered with it: for copied brackets and reworded lines between lines
 * that tell where they come from.
 */
const EXCERPT_CONTEXT_LINES = 24;

/**
 * What of a version stands within so many lines of a range, without keeping the rest of it: a file has as many versions
 * as it had edits. `at`: where the part starts. A range that is most of a version is all of it.
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
  for (const { id, textOffset: textOffset, length, deletedBy: deletedBy } of version.spans) {
    if (deletedBy) continue;
    const cut = Math.max(at - start, 0);
    const stop = Math.min(length, end - start);
    if (stop > cut) spans.push({ id: id + cut, textOffset: textOffset + cut, length: stop - cut, deletedBy: null });
    start += length;
    if (start >= end) break;
  }
  return { at, part: { text: detachSlice(text.slice(at, end)), spans: spans } };
}
