/** The door of the readers of data files. */
export { compare, firstDifference, joinsList, type Pair } from './compare';
export { readJson } from './json';
export { sidesOf } from './read-sides';

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
