/** The functions that a command defines for itself. Pure. */

const DEFINES = /(?:^|[\s;&|({])(?:function\s+([\w-]+)\s*(?:\(\s*\))?|([\w-]+)\s*\(\s*\))\s*\{(?=\s)/g;
const MOST = 50;
/** Only the beginning of a longer body is read (UTF-16 code units): it may be called again and again. */
const LONGEST = 5000;

/** A function's body, and how many lines of the text are above it. */
export interface FunctionBody {
  readonly text: string;
  readonly above: number;
}

/** Function bodies by name; an unclosed one extends to the end. */
export function functionsIn(text: string): ReadonlyMap<string, FunctionBody> {
  const found = new Map<string, FunctionBody>();
  let above = 0;
  let counted = 0;
  for (const match of text.matchAll(DEFINES)) {
    if (found.size >= MOST) break;
    const from = match.index + match[0].length;
    for (; counted < from; counted++) if (text.charCodeAt(counted) === 10) above++;
    found.set(match[1] ?? match[2] ?? '', { text: bodyOf(text.slice(from, from + LONGEST)), above });
  }
  return found;
}

/** The text before the brace that closes the one already opened. */
function bodyOf(text: string): string {
  let open = 1;
  for (const match of text.matchAll(
    /'[^']*'|"(?:\\[^]|[^"\\])*"|\\[^]|\$\{[^}]*\}|(?<=^|[\s;&|(])\{(?=\s)|(?<=[\s;])\}/g,
  )) {
    if (match[0] === '{') open++;
    else if (match[0] === '}' && --open === 0) return text.slice(0, match.index);
  }
  return text;
}
