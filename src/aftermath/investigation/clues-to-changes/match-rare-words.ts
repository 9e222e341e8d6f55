/**
 * Rare words that a text and a change have in common, for texts that no reader of clues understands. By itself that is
 * little: it is weighed below what is known to be meant, and nobody is named for it.
 */
import { LOCK_FILE } from '../../../base/patterns';
import type { Commit } from '../../../git';
import type { Add } from '../weigh-reasons';
import type { ChangedPart } from './read-changed-lines';

const TEXT_AT_MOST = 64 * 1024;
const WORDS_AT_MOST = 400;
/** A word that more of the changes have says nothing. */
const SHARE_AT_MOST = 0.15;
/** One word, in a path only, is a coincidence. */
const WEIGHT_AT_LEAST = 0.6;
const WEIGHT_AT_MOST = 2.4;
const SHOWN = 3;
/** What a word says that only stands in what the changed line belongs to, or that stays in it. */
const AROUND = 0.6;
/** What logs and changes of any kind have. */
const COMMON: ReadonlySet<string> = new Set(
  'about after again all also and any are because been before but can could does down each error errors every exception failed failing failure false from has have http https into its java javax just key line lines message more name new node none not null object only org other our out process program request response return returned server service since string than that the their then there this time true type undefined use used user uses value values version warning was were when which while will with without you your com example internal main info debug trace level www net app src lib usr var opt etc bin'.split(
    ' ',
  ),
);

export function matchWords(
  text: string,
  changed: ReadonlyMap<string, readonly ChangedPart[]>,
  commits: ReadonlyMap<string, Commit>,
  add: Add,
): void {
  const sought = new Set([...wordsOf(text.slice(0, TEXT_AT_MOST))].slice(0, WORDS_AT_MOST));
  if (sought.size === 0) return;
  const byWord = new Map<string, Map<string, number>>();
  for (const [commit, parts] of changed) {
    const words = new Map<string, number>();
    const take = (text: string, share: number): void => {
      for (const word of wordsOf(text)) if (sought.has(word)) words.set(word, Math.max(share, words.get(word) ?? 0));
    };
    for (const { path, lines } of parts) {
      if (LOCK_FILE.test(path)) continue;
      take(path, AROUND);
      for (const { text: line, counterpart, scope } of lines) {
        take(scope?.keys ?? '', AROUND);
        take(scope?.label ?? '', AROUND);
        const formerWords = counterpart === null ? undefined : wordsOf(counterpart);
        for (const word of wordsOf(line))
          if (sought.has(word))
            words.set(word, Math.max(formerWords?.has(word) === true ? AROUND : 1, words.get(word) ?? 0));
      }
    }
    take(commits.get(commit)?.message ?? '', 1);
    for (const [word, share] of words)
      byWord.set(word, (byWord.get(word) ?? new Map<string, number>()).set(commit, share));
  }
  const most = Math.max(1, Math.floor(changed.size * SHARE_AT_MOST));
  const common = new Map<string, { readonly word: string; readonly weight: number }[]>();
  for (const [word, whose] of byWord) {
    if (whose.size > most) continue;
    const weight = (word.length > 4 ? 0.9 : 0.7) / Math.sqrt(whose.size);
    for (const [commit, share] of whose)
      common.set(commit, [...(common.get(commit) ?? []), { word, weight: weight * share }]);
  }
  for (const [commit, words] of common) {
    const rarest = words.sort((a, b) => b.weight - a.weight);
    const weight = rarest.reduce((sum, one) => sum + one.weight, 0);
    if (words.length < 2 && weight < WEIGHT_AT_LEAST) continue;
    const shown = rarest.slice(0, SHOWN).map(({ word }) => JSON.stringify(word));
    add(
      commit,
      'words',
      `It has ${shown.join(', ')} in common with the text, which few of the changes have.`,
      Math.min(WEIGHT_AT_MOST, weight),
    );
  }
}

const WORD = /[\p{L}][\p{L}\p{N}]{2,40}/gu;

/** The words in a text: those of `maxPollRecords` too. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const [token] of text.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2').matchAll(WORD)) {
    const word = stem(token.toLowerCase());
    if (word.length > 2 && !COMMON.has(word)) words.add(word);
  }
  return words;
}

/** Enough that `reminders` and `reminder`, `expired` and `expires` are one. */
const stem = (word: string): string =>
  word.length > 5 ? word.replace(/(?:ing|ies|es|ed|s)$/, '') : word.length > 3 ? word.replace(/s$/, '') : word;
