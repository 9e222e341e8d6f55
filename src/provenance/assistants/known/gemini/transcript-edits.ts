/**
 * Edits in Gemini CLI's transcripts: a record is repeated with the same id while it grows, the last one is complete.
 */
import { listOf, isObject, textAt, type Json } from '../../hook-payloads/payload-fields';
import { recordsIn, editOfCall } from '../../transcripts/records-and-edits-in-jsonl';
import type { ToolClaims } from '../../hook-payloads/claude-format-reader';
import type { ToldEdit } from '../../types';

/** `claims` interprets a call as in the hooks' payloads. */
export function geminiEdits(
  text: string,
  claims: (toolName: string, input: unknown, response: unknown) => ToolClaims,
): ToldEdit[] {
  const records = recordsIn(text);
  const session = records.find((record) => typeof record['sessionId'] === 'string')?.['sessionId'];
  const answers = new Map<unknown, Json>();
  for (const record of records) if (record['type'] === 'gemini') answers.set(record['id'], record);
  return [...answers.values()].flatMap((answer) =>
    listOf(answer['toolCalls'])
      .filter(isObject)
      .filter((call) => call['status'] === 'success')
      .flatMap((call) => {
        const toolName = textAt(call, 'name') ?? '';
        return editOfCall({
          assistant: 'gemini',
          toolName,
          claims: claims(toolName, call['args'], { returnDisplay: call['resultDisplay'] }),
          id: call['id'],
          session,
          model: answer['model'],
          time: call['timestamp'],
        });
      }),
  );
}
