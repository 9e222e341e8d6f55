/**
 * The assistants we know, and the conversion of a hook payload to a neutral event. What installs hooks is in `./setup`,
 * separate because a hook's process must start quickly.
 */
import { ASSISTANTS } from './registry';
import type { AgentEvent, Assistant, Environment, Reading, Surroundings } from './types';

export { cleanName } from './sanitize-names';
export { parsePayload } from './hook-payloads/parse-json';
export { toolCallOf } from './hook-payloads/call-of-unknown-tool';
export { noteSeen } from './hooks-last-seen';
export { ASSISTANTS } from './registry';
export { assistantStartedBy } from './assistant-of-command-line';
export { readTail } from './transcripts/read-tail';
export type * from './types';

/** The assistant with this id, or undefined. */
export function assistantOf(id: string): Assistant | undefined {
  return ASSISTANTS.find((one) => one.id === id);
}

/**
 * Reads a payload (parsed JSON) that arrived at the hook set up for `askedFor`. Some tools run the hook files of
 * others, so the event's `assistant` is the actual sender. Never throws.
 */
export function readPayload(askedFor: Assistant, payload: unknown, env: Environment): Reading {
  const sender = askedFor.recognises(payload, env)
    ? askedFor
    : (ASSISTANTS.find((one) => one.recognises(payload, env)) ?? askedFor);
  return sender.read(payload, env);
}

/**
 * A key that is the same for each delivery of one event, when several hook files of one assistant are set up; undefined
 * where the assistant gives its calls no id, and for events that may recur.
 */
export function deliveryKey(event: AgentEvent): string | undefined {
  if (!('toolName' in event) || event.id === undefined) return undefined;
  return JSON.stringify([event.assistant, event.session ?? '', event.id, event.event]);
}

/** A file, or a folder with files, that decides whether an assistant's hooks run. */
export interface HookPlace {
  /** Absolute. */
  readonly file: string;
  readonly assistant: Assistant;
}

/** The folder of a file, where its name says that it holds hooks. */
const OWN_FOLDER = /^(.*[\\/](?:hooks|plugins?))[\\/][^\\/]*$/i;

/**
 * Every file and folder, of this user and of the repository, in which hooks of some assistant are set up or turned off.
 */
export function hookPlaces(where: Surroundings): HookPlace[] {
  return ASSISTANTS.flatMap((assistant) => {
    const files = [...assistant.hooks('user', where), ...assistant.hooks('project', where)].map((setup) => setup.file);
    // where hooks have a folder of their own, each file in it is a hook
    const folders = files.flatMap((file) => OWN_FOLDER.exec(file)?.[1] ?? []);
    return [...new Set([...folders, ...files, ...assistant.settings(where)])].map((file) => ({ file, assistant }));
  });
}
