/** The door of the readers of data files. */
export { compare, firstDifference, joinsList, type Pair } from './compare-trees';
export { readJson } from './read-json';
export { sidesOf } from './trees-of-two-sides';

export {
  entriesOf,
  get,
  isEmpty,
  isNo,
  isYes,
  itemsBeyond,
  itemsOf,
  named,
  numberOf,
  same,
  shifted,
  textAt,
  textOnLine,
  textsOf,
  type Tree,
} from './tree';
