/** What a note says of a session besides its lines: that it went on under an exception, or in spite of the policy. */
import { breachesOf } from '../breaches';
import { exceptionsOf } from '../exceptions';
import type { AttributesOf } from './note';

export function remarksOn(gitDir: string, now: number): AttributesOf {
  const [excepted, breached] = [exceptionsOf(gitDir), breachesOf(gitDir, now)];
  return (assistant, session) => {
    const attributes = { ...excepted(assistant, session), ...breached(assistant, session) };
    return Object.keys(attributes).length === 0 ? undefined : attributes;
  };
}
