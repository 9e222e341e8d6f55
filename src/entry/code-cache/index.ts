/** The door to the loader of our bundles. */
export { part, type Keeping } from './load-bundle';
