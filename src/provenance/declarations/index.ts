/** The door of declarations: a person says who wrote lines of unknown author. */
export { atWorkOn, declaration, declareLines } from './declare-lines';
export { declareCommits } from './declare-commits';
export { hasUnknown, type LineSpan } from './has-unknown-lines';
