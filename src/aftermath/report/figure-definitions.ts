/** What every figure means: the same words in the page, the text and the documentation. */
export const DEFINITIONS: readonly (readonly [term: string, meaning: string])[] = [
  [
    'Line',
    'A line that a commit added or removed. A changed line counts twice: one removed, one added. Generated files do not count, and neither do renames.',
  ],
  [
    'AI, human, unknown',
    "The author of the change, by the commit's note. Without a note, the commit message decides. Unknown lines are a group of their own.",
  ],
  ['Commit', 'Every commit except a merge without changes of its own.'],
  ['AI commit', 'A commit with at least one AI line, or one AI change without lines.'],
  ['AI share', 'The part of all changed lines that AI added or removed.'],
  [
    'Unknown share',
    'The part of all changed lines whose author is unknown. The real AI share can be higher by this much.',
  ],
  [
    'Unknown without a record',
    'The part of the unknown lines whose commits have neither a note nor trailers: Linekeeper did not run on that machine, or it saw no edit of that commit. In the other commits, it saw some edits and missed others.',
  ],
  ['Coverage', 'The part of all commits that have a note on who wrote their lines.'],
  [
    'Still there after 30 or 90 days',
    'The part of added lines that were unchanged 30 or 90 days after their commit. Edited, moved and re-indented lines count as gone. Younger lines do not count.',
  ],
  [
    'Reverted',
    'The part of AI commits that a later commit reverts ("This reverts commit …"). Commits by people are counted in the same way. A reverted revert does not count.',
  ],
  [
    'Most AI lines by',
    'The share of the assistant or model with the most AI lines. Its effective number is 1 if one wrote them all, and 3 if three wrote equal parts.',
  ],
  ['Reviews required', "Merged changes with AI lines for which today's policy requires a sign-off."],
  [
    'Reviews given',
    'The part of these changes that have a signature, or "Reviewed-by" in the message. Linekeeper does not read reviews on the Git host here, so the answer can be "not known".',
  ],
  ['Time to merge', 'The median of the days from the last commit of a branch to its merge.'],
  [
    'Findings',
    "With --findings: the findings of the danger rules in each commit, by today's policy. Each rule counts once for a line. The author of the changed line, or of the nearest one, is the author of the finding.",
  ],
  [
    'Person',
    "All e-mail addresses of one person, connected by the policy's aliases, .mailmap or a noreply address. Bots and assistants do not count.",
  ],
  ['Tier', "A tier of today's policy. Only the paths of files count here, not their findings."],
  [
    'Team',
    'The team that owns the file by CODEOWNERS. Teams with fewer than five people share one row. If they have fewer than five people together, the report leaves them out.',
  ],
  ['Week', 'Monday to Sunday in UTC, by the time of the commit.'],
  [
    'What agents ran',
    'Destructive commands that the guard refused, or that a person allowed, and exceptions. Other commands are not recorded.',
  ],
  [
    'If it had been enforced',
    'With mode: observe: the sign-offs that an enforced policy would have required of merged changes, by level. It also counts the commands that the guard would have refused or asked about.',
  ],
];

/** What a term means; empty for one that is not defined. */
export const meaning = (term: string): string => DEFINITIONS.find(([name]) => name === term)?.[1] ?? '';
