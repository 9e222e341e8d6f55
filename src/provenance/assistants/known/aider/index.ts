/** Aider (https://aider.chat/docs/git.html): no hooks; its commits are recognised by author or co-author. */
import { knownByCommits } from '../../commits-only';

export const aider = knownByCommits({
  id: 'aider',
  title: 'Aider',
  surfaces: 'CLI',
  limits: [
    "It has no hooks. It commits by itself. Linekeeper knows these commits by the co-author trailer or the ending ` (aider)` of the author's name. It does not know which lines Aider wrote.",
    'It commits with `--no-verify`. Git then skips the hooks that check a commit, and still runs the hook that writes trailers. So known authors are in the message and in the note.',
  ],
  notUnderstood: 'Aider has no hooks',
  marks: { emails: ['aider@aider.chat', 'noreply@aider.chat'], trailers: [], accounts: [], endings: [' (aider)'] },
});
