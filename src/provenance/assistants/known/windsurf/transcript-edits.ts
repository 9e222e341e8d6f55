/**
 * Edits in Cascade's transcripts: the file before and after. Nothing in them has a time or an id: they count as made
 * when the transcript was last written, and a step is identified by its position.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { objectOf, textAt } from '../../hook-payloads/payload-fields';
import { exactly } from '../../hook-payloads/claimed-change-builders';
import { recordsIn, editOfCall } from '../../transcripts/records-and-edits-in-jsonl';
import type { Surroundings, ToldEdit, TranscriptPlace } from '../../types';
import { attempt } from '../../../../base/platform';

export const windsurfPlaces = ({ home }: Surroundings): TranscriptPlace[] => [
  { folder: path.join(home, '.windsurf', 'transcripts'), depth: 0, name: /\.jsonl$/ },
];

/** `changed` is when the transcript was last written, in milliseconds since the epoch. */
export function windsurfEdits(text: string, changed: number): ToldEdit[] {
  const records = recordsIn(text);
  return records.flatMap((record, index) => {
    const action = objectOf(record['code_action']);
    const file = pathOf(textAt(action, 'path'));
    const [before, after] = [textAt(action, 'original_content'), textAt(action, 'new_content')];
    const accepted = textAt(action, 'acknowledgement_type')?.endsWith('_REJECT') !== true;
    if (
      record['type'] !== 'code_action' ||
      record['status'] !== 'done' ||
      !accepted ||
      file === undefined ||
      before === undefined ||
      after === undefined
    )
      return [];
    const claims =
      before === ''
        ? exactly([{ path: file, old: '', new: after }], [{ path: file, before: null, after }])
        : exactly([], [{ path: file, before, after }]);
    const time = new Date(Math.max(0, changed - (records.length - index))).toISOString();
    return editOfCall({
      assistant: 'windsurf',
      toolName: 'write_code',
      claims: { tool: 'edit', ...claims },
      id: `step-${String(index)}`,
      time,
    });
  });
}

function pathOf(address: string | undefined): string | undefined {
  return attempt(() => (address?.startsWith('file:') === true ? fileURLToPath(address) : undefined)); // not a path on this machine
}
