/** The door of the readers of data files. */
export { compare, firstDifference, matched, type Pair } from './compare';
export { readJson } from './json';
export { gone, on } from './notices';
export { sidesOf, type Sides } from './read';
export { withoutTemplates } from './template';
export {
  entriesOf,
  get,
  isEmpty,
  isNo,
  isYes,
  itemsOf,
  named,
  numberOf,
  same,
  textAt,
  textsOf,
  type Tree,
} from './tree';
export { documentsOf, readYaml } from './yaml';
