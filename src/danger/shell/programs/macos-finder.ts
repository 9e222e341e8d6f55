/** What a script tells the Finder of macOS to take away, as commands for a shell. */
import { quoted } from './shell-text';

const FILE = String.raw`\(?\s*(?:\(?\s*POSIX file\s+|Path\(\s*)["']([^"'\n]+)["']`;
const DELETES = new RegExp(String.raw`\b(?:delete|move|remove)\s*${FILE}([^\n]*)`, 'gi');

/** The Finder moves to the trash: whatever is there is gone when somebody empties it. */
export function finderTexts(script: string): string[] {
  if (!/\bFinder\b|\bSystem Events\b/.test(script)) return [];
  const files = [...script.matchAll(DELETES)].flatMap(([all, file = '', behind = '']) =>
    /^move/i.test(all) && !/\btrash\b/i.test(behind) ? [] : `rm -r ${quoted(file)}`,
  );
  return [...files, ...(/\bempty\s*(?:\(\s*\)|(?:the\s+)?trash\b)/i.test(script) ? ['rm -rf ~/.Trash/'] : [])];
}
