/** Parses the text of a hook's standard input as JSON. */

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
