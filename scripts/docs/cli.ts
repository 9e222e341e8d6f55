/** The reference of the command line: the verbs' own help, by what somebody wants. */
import { COMMON, exitCodes, forPeople, optionsInOrder, optionWords, SECTIONS, usageLines } from '../../src/cli/help';
import { VERBS } from '../../src/cli/verbs';
import type { Verb } from '../../src/cli/verb';

export const CLI_PAGE = 'docs/cli.md';

type Option = [string, Verb['options'][string]];
const optionRow = ([name, option]: Option): string =>
  `- \`${optionWords(name, option)}\`: ${option.says.replaceAll('<', '&lt;').replaceAll('*', '\\*')}`;

/** `init: ` or `verify, with cosign: ` before the text of an option: the forms of the command that take it. */
const FORMS = /^(- `[^`]+`: )((?:[a-z]+(?:, with cosign)?)(?:, [a-z]+)*): /;

/** Options of some forms of a command stand apart, below the names of these forms. */
function byForm(verb: Verb, rows: readonly string[]): string {
  const groups = new Map<string, string[]>();
  for (const line of rows) {
    const [begin = '', option = '', forms = ''] = FORMS.exec(line) ?? [];
    const isForm =
      forms !== '' && forms.split(', ').every((form) => verb.usage.includes(form) || form === 'with cosign');
    const heading = isForm
      ? `For ${forms.replace(/[a-z]+/g, (word) => (/^(?:with|cosign)$/.test(word) ? word : `\`${word}\``))}:`
      : '';
    groups.set(heading, [...(groups.get(heading) ?? []), isForm ? `${option}${line.slice(begin.length)}` : line]);
  }
  return [...groups]
    .toSorted(([a], [b]) => Number(a !== '') - Number(b !== ''))
    .map(([heading, lines]) => `${heading === '' ? '' : `${heading}\n\n`}${lines.join('\n')}\n`)
    .join('\n');
}

/** A verb's options: the page explains each once, and names the section that does. `explained`: by row, the verb. */
function optionList(verb: Verb, explained: Map<string, string>): string {
  const options = optionsInOrder(verb).map((option) => {
    const row = optionRow(option);
    return { words: optionWords(...option), row, meaning: row.replace(FORMS, '$1') };
  });
  const fresh = options.filter(({ meaning }) => !explained.has(meaning));
  const known = new Map<string, string[]>();
  for (const { meaning, words } of options) {
    const by = explained.get(meaning);
    if (by === undefined) explained.set(meaning, verb.name);
    else known.set(by, [...(known.get(by) ?? []), `\`${words}\``]);
  }
  const also = [...known].map(([by, words]) => `${words.join(', ')} ([${by}](#linekeeper-${by}))`);
  return [
    byForm(
      verb,
      fresh.map(({ row }) => row),
    ),
    also.length === 0 ? '' : `Also ${also.join('; ')}.\n`,
  ]
    .filter((part) => part !== '')
    .map((part) => `\n${part}`)
    .join('');
}

/** Where the pages tell more than the help. */
const MORE: Readonly<Record<string, string>> = {
  install: '[Install](install.md), [assistants](assistants.md)',
  uninstall: '[Uninstall Linekeeper](uninstall.md)',
  policy: '[The policy](policy.md)',
  notes: '[Notes](notes.md)',
  declare: '[How a line gets its author](attribution.md)',
  check: '[The check](gate.md), [formats](formats.md)',
  sign: '[Review](review.md), [the check](gate.md)',
  review: '[Review](review.md)',
  ci: '[CI](ci.md), [GitHub](ci-github.md), [other Git hosts](forges.md)',
  record: '[Formats](formats.md), [assistants](assistants.md)',
  deploy: '[Staged rollouts](rollout.md), [formats](formats.md)',
  trace: '[In an outage](outage.md), [formats](formats.md)',
  incident: '[In an outage](outage.md)',
  report: '[Reports](report.md)',
  evidence: '[Evidence](evidence.md)',
  export: '[Exports](export.md)',
  fleet: '[Many repositories](fleet.md)',
  prompts: '[Data in a clone](repository-data.md)',
  purge: '[Data in a clone](repository-data.md), [uninstall](uninstall.md)',
};

/** The page of a whole group. */
const MORE_OF_GROUP: Readonly<Record<string, string>> = { 'Restrict agents': '[Rights of agents](agents.md)' };

