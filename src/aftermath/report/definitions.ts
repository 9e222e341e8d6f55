/** What every figure means: the same words in the page, the text and the documentation. */
export const DEFINITIONS: readonly (readonly [term: string, meaning: string])[] = [
  [
    'Line',
    'A line that a commit added or removed, as git counts them (renames followed, generated files of the policy left out). A line that is changed is one removed and one added.',
  ],
  [
    'AI, human, unknown',
    "Who changed the line, by the commit's note; where there is none, by what the commit says of itself. Unknown means that nothing recorded it. It is never added to one of the others.",
  ],
  ['Commit', 'A commit that changed something itself. A merge without changes of its own is not counted.'],
  ['AI commit', 'A commit with at least one line, or one change without lines, by AI.'],
  ['AI share', "AI's lines, added and removed, of all changed lines."],
  ['Unknown share', 'Unknown lines of all changed lines. The AI share may be higher by as much.'],
  ['Coverage', 'Commits with a note on who wrote their lines, of all commits.'],
  [
    'Still there after 30 or 90 days',
    'Of the lines that were added at least so many days before the end: those that the branch still had, unchanged and in place, so long after their commit. A line that was edited, moved or re-indented is not still there.',
  ],
  [
    'Reverted',
    'Commits that a later commit says it reverts ("This reverts commit …"), of all AI commits, or of all commits with human lines and none by AI. A revert that was reverted itself does not count.',
  ],
  [
    'Concentration',
    "The part of AI's lines that the assistant, or model, with most of them wrote. The effective number says how many equal ones would be as concentrated: 1 means that everything hangs on one.",
  ],
  [
    'Reviews asked',
    "Changes that got into the branch (a merge with what it brought, or a commit) with AI lines where today's policy asks somebody of some level for a sign-off.",
  ],
  [
    'Reviews given',
    'Of these, changes with a sign-off that this repository knows of: a signed one, or a "Reviewed-by" in the message. "Not known" where nothing in the repository tells of sign-offs: reviews on the forge are not read.',
  ],
  ['Time to merge', 'Days from the last commit of a branch to its merge: the middle one of all merges.'],
  [
    'Findings',
    "What the danger rules of today's policy and version find in each commit, with --findings: once for each rule and line, also where a later commit took it back. It is AI's where the changed line that it comes from, or the nearest one, is AI's.",
  ],
  [
    'Person',
    "Addresses that the policy's aliases, .mailmap or a forge's noreply address say are the same person's count as one. Bots and assistants are none.",
  ],
  ['Tier', "By today's policy, from the paths alone."],
  [
    'Team',
    'The team (@organisation/team) that owns the file by CODEOWNERS. Teams of fewer than five people with commits here are put together, and left out where they are fewer than five together.',
  ],
  ['Week', "From Monday to Sunday, UTC, by the committer's clock; a commit is never earlier than its parents."],
  [
    'What agents ran',
    "Destructive commands that agents were refused or ran with a person's permission, and exceptions that people granted, as the notes of them tell. What an agent may do by itself is not in it.",
  ],
  [
    'Had it been on',
    'For a policy with mode: observe. The sign-offs that it would have required of the changes merged in this time, by level, as a rehearsal counts them. The wait is the one that branches have today. The findings are on the lines of any author. The agents row counts destructive commands that ran and that an enforced policy would have refused or asked about.',
  ],
];

/** What a term means; empty for one that is not defined. */
export const meaning = (term: string): string => DEFINITIONS.find(([name]) => name === term)?.[1] ?? '';
