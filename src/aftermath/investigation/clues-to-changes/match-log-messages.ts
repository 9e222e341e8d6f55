/** Messages that a program prints, found in the lines that changed. */
import type { Add } from '../weigh-reasons';
import type { ChangedPart } from './read-changed-lines';
import { rarity } from './match-clues';

const LITERAL = /(["'`])((?:(?!\1)[^\\\n]|\\.){12,300})\1/g;
/** What is put in at run time divides a message. */
const HOLES = /\$\{[^}]*\}|#\{[^}]*\}|\{[^}]*\}|%[-+#0 ]*\d*(?:\.\d+)?[sdifqvxeg]|\\[nrt"'`]/;
const PART_AT_LEAST = 12;
const TEXT_AT_MOST = 256 * 1024;

export function matchPhrases(text: string, changed: ReadonlyMap<string, readonly ChangedPart[]>, add: Add): void {
  const haystack = text.slice(0, TEXT_AT_MOST);
  if (haystack.trim() === '') return;
  const hits = new Map<string, { readonly phrase: string; readonly says: string }>();
  for (const [commit, parts] of changed) {
    for (const { path, lines } of parts) {
      for (const { text: line, side, line: number, counterpart, scope } of lines) {
        if (scope !== null || hits.has(commit)) continue;
        for (const [, , literal = ''] of line.matchAll(LITERAL)) {
          const phrase = literal
            .split(HOLES)
            .map((part) => part.trim())
            .find((part) => part.length >= PART_AT_LEAST && /\S\s+\S/.test(part) && haystack.includes(part));
          if (phrase === undefined || counterpart?.includes(phrase) === true) continue;
          hits.set(commit, {
            phrase,
            says: `It ${side === 'added' ? 'adds' : 'removes'} the message ${JSON.stringify(phrase)}, which the text has (${path}:${String(number)}).`,
          });
        }
      }
    }
  }
  for (const [commit, { phrase, says }] of hits)
    add(commit, 'message', says, 6 * rarity([...hits.values()].filter((hit) => hit.phrase === phrase).length));
}
