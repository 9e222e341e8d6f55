/** Amp (https://ampcode.com): no hooks that were seen; its commits are known by their trailers. */
import { NO_OPINION } from '../answers';
import type { Assistant } from '../types';

export const amp: Assistant = {
  id: 'amp',
  title: 'Amp',
  coverage: {
    surfaces: 'CLI, extension',
    versions: 'not run',
    verified: 'documented',
    edits: false,
    shell: false,
    completions: false,
    commitsRunHooks: true,
    limits: ['Only its commits are known, by their trailers; which of their lines it wrote is not. A plugin of your own can tell its edits with `linekeeper record generic`.'],
  },
  programs: ['amp'],
  hooks: () => [],
  settings: () => [],
  harmless: new Set(),
  recognises: () => false,
  read: () => ({ notUnderstood: 'Amp has no hooks that Linekeeper knows' }),
  model: (event) => event.model,
  deny: null,
  ask: null,
  allow: () => NO_OPINION,
  marks: { emails: ['amp@ampcode.com'], trailers: ['amp-thread-id'], accounts: [] },
};
