/** What every figure means: the same words in the page, the text and the documentation. */
export const DEFINITIONS: readonly (readonly [term: string, meaning: string])[] = [
  [
    'Line',
    'A line that a commit added or removed, by git with renames followed, without generated files. A changed line is one removed line and one added line.',
  ],
  [
    'AI, human, unknown',
    "The author of the change, by the commit's note, or by its message if there is no note. Unknown lines are never added to the others.",
  ],
  ['Commit', 'A commit with changes of its own. A clean merge does not count.'],
  ['AI commit', 'A commit with at least one AI line, or one AI change without lines.'],
  ['AI share', 'AI lines, added and removed, of all changed lines.'],
  ['Unknown share', 'Unknown lines of all changed lines. The real AI share may be higher by this much.'],
  ['Coverage', 'Commits with a note on who wrote their lines, of all commits.'],
  [
    'Still there after 30 or 90 days',
    'Added lines that the branch still had, unchanged and in place, 30 or 90 days after their commit. An edited, moved or re-indented line is not still there. Younger lines do not count.',
  ],
  [
    'Reverted',
    'Commits that a later commit reverts ("This reverts commit …"), of all AI commits, or of all commits with human lines and no AI line. A reverted revert does not count.',
  ],
  [
    'Concentration',
    'The share of the assistant, or model, with the most AI lines. The effective number is 1 if one assistant wrote everything, and 3 for the same spread as three equal ones.',
  ],
  ['Reviews asked', "Changes with AI lines, merged into the branch, for which today's policy requires a sign-off."],
  [
    'Reviews given',
    'Of these, changes with a sign-off in this repository: a signature, or a "Reviewed-by" line in the message. Reviews on the Git host are not read, so the answer can be "not known".',
  ],
  ['Time to merge', 'Days from the last commit of a branch to its merge: the median.'],
  [
    'Findings',
    "Findings of the danger rules in each commit, with --findings, by today's policy and version. Each rule and line counts once, even if a later commit reverted it. A finding is AI's if its changed line, or the nearest one, is AI's.",
  ],
  [
    'Person',
    "One person for all addresses that the policy's aliases, .mailmap or a noreply address of a Git host connect. Bots and assistants do not count.",
  ],
  ['Tier', "A tier of today's policy, by paths alone."],
  [
    'Team',
    'The team (@organisation/team) that owns the file by CODEOWNERS. Teams with fewer than five people here are combined, and left out if they are fewer than five together.',
  ],
  ['Week', "Monday to Sunday, UTC, by the committer's clock. A commit is never earlier than its parents."],
  [
    'What agents ran',
    "Destructive commands that agents were refused, or ran with a person's permission, and exceptions of people. Other commands are not recorded.",
  ],
  [
    'Had it been on',
    'With mode: observe: the sign-offs, by level, that an enforced policy would have required of merged changes. Also the destructive commands that it would have refused or asked about. The wait is the present wait of branches. The findings are in lines of any author.',
  ],
];

/** What a term means; empty for one that is not defined. */
export const meaning = (term: string): string => DEFINITIONS.find(([name]) => name === term)?.[1] ?? '';
