/** Parses the text of a hook's standard input as JSON. */

/** A byte order mark, several, or what is left of one that went through another encoding; then an object. */
const BEFORE_OBJECT = /^[^{}[\]"]{1,16}(?=\{)/;

/**
 * The value of a JSON text. Some assistants leave raw control characters inside strings, which JSON does not allow:
 * they are accepted literally. On Windows, Cursor writes two byte order marks before its payloads, and where its text
 * goes through a shell `n++` stands there instead: both are passed over. Throws a SyntaxError when it still is not JSON.
 */
export function parsePayload(text: string): unknown {
  const bare = text.replace(/^\uFEFF+/, '');
  try {
    return JSON.parse(bare);
  } catch (error) {
    const repaired = withEscapes(bare.replace(BEFORE_OBJECT, ''));
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
