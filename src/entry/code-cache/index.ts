/** The door to the loader of our bundles. */
export { part } from './load-bundle';
