/** Amp (https://ampcode.com): no known hooks; its commits are recognised by their trailers. */
import { knownByCommits } from '../../define-commits-only-assistant';

export const amp = knownByCommits({
  id: 'amp',
  title: 'Amp',
  extensions: ['sourcegraph.amp'],
  variables: ['AMP_CURRENT_THREAD_ID'],
  surfaces: 'CLI, extension',
  limits: [
    'Linekeeper recognises commits by Amp by their trailers. It does not know which lines Amp wrote, unless your own plugin reports them with `linekeeper record generic`.',
  ],
  notUnderstood: 'Amp has no hooks that Linekeeper knows',
  marks: { emails: ['amp@ampcode.com'], trailers: ['amp-thread-id'], accounts: [] },
});
