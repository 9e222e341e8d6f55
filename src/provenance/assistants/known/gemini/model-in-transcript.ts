/**
 * The model in Gemini CLI's transcript: `~/.gemini/tmp/<project>/chats/session-<time>-<id>.jsonl`, one JSON record per
 * line. A record is repeated with the same id while it grows; the last one is complete.
 */
import { lastInTranscript } from '../../transcripts/last-record';
import { cleanName } from '../../sanitize-names';
import type { ModelQuestion, ReadTail } from '../../types';

/** The model of the last answer. */
export function geminiModel({ model, transcriptPath }: ModelQuestion, readTail: ReadTail): string | undefined {
  if (model !== undefined || transcriptPath === undefined) return model;
  return lastInTranscript(transcriptPath, readTail, '"model"', (record) =>
    record['type'] === 'gemini' ? cleanName(record['model']) : undefined,
  );
}
