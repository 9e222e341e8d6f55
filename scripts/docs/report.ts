/** The page on reports: the meaning of its figures is defined in the code that computes them. */
import { DEFINITIONS } from '../../src/aftermath/report/figure-definitions';

export const REPORT_PAGE = 'docs/report.md';

export const reportDoc = (): string => `# Reports

For team leads and platform teams. A report shows how much of the changes AI wrote, and how much of it is still there or was reverted.
You need a clone with its notes (\`linekeeper notes fetch\`). The report is made on your machine.

\`\`\`
$ linekeeper report
github.com/acme/shop, branch main, 2026-11-20 to 2026-11-29: 2 commits, 1 with AI lines (50%)
  lines      AI +3 −2 (23%), human +0 −0, unknown +17 −0 (77%)
  coverage   50% of the commits have a note
  reverted   AI 0%, human not known
  most by    claude-code (100% of AI lines); model claude-opus-4-8 (100%)
  …
\`\`\`

![The page of a report: six figures, and the changed lines by week](images/report.png)

| You want | Run |
|---|---|
| a page with plots, tables and definitions | \`linekeeper report --format html --output report.html\`, or *Open Report* in the editor |
| a table for a spreadsheet | \`linekeeper report --format csv > report.csv\` |
| a certain time | \`linekeeper report main --since 2026-01-01 --until 2026-06-30\`. An age such as \`90d\`, \`12w\` or \`all\` works, too. Default: 52 weeks |
| the findings of the danger rules, too | \`linekeeper report --findings\`. The first run is slow, so let a nightly job make it |
| data for a program | \`linekeeper report --json\` ([fields](dev/json-output.md#report---json)) |

## Figures about people

The report is not a tool to rank people. By default it shows no figures by person. With \`--people\` it lists commits and lines by person, in alphabetical order, if at
least five people made the commits. Teams need five people, too.

## The figures

| Figure | Meaning |
|---|---|
${DEFINITIONS.map(([term, meaning]) => `| ${term} | ${meaning.replaceAll('|', '\\|')} |`).join('\n')}

The next report reads only new commits. \`--fresh\` reads all of them again.

**Check it**: \`linekeeper report --json\` has \`coverage\`. If it is low, run \`linekeeper notes fetch\`.
**Undo it**: delete the file. A report changes nothing in the repository.
`;
