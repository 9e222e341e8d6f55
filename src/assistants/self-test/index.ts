/**
 * The door of proving: what an assistant's hooks would be given, and the commands that its hook files have. Loaded on
 * demand.
 */
export { CANARIES, type Canary, type CanaryEdit, type CanaryEvent } from './canary-payloads';
export { hooksIn, type FoundHook } from './installed-commands';
