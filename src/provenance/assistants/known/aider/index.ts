/** Aider (https://aider.chat/docs/git.html): no hooks; its commits are recognised by author or co-author. */
import { knownByCommits } from '../../commits-only';

export const aider = knownByCommits({
  id: 'aider',
  title: 'Aider',
  surfaces: 'CLI',
  limits: [
    "It has no hooks. It commits by itself, and its commits are known by its co-author trailer or the ending ` (aider)` of the author's name; which of their lines it wrote is not known.",
    'It commits with `--no-verify` of its own accord. Git then leaves out the hooks that check a commit, not the one that writes trailers, so what is known of the lines is in message and note all the same.',
  ],
  notUnderstood: 'Aider has no hooks',
  marks: { emails: ['aider@aider.chat', 'noreply@aider.chat'], trailers: [], accounts: [], endings: [' (aider)'] },
});
