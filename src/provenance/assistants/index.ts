/**
 * The assistants we know, and the conversion of a hook payload to a neutral event. What installs hooks is in `./setup`,
 * separate because a hook's process must start quickly.
 */
export { cleanName } from './sanitize-names';
export { deliveryKey, parsePayload, readPayload } from './parse-payload-as-assistant-event';
export { toolCallOf } from './hook-payloads/server-and-tool-of-call';
export { hookPlaces, type HookPlace } from './hook-places';
export { noteSeen } from './hooks-last-seen';
export { assistantOf, ASSISTANTS } from './registry';
export { assistantStartedBy } from './assistant-of-command-line';
export { readTail } from './transcripts/read-tail';
export type * from './types';
