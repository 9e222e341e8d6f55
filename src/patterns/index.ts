/** Regular expressions that several rooms need, and how long ones are put together. */
export { anyOf, either, fileNamed } from './parts';
export { LOCK_FILE } from './lock-files';
