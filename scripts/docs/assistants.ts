/** The pages on assistants, generated from what the code says about each assistant. */
import { ASSISTANTS, type Assistant, type Scope, type Verified } from '../../src/provenance/assistants';
import { CANNOT_ASK } from '../../src/provenance/assistants/hook-answers';
import { AUDITORS, type Auditor } from '../../src/provenance/assistants/permissions';
import { dialectOf, type Dialect, type RulesScope } from '../../src/provenance/assistants/native-rules';

/** The page's path, relative to the repository's root. */
export const ASSISTANTS_PAGE = 'docs/assistants.md';
/** The page on their own settings, relative to the same. */
export const ASSISTANT_SETTINGS_PAGE = 'docs/dev/assistant-settings.md';

const TESTED_WITH: Readonly<Record<Verified, string>> = {
  run: 'yes',
  recorded: 'no, from its messages',
  documented: 'no, from documentation',
};

/** How it is tested, and in which versions. */
const testedWith = ({ verified, versions }: Assistant['coverage']): string =>
  versions === 'not run' ? TESTED_WITH[verified] : `${TESTED_WITH[verified]} (${versions})`;

interface Column {
  readonly title: string;
  readonly of: (assistant: Assistant) => string;
}

const SAMPLE = { home: '~', env: {}, repositoryRoot: '.' };
const filesOf = (assistant: Assistant, scope: Scope): string[] =>
  assistant.hooks(scope, SAMPLE).map((setup) => setup.file.replaceAll('\\', '/').replace(/^\.\//, ''));
const hasHooks = (assistant: Assistant): boolean =>
  filesOf(assistant, 'user').length + filesOf(assistant, 'project').length > 0;

/** What Linekeeper knows of its work, in the order of the legend. */
function recordedOf({ coverage, transcripts }: Assistant): string {
  const parts = [
    ...(coverage.edits ? ['edits'] : []),
    ...(coverage.shell ? ['shell changes'] : []),
    ...(coverage.completions ? ['completions'] : []),
    ...(transcripts === undefined ? [] : ['missed edits']),
  ];
  return parts.length === 0 ? 'whole commits, no lines' : parts.join(', ');
}

const COLUMNS: readonly Column[] = [
  { title: 'Assistant, with its id', of: ({ title, id }) => `[${title}](#${anchorOf(title)}) \`${id}\`` },
  { title: 'Linekeeper records', of: recordedOf },
  { title: 'Tested', of: ({ coverage }) => testedWith(coverage) },
  {
    title: 'Its hooks can',
    of: ({ deny, ask }) => (deny === null ? 'nothing' : ask === null ? 'only block' : 'block, or ask you'),
  },
];

const RULES_SAMPLE = {
  roots: ['.'],
  closedPaths: ['infra/**'],
  askedPaths: [],
  openInside: [],
  closedReads: [],
  askedReads: [],
  refusedCommands: [],
  askedCommands: [],
  refusedTools: [],
  askedTools: [],
  hiddenVariables: [],
} as const;

/** Where its own rules stand, what they hold, and what they can't. */
function nativeRows(dialect: Dialect): (readonly [string, string])[] {
  const filesIn = (scope: RulesScope): string =>
    dialect
      .formOf(RULES_SAMPLE, { ...SAMPLE, scope, platform: 'linux', top: '/', sandbox: false })
      .files.map(({ file }) => `\`${file.replaceAll('\\', '/').replace(/^\.\//, '')}\``)
      .join(', ');
  const places = dialect.scopes
    .map((scope) => [scope, filesIn(scope)] as const)
    .filter(([, files]) => files !== '')
    .map(([scope, files]) => `\`--${scope}\`: ${files}`);
  const how = {
    run: 'Our tests run its program with its hooks off.',
    documented: 'Its vendor documents them. Our tests do not run its program with its hooks off.',
  }[dialect.verified];
  return [
    ['Rules without hooks, `--enforce`', `${places.join('. ')}. ${how}`],
    ['They hold', dialect.holds],
    ["They don't hold", dialect.misses],
  ];
}

/** The assistants that most readers have, the first first. */
const COMMON: readonly string[] = ['claude-code', 'github-copilot', 'codex', 'cursor', 'gemini'];
const placeOf = ({ id }: Assistant): number => (COMMON.includes(id) ? COMMON.indexOf(id) : COMMON.length);

/** Those of which lines are recorded come first, each group with the common ones first, and then by name. */
const SHOWN = ASSISTANTS.toSorted(
  (a, b) =>
    Number(isByCommits(a)) - Number(isByCommits(b)) || placeOf(a) - placeOf(b) || a.title.localeCompare(b.title, 'en'),
);
function isByCommits({ coverage }: Assistant): boolean {
  return !coverage.edits && !coverage.shell && !coverage.completions;
}

const titles = (isNamed: (assistant: Assistant) => boolean): string =>
  SHOWN.filter(isNamed)
    .map(({ title }) => title)
    .join(', ');

/** The whole page. */
export function assistantsPage(): string {
  return `${[
    '# Assistants',
    '',
    '- **For** people who work beside an AI assistant.',
    "- **You get** a record of the assistant's edits, and hooks that can stop it before it does harm.",
    '- **You need** the assistant, and [Linekeeper](install.md) on the same machine.',
    '',
    '## Install the hooks',
    '',
    'For Claude Code:',
    '',
    '```',
    'linekeeper install --assistant claude-code    # an id from the table, or: found',
    'linekeeper doctor --prove                     # sends a test edit through the hooks',
    '```',
    '',
    'In the editor, *Set Up…* does the same. From now on, `linekeeper show` names Claude Code beside its lines.',
    '',
    '## All assistants',
    '',
    `Most complete: ${titles(({ ask, transcripts }) => ask !== null && transcripts !== undefined)}. No hooks: ${titles((one) => !hasHooks(one))}.`,
    '',
    ...table(COLUMNS, SHOWN),
    '',
    '| Word of the table | Meaning |',
    '|---|---|',
    ...[
      ['edits', 'changes by its tools'],
      ['shell changes', 'changes by the commands that it runs'],
      ['completions', 'suggestions that you accept while you type'],
      ['missed edits', 'edits from the session log: Linekeeper finds an edit there that no hook reported'],
      ['whole commits, no lines', 'the assistant made the commit. Its lines are not known'],
      ['yes', 'our tests run the real program'],
      ['from its messages', 'our tests use messages that the real program sent'],
      [
        'from documentation',
        "nobody ran it with Linekeeper. We follow the vendor's documentation or source code. To prove yours, let it edit a file: `linekeeper doctor` then no longer says *not seen in this repository yet*",
      ],
      ['only block', 'hooks [block an action](agents.md). They cannot ask you'],
    ].map(row),
    '',
    '[The files of the hooks](dev/assistant-settings.md#files-of-the-hooks).',
    '',
    '**Limit**: if your tool is not in the table, its lines are *unknown*. It can report them with [`linekeeper record generic`](formats.md#linekeeper-record-generic).',
    '',
    "**Agents in the cloud** run no hooks. If a commit has the address of their bot, or names them under `Co-authored-by`, all its lines count as the agent's ([marks](notes.md#commits-without-a-note)).",
    '',
    `Commits that an assistant makes itself get trailers and a note, as yours do. Commits by ${SHOWN.filter(
      ({ coverage }) => !coverage.commitsRunHooks,
    )
      .map(({ title }) => title)
      .join(', ')} get only the note.`,
    ...SHOWN.flatMap(section),
    '',
    '**Check it**: `linekeeper doctor --prove`.',
    '**Undo it**: `linekeeper uninstall --assistant ID`.',
  ].join('\n')}\n`;
}

/** Files by their folder: a folder with several names it once. */
function filesInWords(files: readonly string[]): string {
  const folders = new Map<string, string[]>();
  for (const file of files) {
    const at = file.lastIndexOf('/') + 1;
    folders.set(file.slice(0, at), [...(folders.get(file.slice(0, at)) ?? []), file.slice(at)]);
  }
  return [...folders]
    .map(([folder, names]) =>
      names.length > 2 ? `\`${folder}*\`` : names.map((name) => `\`${folder}${name}\``).join(', '),
    )
    .join(', ');
}

