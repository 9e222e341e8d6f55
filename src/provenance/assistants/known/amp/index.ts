/** Amp (https://ampcode.com): no known hooks; its commits are recognised by their trailers. */
import { knownByCommits } from '../../commits-only';

export const amp = knownByCommits({
  id: 'amp',
  title: 'Amp',
  extensions: ['sourcegraph.amp'],
  variables: ['AMP_CURRENT_THREAD_ID'],
  surfaces: 'CLI, extension',
  limits: [
    'Only its commits are known, by their trailers; which of their lines it wrote is not, and the record of its threads is not read: its maker describes no form for it, and newer versions are said to keep it on their server alone. A plugin of your own can tell its edits with `linekeeper record generic`.',
  ],
  notUnderstood: 'Amp has no hooks that Linekeeper knows',
  marks: { emails: ['amp@ampcode.com'], trailers: ['amp-thread-id'], accounts: [] },
});
