/** The functions that a command defines for itself. Pure. */

const DEFINES = /(?:^|[\s;&|({])(?:function\s+([\w-]+)\s*(?:\(\s*\))?|([\w-]+)\s*\(\s*\))\s*\{(?=\s)/g;
const MOST = 50;
/** Of a longer body only the beginning is read (UTF-16 code units): it may be called again and again. */
const LONGEST = 5000;

/** Their bodies by their names; what is not closed goes to the end. */
export function functionsIn(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const match of text.matchAll(DEFINES)) {
    if (found.size >= MOST) break;
    const from = match.index + match[0].length;
    found.set(match[1] ?? match[2] ?? '', bodyOf(text.slice(from, from + LONGEST)));
  }
  return found;
}

/** What stands before the brace that closes what was opened before. */
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
