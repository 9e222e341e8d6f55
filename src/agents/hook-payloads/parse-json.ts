/** Parses the text of a hook's standard input as JSON. */

/**
 * The value of a JSON text. Some assistants leave raw control characters inside strings, which JSON does not allow:
 * they are accepted literally. Throws a SyntaxError when it still is not JSON.
 */
export function parsePayload(text: string): unknown {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
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
