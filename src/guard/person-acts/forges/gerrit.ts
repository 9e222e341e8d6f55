/** Gerrit's own program, which people call over SSH: https://gerrit-review.googlesource.com/Documentation/cmd-review.html */
import { once } from '../../../danger/commands';
import type { ForgeActs } from './types';

export const GERRIT_ACTS = once((): ForgeActs => ({
  commands: [
    { act: 'approve', program: 'gerrit', verb: 'review', line: /--(?:code-review|verified|label)[= ]/ },
    { act: 'merge', program: 'gerrit', verb: 'review', with: /^(?:--submit|-s)$/ },
  ],
}));
