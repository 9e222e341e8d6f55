/** Rules of scanners and of compilers whose findings only warn from now on, or lead to nothing. */
import { factAt } from '../../rule-rows/facts-from-sentences';
import { trimmedLines } from '../../trimmed-lines';
import { named } from '../../yaml-and-json';
import type { Change, Noticed } from '../../types';

/** How a line says what a finding of one kind leads to, and what is less than that. */
const STRICT_WORD = /(?<![\w-])(?:FAIL|ERROR|[eE]rror|deny|forbid|block)(?![\w-])/;
const MILD_WORDS = ['WARN', 'IGNORE', 'INFO', 'WARNING', 'warn', 'warning', 'ignore', 'info', 'off', 'allow', 'none'];
/** Lists of rules of scanners, and what a crate says to its compiler. */
export const LISTS_RULES = /(?:^|\/)[\w.-]*zap[\w.-]*\.(?:conf|tsv)$|\.zap\/|(?:^|\/)rules\.tsv$|\.rs$/;

/** Rules whose findings only warn from now on, or lead to nothing. */
export function mildened({ path, before, after }: Change): readonly Noticed[] {
  if (!LISTS_RULES.test(path) || before === null || after === null) return [];
  const known = trimmedLines(before);
  const fresh = new Map(
    after.split('\n').flatMap((line, index) => (known.has(line.trim()) ? [] : [[line.trim(), index + 1] as const])),
  );
  const present = trimmedLines(after);
  return [...known].flatMap((line): readonly Noticed[] => {
    if (present.has(line) || !STRICT_WORD.test(line) || (path.endsWith('.rs') && !line.startsWith('#!['))) return [];
    const milder = MILD_WORDS.map((word) => line.replace(STRICT_WORD, word)).find((text) => fresh.has(text));
    if (milder === undefined) return [];
    return [
      factAt(
        'checks/threshold-lowered: A rule asks for less: "{before}" is "{after}" now.',
        fresh.get(milder) ?? 1,
        { before: named(line), after: named(milder) },
        { cause: 'rules' },
      ),
    ];
  });
}
