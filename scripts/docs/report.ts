/** The page on reports: the meaning of its figures is defined in the code that computes them. */
import { DEFINITIONS } from '../../src/aftermath/report/definitions';

export const REPORT_PAGE = 'docs/report.md';

export const reportDoc = (): string => `# Reports

\`linekeeper report\` says how much of a repository's changes AI wrote, over time, and what became of it. It reads commits, their notes
and today's policy, and nothing else; nothing is sent anywhere.

\`\`\`
linekeeper report                                          # this branch, the last 52 weeks
linekeeper report main --since 2026-01-01 --until 2026-06-30
linekeeper report --format html --output report.html       # one page, with plots, tables and definitions
linekeeper report --format csv > report.csv                # a row for each week, assistant, model, tier, team and path
linekeeper report --findings                               # with what danger rules find in each commit
linekeeper report --json
\`\`\`

In the editor, *Linekeeper: Open Report* shows the page. *Open Report with Findings*, in the palette and at the top right of the page, adds
what danger rules find; the setting \`linekeeper.report.findings\` does so every time.

The HTML page is one file without a script: it can be mailed, archived and printed, and a screen reader finds a table behind each picture. Printed, it takes ten pages or fewer: of a long table behind a picture it has the last 26 rows, and says so.

## What it does not do

It is not a tool to rank people. Figures by person are off; \`--people\` adds commits and lines by person in the order of the alphabet,
where at least five people made the commits. Fewer are never told apart, and teams of fewer than five people are put together.

## What the figures mean

${DEFINITIONS.map(([term, meaning]) => `- **${term}**: ${meaning}`).join('\n')}

## How it is worked out

The lines of a branch are followed through its history, by the places that each commit changed: which commit a line comes from, and when
it goes again. A merged branch is followed from where it began. So the number of times that git is started does not depend on the number
of commits, and no \`git blame\` is needed. What was read is kept in \`.git/linekeeper/report\`; the next report reads only the new commits.
All is read again when history was rewritten, when a note of a commit that was read has changed, or with \`--fresh\`.

Findings are looked for only with \`--findings\`, because the danger rules read whole files before and after each commit: 2 to 25 times the time of
the rest, the more the larger the changed files are (measured: 0.6 ms of processor time for a commit of one small file, 80 ms a commit in a repository
of large sources that were reformatted several times). What was found is kept as well, by commit and note, until the policy's rules or Linekeeper's
version change; a second report costs hardly more than without, so let a nightly job make the first one.

## JSON

\`\`\`json
{"version": 1, "repository": "github.com/acme/shop", "branch": "main", "ref": "HEAD", "head": "…", "since": "2026-01-05", "until": "2026-11-23", "total": {…}, "weeks": [{"name": "2026-01-05", …}],
 "assistants": […], "models": […], "tiers": […], "paths": […], "teams": […], "people": null, "peopleWhy": null,
 "concentration": {"assistant": {"name", "share", "effective"}, "model": {…}},
 "reviews": {"asked", "given", "days", "merges"}, "findings": null, "policy": "origin/main:.linekeeper.yml", "notices": […]}
\`\`\`

\`total\` and each group have \`commits\`, \`aiCommits\`, \`added\` and \`removed\` (\`{"ai", "human", "unknown"}\`), and as \`{"count", "of"}\`: \`ai\`,
\`unknown\`, \`coverage\`, \`survival.ai.after30\` (and \`human\`, \`after90\`), \`reverted.ai\` and \`reverted.human\`. Where \`of\` is 0, the share is not
known. Survival is known for all, weeks, assistants and models. Fields may be added.

With \`--findings\`, \`findings\` is \`{"rules": [{"rule", "severity", "findings": {"ai", "human", "unknown"}, "commits", "aiCommits"}],
"weeks": [{"name", "critical", "high", "medium", "low"}]}\` (weeks: on AI's lines), and each group but people has \`findings\` (\`{"ai", "human", "unknown"}\`).
`;