function section(assistant: Assistant): string[] {
  const { title, coverage, trust } = assistant;
  const limits = coverage.limits.filter((limit) => limit !== CANNOT_ASK); // the table above says it
  return [
    '',
    `## ${title}`,
    '',
    `Programs: ${coverage.surfaces}.${trust ? ` ${title} runs hooks only after you trust them. ${trust.how}` : ''}`,
    ...(limits.length > 0 ? ['', ...limits.map((limit) => `- ${limit}`)] : []),
  ];
}

/** The settings of each assistant: what `audit` reads of them, and which rules `install --enforce` writes there. */
export function assistantSettingsPage(): string {
  return `${[
    "# Assistants' own settings",
    '',
    '- **For** security reviewers and administrators.',
    '- **You get** the settings files that `linekeeper audit` reads for each assistant, and the rules that `linekeeper install --enforce` writes into them.',
    '- **Limits** of each assistant: [assistants](../assistants.md).',
    '',
    '## Files of the hooks',
    '',
    ...table(
      [
        { title: 'Assistant', of: ({ title }) => title },
        { title: 'Your account', of: (one) => filesInWords(filesOf(one, 'user')) },
        { title: 'With `--project`', of: (one) => filesInWords(filesOf(one, 'project')) },
      ],
      SHOWN.filter(hasHooks),
    ),
    ...ASSISTANTS.flatMap(settingsSection),
  ].join('\n')}\n`;
}

function settingsSection({ title, id }: Assistant): string[] {
  const auditor = AUDITORS.find((candidate) => candidate.id === id);
  const dialect = dialectOf(id);
  return [
    '',
    `## ${title}`,
    '',
    ...means([
      ...(auditor ? [['`audit` reads', audited(auditor)] as const] : []),
      ...(dialect
        ? nativeRows(dialect)
        : [['Rules without hooks, `--enforce`', 'none. Only its hooks enforce the policy.'] as const]),
    ]),
  ];
}

/** What `linekeeper audit` reads of its own settings, with the names of its files on Linux, and what it can't read. */
function audited({ configs, unseen }: Auditor): string {
  const files = configs({ ...SAMPLE, platform: 'linux', top: '/' }).map(
    ({ file, ending }) => `\`${file.replaceAll('\\', '/')}${ending === undefined ? '' : `/*${ending}`}\``,
  );
  return `${files.join(', ')} (names on Linux)${unseen === undefined ? '' : `. ${unseen}`}`;
}

const table = (columns: readonly Column[], assistants: readonly Assistant[]): string[] => [
  row(columns.map(({ title }) => title)),
  `|${columns.map(() => '---|').join('')}`,
  ...assistants.map((assistant) => row(columns.map(({ of }) => of(assistant)))),
];

/** A table of words and what they mean. */
const means = (pairs: readonly (readonly [string, string])[]): string[] => [
  '| | |',
  '|---|---|',
  ...pairs.map(([word, meaning]) => row([word, meaning])),
];

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** Where a heading is on the page, as forges name it. */
const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll(' ', '-');
