/** What a hook gets on standard input: parsed as JSON, and read as its assistant's event. */
import { ASSISTANTS } from './registry';
import type { AgentEvent, Assistant, Environment, Reading } from './types';

/**
 * A byte order mark of UTF-8, several, or its three bytes as other encodings read them: Windows 1252, code pages 437, 850
 * and 1251, and what a shell leaves of these.
 */
const BYTE_ORDER_MARKS =
  /^(?:\uFEFF|\u00EF\u00BB\u00BF|\u2229\u2557\u2510|\u00B4\u2557\u2510|\u043F\u00BB\u0457|n\+\+)+(?=\{)/;

/**
 * The value of a JSON text. Some assistants leave raw control characters inside strings, which JSON does not allow:
 * they are accepted literally. On Windows, Cursor writes two byte order marks before its payloads, and where its text
 * goes through a shell `n++` stands there instead: both are passed over. Throws a SyntaxError when it still is not JSON.
 */
export function parsePayload(text: string): unknown {
  const bare = text.replace(BYTE_ORDER_MARKS, '').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(bare);
  } catch (error) {
    const repaired = withEscapes(bare);
    if (repaired === bare) throw error;
    return JSON.parse(repaired);
  }
}

/** `text` with the control characters inside strings escaped. */
function withEscapes(text: string): string {
  return text.replace(/"[^"\\]*(?:\\[^][^"\\]*)*"/g, (string) =>
    string.replace(/[\u0000-\u001f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

/**
 * Reads a payload (parsed JSON) that arrived at the hook set up for `askedFor`. Some tools run the hook files of
 * others, so the event's `assistant` is the actual sender. Never throws.
 */
export function readPayload(askedFor: Assistant, payload: unknown, env: Environment): Reading {
  const sender = askedFor.recognises(payload, env)
    ? askedFor
    : (ASSISTANTS.find((one) => one.recognises(payload, env)) ?? askedFor);
  return sender.read(payload, env);
}

/**
 * A key that is the same for each delivery of one event, when several hook files of one assistant are set up; undefined
 * where the assistant gives its calls no id, and for events that may recur.
 */
export function deliveryKey(event: AgentEvent): string | undefined {
  if (!('toolName' in event) || event.id === undefined) return undefined;
  return JSON.stringify([event.assistant, event.session ?? '', event.id, event.event]);
}
