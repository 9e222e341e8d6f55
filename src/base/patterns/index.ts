/** Regular expressions that several rooms need, and how long ones and long lists of words are put together. */
export { anyOf, either, escapedPattern, fileNamed, wordSet } from './build-regular-expressions';
export { LOCK_FILE } from './lock-files';
export { NO_COMMIT, OBJECT_ID } from './object-id';
export { isTestPath } from './test-paths';
