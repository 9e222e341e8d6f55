/** From what a text says to the changes that could be behind it. */
export { changedLines } from './read-changed-lines';
export { matchClues, rarity } from './match-clues';
export { matchPhrases } from './match-log-messages';
export { matchWords } from './match-rare-words';
