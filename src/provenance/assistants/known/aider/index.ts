/** Aider (https://aider.chat/docs/git.html): no hooks; its commits are recognised by author or co-author. */
import { knownByCommits } from '../../define-commits-only-assistant';

export const aider = knownByCommits({
  id: 'aider',
  title: 'Aider',
  surfaces: 'CLI',
  limits: [
    "Aider has no hooks, and commits by itself. Linekeeper recognises these commits by the co-author trailer, or by ` (aider)` at the end of the author's name. It does not know which lines Aider wrote.",
    'Aider commits with `--no-verify`. Git still runs the hook that writes trailers.',
  ],
  notUnderstood: 'Aider has no hooks',
  marks: { emails: ['aider@aider.chat', 'noreply@aider.chat'], trailers: [], accounts: [], endings: [' (aider)'] },
});
