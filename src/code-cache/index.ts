/** The door to how our programs are loaded. */
export { part, type Keeping } from './load-bundle';
