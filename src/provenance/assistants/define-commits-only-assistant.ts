/** An assistant that has no hooks and is recognised only by the commits it makes. */
import { NO_OPINION } from './hook-answers';
import type { Assistant } from './types';

interface CommitsOnly {
  readonly id: string;
  readonly title: string;
  readonly surfaces: string;
  /** What cannot be seen of it, in sentences for docs/assistants.md. */
  readonly limits: readonly string[];
  /** Why its payloads can't be read, for anyone who sends one. */
  readonly notUnderstood: string;
  readonly marks: Assistant['marks'];
  readonly extensions?: readonly string[];
  readonly variables?: readonly string[];
}

/** Completes the record of such an assistant: its program has the same name as its id. */
export function knownByCommits(assistant: CommitsOnly): Assistant {
  const { id, title, surfaces, limits, notUnderstood, ...rest } = assistant;
  return {
    id,
    title,
    coverage: {
      surfaces,
      versions: 'not run',
      verified: 'documented',
      edits: false,
      shell: false,
      completions: false,
      commitsRunHooks: true,
      limits,
    },
    programs: [id],
    hooks: () => [],
    settings: () => [],
    harmless: new Set(),
    recognises: () => false,
    read: () => ({ notUnderstood }),
    model: (event) => event.model,
    deny: null,
    ask: null,
    allow: () => NO_OPINION,
    ...rest,
  };
}
