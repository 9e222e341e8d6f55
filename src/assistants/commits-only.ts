/** An assistant that has no hooks, and is known by the commits it makes only. */
import { NO_OPINION } from './hook-answers';
import type { Assistant } from './types';

export interface CommitsOnly {
  readonly id: string;
  readonly title: string;
  readonly surfaces: string;
  /** What is not seen of it, in sentences for docs/assistants.md. */
  readonly limits: readonly string[];
  /** Why its payloads can't be read, for whoever sends one. */
  readonly notUnderstood: string;
  readonly marks: Assistant['marks'];
}

/** The rest of such an assistant: its program has the name of its id. */
export function knownByCommits({ id, title, surfaces, limits, notUnderstood, marks }: CommitsOnly): Assistant {
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
    marks,
  };
}
