/**
 * Recorded payloads: see test/fixtures/samples/README.md.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export type Payload = Readonly<Record<string, unknown>>;

const FOLDER = path.join(import.meta.dirname, '..', 'fixtures', 'samples');

export function sampleFile(name: string): string {
  return path.join(FOLDER, name);
}

/** All payloads of a session, in order. */
export function sampleSession(name: string): Payload[] {
  return JSON.parse(readFileSync(sampleFile(`${name}.json`), 'utf8')) as Payload[]; // our own file
}

/** The first payload of a session of this event and tool for which `which` holds. Throws when there is none. */
export function sample(
  name: string,
  event: string,
  tool?: string,
  which: (payload: Payload) => boolean = () => true,
): Payload {
  const found = sampleSession(name).find(
    (one) => one['hook_event_name'] === event && (tool === undefined || one['tool_name'] === tool) && which(one),
  );
  if (!found) throw new Error(`no ${event} ${tool ?? ''} among the samples ${name}`);
  return found;
}
