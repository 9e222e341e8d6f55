/** The page on reports: the meaning of its figures is defined in the code that computes them. */
import { DEFINITIONS } from '../../src/aftermath/report/figure-definitions';

export const REPORT_PAGE = 'docs/report.md';

/** The figures on lines, in the order of need. The report's own page defines all of them. */
const TERMS = [
  'Line',
  'AI, human, unknown',
  'AI share',
  'Unknown share',
  'Still there after 30 or 90 days',
  'Most AI lines by',
];

function figures(): string {
  const meanings = new Map(DEFINITIONS);
  return `| Figure | Meaning |\n|---|---|\n${TERMS.map(
    (term) => `| ${term} | ${(meanings.get(term) ?? '').replaceAll('|', '\\|')} |`,
  ).join('\n')}`;
}

export const reportDoc = (): string => `# Reports

- **For** team leads and platform teams.
- **You get** AI's share of the changes, and how much of it stayed or was reverted.
- **You need** a clone with its notes (\`linekeeper notes fetch\`). The report is made on your machine.

\`\`\`
$ linekeeper report
github.com/acme/shop, branch main, 2026-09-01 to 2026-11-29: 120 commits, 48 with AI lines (40%)
  lines      AI +3,120 −840 (44%), human +4,020 −860, unknown +150 −30 (2%)
  coverage   98% of the commits have a note; 90% of the unknown lines are in commits without a note or trailers
  reverted   AI 4%, human 2%
  most by    claude-code (81% of AI lines); model claude-opus-4-8 (81%)
  …
\`\`\`

| Line of the answer | How to read it |
|---|---|
| \`lines\` | AI added or removed 44 % of all changed lines. The authors of 2 % are unknown, so the real share of AI is 44 to 46 % |
| \`coverage\` | Below 90 %, run \`linekeeper notes fetch\` first. Without a note or trailers: Linekeeper probably did not run there |
| \`reverted\` | later commits reverted 4 % of the commits with AI lines, 2 % of the others |
| \`most by\` | the assistant and the model with the most AI lines |

**Limit**: the report is not a tool to rank people. With \`--people\` it lists commits and lines by person, in alphabetical order, if at least five people made the commits.

| You want | Run |
|---|---|
| a page with plots, tables and definitions | \`linekeeper report --format html --output report.html\`, or *Open Report* in the editor |
| a table for a spreadsheet | \`linekeeper report --format csv > report.csv\` |
| another period (default: 52 weeks) | \`linekeeper report main --since 2026-01-01 --until 2026-06-30\`, or an age such as \`--since 90d\` |
| the findings of the danger rules, too | \`linekeeper report --findings\`. The first run is slow |
| data for a program | \`linekeeper report --json\` ([fields](dev/json-output.md#report---json)) |

![The page of a report: six figures, and the changed lines by week](images/report.png)

## Figures of lines

${figures()}

The page of \`--format html\` also defines the other figures.
`;
