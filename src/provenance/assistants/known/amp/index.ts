/** Amp (https://ampcode.com): no known hooks; its commits are recognised by their trailers. */
import { knownByCommits } from '../../commits-only';

export const amp = knownByCommits({
  id: 'amp',
  title: 'Amp',
  extensions: ['sourcegraph.amp'],
  variables: ['AMP_CURRENT_THREAD_ID'],
  surfaces: 'CLI, extension',
  limits: [
    'Linekeeper knows its commits by their trailers, and does not know which lines it wrote. Linekeeper does not read its threads: their format is not documented. Your own plugin can report its edits with `linekeeper record generic`.',
  ],
  notUnderstood: 'Amp has no hooks that Linekeeper knows',
  marks: { emails: ['amp@ampcode.com'], trailers: ['amp-thread-id'], accounts: [] },
});
