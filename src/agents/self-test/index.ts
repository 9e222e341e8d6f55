/**
 * The door of self-testing: what an assistant's hooks would receive, and the commands in its hook files. Loaded on
 * demand.
 */
export { CANARIES, type Canary, type CanaryEdit, type CanaryEvent } from './canary-payloads';
export { hooksIn, windowsShell, type FoundHook } from './installed-commands';
