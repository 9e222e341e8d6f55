/** What a file contained before and after each of its reported edits. Pure. */
import { contentBefore, applyReportedEdits } from './apply-reported-edits';
import type { Claim } from './report';

/** One reported edit of a file. An omitted side was not reported; `null` is a missing file. */
export interface FileInTranscript {
  readonly path: string;
  readonly at: number;
  readonly edits: readonly Claim[];
  readonly before?: string | null;
  readonly after?: string | null;
}

interface States {
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * For edits of one file in order: the states before and after each; undefined for one that is not proven. `knownAfter`
 * returns texts that the file is known to have had after a time: an edit that only describes a change is undone from
 * one of them.
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
    const states = reportedStates(edit, known) ?? undone(edit, known);
    result[index] = states;
    if (states) later = states.from;
  }
  return result;
}

/** Both sides as reported. If the report normalised line breaks, the file's own are used. */
function reportedStates(edit: FileInTranscript, known: readonly (string | null)[]): States | undefined {
  const { before, edits } = edit;
  if (before === undefined) return undefined;
  const after = edit.after !== undefined ? edit.after : applyReportedEdits(before, edits);
  if (after === undefined) return undefined;
  const windows =
    known.some((text) => text?.includes('\r\n') === true) &&
    ![before, after].some((text) => text?.includes('\r\n') === true);
  const asWritten = (text: string | null): string | null =>
    windows && text !== null ? text.replaceAll('\n', '\r\n') : text;
  return { from: asWritten(before), to: asWritten(after) };
}

/** The reported change, undone from a text that contains it. */
function undone(edit: FileInTranscript, known: readonly (string | null)[]): States | undefined {
  for (const text of known) {
    if (text === null || edit.edits.length === 0) continue;
    const from = contentBefore(text, edit.edits, undefined);
    if (from !== undefined) return { from, to: text };
  }
  return undefined;
}
