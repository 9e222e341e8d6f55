/** Says which kind of reading is expected, and fails with what came instead. */
import type { Reading, ToolEvent } from '../../src/provenance/assistants';

export function toolEvent(reading: Reading): ToolEvent {
  if ('toolName' in reading) return reading;
  throw new Error(`expected a tool event, got ${JSON.stringify(reading)}`);
}
