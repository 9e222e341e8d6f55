/** The page on reports: the meaning of its figures is defined in the code that computes them. */
import { DEFINITIONS } from '../../src/aftermath/report/definitions';

export const REPORT_PAGE = 'docs/report.md';

export const reportDoc = (): string => `# Reports

For team leads and platform teams. You get the share of AI in a repository's changes over time, and the later fate of these lines. You need a
clone with its notes. \`linekeeper report\` reads commits, their notes and today's policy, and sends nothing.

\`\`\`
linekeeper report                                          # this branch, the last 52 weeks
linekeeper report main --since 2026-01-01 --until 2026-06-30
linekeeper report --format html --output report.html       # one page, with plots, tables and definitions
linekeeper report --format csv > report.csv                # a row for each week, assistant, model, tier, team and path
linekeeper report --findings                               # adds the findings in each commit
linekeeper report --json
\`\`\`

\`--since\` and \`--until\` take a day (\`2026-11-23\`) or an age: \`90d\`, \`12w\`, \`6m\`, \`2y\`, or \`all\`. The default is the last 52 weeks.

In the editor, *Linekeeper: Open Report* shows the page, and the shield at its top right adds the findings. The setting \`linekeeper.report.findings\` adds them every time.

The HTML page is one file without a script. A screen reader finds a table behind each picture.

## Figures about people

The report is not a tool to rank people. Figures by person are off. With \`--people\`, it adds commits and lines by person in alphabetical order, if at least five
people made the commits. The report shows people and teams only in groups of five or more.

## The figures

${DEFINITIONS.map(([term, meaning]) => `- **${term}**: ${meaning}`).join('\n')}

## Time, and how the report is made

The report follows each line from the commit that added it to the commit that removed it. The next report reads only new commits. It reads everything again with \`--fresh\`, after a rewritten
history, and after a change of a note.

\`--findings\` reads whole files before and after each commit. The first report then takes several times as long, so let a nightly job make it. The findings are stored until
the policy's rules or Linekeeper's version change.

## JSON

\`\`\`json
{"version": 1, "repository": "github.com/acme/shop", "branch": "main", "ref": "HEAD", "head": "…", "since": "2026-01-05", "until": "2026-11-23", "total": {…}, "weeks": [{"name": "2026-01-05", …}],
 "assistants": […], "models": […], "tiers": […], "paths": […], "teams": […], "people": null, "peopleWhy": null,
 "concentration": {"assistant": {"name", "share", "effective"}, "model": {…}},
 "reviews": {"asked", "given", "days", "merges"}, "findings": null, "policy": "origin/main:.linekeeper.yml", "notices": […]}
\`\`\`

\`total\` and each group have \`commits\`, \`aiCommits\`, \`added\` and \`removed\` (\`{"ai", "human", "unknown"}\`), and as \`{"count", "of"}\`: \`ai\`,
\`unknown\`, \`coverage\`, \`survival.ai.after30\` (and \`human\`, \`after90\`), \`reverted.ai\` and \`reverted.human\`. If \`of\` is 0, the share is not
known. Survival is known for all, weeks, assistants and models. Fields may be added.

With \`--findings\`, \`findings\` is \`{"rules": [{"rule", "severity", "findings": {"ai", "human", "unknown"}, "commits", "aiCommits"}],
"weeks": [{"name", "critical", "high", "medium", "low"}]}\` (weeks: on AI's lines), and each group but people has \`findings\` (\`{"ai", "human", "unknown"}\`).

## Check it, undo it

- **Check**: \`linekeeper report --json\` has \`coverage\`. Without notes, run \`linekeeper notes fetch\`.
- **Undo**: delete the file. A report changes nothing in the repository.
`;