/** What the example of a verb prints. */
const PRINTS: Readonly<Record<string, string>> = {
  install: `git hooks: installed in .git/hooks
Claude Code: installed in ~/.claude/settings.json`,
  'request-run': `Request 4b8a472f84a1. A senior approves it here with

  linekeeper approve-run 4b8a472f84a1`,
  status: `Not committed: added 3 AI; removed 2 AI
  infra/prod/db.tf  [critical]
    + lines 3-5      AI (claude-code, claude-opus-4-8), reported
Needed before merging:
  critical: a senior's sign-off is missing`,
  declare: 'src/app.ts: lines 3-9: declared',
  trace: `src/orders/api.ts:3  const TABLE = 'orders_v2';
suggestion   claude-code, claude-opus-4-8, session c-1 (2026-03-10, reported)
commit       3bd42f07a1 2026-03-10 Bob: Rename the orders table
review       merged in 2863bf0915 2026-03-11 by Ada: Merge pull request #12
deployments  production since 2026-03-12T18:00:00.000Z (7538227250)
…`,
  deploy: 'Pass: 753822725011 may go to production.',
  restore: 'ab3e1a21  4 min ago  .env and local.sqlite',
  export: '3 commits exported; 3 files in all.',
  sign: `critical: infra/prod/db.tf
…
Signed. To share it: "git push".`,
  audit: `FIX   Claude Code, user: Every tool is used without asking.
        ~/.claude/settings.json:1  permissions.defaultMode = "bypassPermissions"
        Set it to "default".`,
  notes: 'origin: notes of 1 commit sent; 1 commit with a note here',
  purge: `to be removed: .git/linekeeper/past (4 files, 2 KB)
…
Nothing is deleted yet. To delete, add --yes.`,
  show: `0b3c922816 Encrypt the database
  added 2 AI; removed nothing
  infra/prod/db.tf
    + line 3         AI (claude-code, claude-opus-4-8), reported`,
  blame: `0b3c9228  Linus  2026-11-29  AI claude-code claude-opus-4-8  s-1 ▌ 10  const total = 0;`,
  policy: `infra/db.tf belongs to critical: origin/main:.linekeeper.yml, line 7, pattern "infra/**".
  any change  a senior's sign-off
  AI's lines  no further sign-off
  may sign    seniors: ada@example.com and grace@example.com
  read from   the commit 1a2b3c4d5e of origin/main`,
  doctor: `Claude Code, hooks of the user: proven
  ok    before: the hook before the edit ran
  ok    note: the note has its line as Claude Code's`,
  may: `"terraform destroy": no agent may do this.
  instead     Propose the plan ("terraform plan -destroy -out=…") and ask for a senior's review.`,
  check: `Fail: 1 sign-off missing.
critical: infra/prod/db.tf
  missing  A senior's sign-off is missing.
           May sign: ada@example.com and grace@example.com.`,
};

/** The end of each verb's exit codes, which the page says once at its head. */
const ALWAYS_TWO = / 2 (?:undecided|not done): .*$/;
/** Verbs whose help explains their forms in a list, which the page shows, too. */
const LISTS_FORMS: ReadonlySet<string> = new Set(['policy']);

function section(verb: Verb, explained: Map<string, string>): string {
  const ends = [
    verb.exits === undefined ? '' : exitCodes(verb).replace(ALWAYS_TWO, ''),
    MORE[verb.name] === undefined ? '' : `More: ${MORE[verb.name] ?? ''}.`,
  ];
  const prints = PRINTS[verb.name];
  const example =
    prints === undefined
      ? `Example: \`${verb.example}\`\n`
      : `\`\`\`\n$ ${verb.example}\n${prints}\n\`\`\`\n\nUsage:\n`;
  const personOnly = /^Only .*person can .+$/m.exec(verb.more ?? '')?.[0];
  return `### \`linekeeper ${verb.name}\`

${verb.summary}.${personOnly === undefined ? '' : ` **${personOnly}**`}

${example}
\`\`\`
${usageLines(verb).join('\n')}
\`\`\`
${
  LISTS_FORMS.has(verb.name)
    ? `
\`\`\`${verb.more ?? ''}\`\`\`
`
    : ''
}${optionList(verb, explained)}${ends.join('') === '' ? '' : `\n${ends.filter((end) => end !== '').join(' ')}\n`}`;
}

/** The page. A verb without a section is not on it: a test of the help finds such a verb. */
export function cliDoc(): string {
  const verbs = new Map(forPeople(VERBS).map((verb) => [verb.name, verb]));
  const explained = new Map<string, string>();
  const groups = Object.entries(SECTIONS).map(
    ([title, names]) =>
      `## ${title}\n\n${MORE_OF_GROUP[title] === undefined ? '' : `More: ${MORE_OF_GROUP[title] ?? ''}.\n\n`}${names
        .flatMap((name) => verbs.get(name) ?? [])
        .map((verb) => section(verb, explained))
        .join('\n')}`,
  );
  const map = Object.entries(SECTIONS).map(
    ([title, names]) => `| ${title} | ${names.map((name) => `[${name}](#linekeeper-${name})`).join(', ')} |`,
  );
  return `# The command line

- **For** everybody who uses a terminal.
- **You get** every command with its options, an example and its exit codes.
- **You need** \`linekeeper\` on your \`PATH\` ([install](install.md)).

\`linekeeper COMMAND --help\` prints the usage and the options. If a value ends with \`…\`, you may repeat the option.

| Task | Commands |
|---|---|
${map.join('\n')}

| Exit code | Meaning |
|---|---|
| 0 | yes, or done |
| 1 | no: the policy is not met, or there is something to fix |
| 2 | undecided or not done: an argument is wrong, the policy has a mistake, or a file is busy. Standard error says what to do |

For every command:

${Object.entries(COMMON).map(optionRow).join('\n')}
- \`LINEKEEPER_TRACE=1\`, \`LINEKEEPER_TRACE=FILE.log\`: print each step on standard error, or write it to the file ([why a line got its author](dev/attribution.md#see-each-step))

[JSON of the commands](dev/json-output.md) lists the fields of each answer.

${groups.join('\n')}`;
}
