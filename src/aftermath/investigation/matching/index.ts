/** From what a text says to the changes that could be behind it. */
export { changedLines } from './read-changed-lines';
export { matchClues, rarity } from './match';
export { matchPhrases } from './log-messages';
export { matchWords } from './words';
