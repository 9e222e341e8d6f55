/** What a file held before and after each of its told edits. Pure. */
import { contentBefore, applyReportedEdits } from './apply-reported-edits';
import type { Claim } from './report';

/** One told edit of a file. A side that is left out was not told; `null` is a file that is not there. */
export interface FileInTranscript {
  readonly path: string;
  readonly at: number;
  readonly edits: readonly Claim[];
  readonly before?: string | null;
  readonly after?: string | null;
}

export interface States {
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * For edits of one file in order: the states that they led from and to; undefined for one that nothing proves.
 * `knownAfter` gives texts that the file is known to have had after a time: what only describes a change is undone from
 * there.
 */
export function statesOf(
  edits: readonly FileInTranscript[],
  knownAfter: (time: number) => readonly (string | null)[],
): (States | undefined)[] {
  const result: (States | undefined)[] = edits.map(() => undefined);
  let later: string | null | undefined;
  for (let index = edits.length - 1; index >= 0; index--) {
    const edit = edits[index];
    if (!edit) continue;
    const known = [...(later === undefined ? [] : [later]), ...knownAfter(edit.at)];
    const states = told(edit, known) ?? undone(edit, known);
    result[index] = states;
    if (states) later = states.from;
  }
  return result;
}

/** Both sides as they were told. Line breaks may have been made plain in the telling: they are those of the file. */
function told(edit: FileInTranscript, known: readonly (string | null)[]): States | undefined {
  const { before, edits } = edit;
  if (before === undefined) return undefined;
  const after = edit.after !== undefined ? edit.after : applyReportedEdits(before, edits);
  if (after === undefined) return undefined;
  const windows =
    known.some((text) => text?.includes('\r\n') === true) &&
    ![before, after].some((text) => text?.includes('\r\n') === true);
  const own = (text: string | null): string | null => (windows && text !== null ? text.replaceAll('\n', '\r\n') : text);
  return { from: own(before), to: own(after) };
}

/** What is told of the change, taken back from a text that has it. */
function undone(edit: FileInTranscript, known: readonly (string | null)[]): States | undefined {
  for (const text of known) {
    if (text === null || edit.edits.length === 0) continue;
    const from = contentBefore(text, edit.edits, undefined);
    if (from !== undefined) return { from, to: text };
  }
  return undefined;
}
