/**
 * The door of self-testing: what an assistant's hooks would receive, and the commands in its hook files. Loaded on
 * demand.
 */
export type { Canary, CanaryEdit, CanaryEvent } from './self-test-and-canary-edit';
export { hooksIn, type FoundHook } from './hook-commands-in-file';
export { SELF_TESTS } from './registry';
