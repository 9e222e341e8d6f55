/**
 * What happens when an assistant's hook calls: its payload is read, the guard asked, the edit recorded, and what it did
 * in spite of the policy, or should have known, told to it.
 */
export { mayDo, observedText } from './before-tool-answer';
export { finder, handlePayload, PAYLOAD_LIMITS, repositoryAt, type Find } from './handle-payload';
export type { HookExit, HookTerminal, InputLimits } from './types';
export { setAside } from './set-aside-unreadable-payloads';
export { runCommandOf } from './keep-permitted-and-refused-runs';
export { startLater } from './start-background-work';
