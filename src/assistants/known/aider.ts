/** Aider (https://aider.chat/docs/git.html): no hooks; its commits are known by author or co-author. */
import { NO_OPINION } from '../answers';
import type { Assistant } from '../types';

export const aider: Assistant = {
  id: 'aider',
  title: 'Aider',
  coverage: {
    surfaces: 'CLI',
    versions: 'not run',
    verified: 'documented',
    edits: false,
    shell: false,
    completions: false,
    commitsRunHooks: true,
    limits: ['It has no hooks. It commits by itself, and its commits are known by its co-author trailer or the ending ` (aider)` of the author\'s name; which of their lines it wrote is not told.'],
  },
  programs: ['aider'],
  hooks: () => [],
  settings: () => [],
  harmless: new Set(),
  recognises: () => false,
  read: () => ({ notUnderstood: 'Aider has no hooks' }),
  model: (event) => event.model,
  deny: null,
  ask: null,
  allow: () => NO_OPINION,
  marks: { emails: ['aider@aider.chat'], trailers: [], accounts: [], endings: [' (aider)'] },
};
