/** The pages on assistants, generated from what the code says about each assistant. */
import { ASSISTANTS, type Assistant, type Scope, type Verified } from '../../src/provenance/assistants';
import { CANNOT_ASK } from '../../src/provenance/assistants/hook-answers';
import { AUDITORS, type Auditor } from '../../src/provenance/assistants/permissions';
import { dialectOf, type Dialect, type RulesScope } from '../../src/provenance/assistants/native-rules';

/** The page's path, relative to the repository's root. */
export const ASSISTANTS_PAGE = 'docs/assistants.md';
/** The page on their own settings, relative to the same. */
export const ASSISTANT_SETTINGS_PAGE = 'docs/dev/assistant-settings.md';

const VERIFIED: Readonly<Record<Verified, { readonly short: string; readonly means: string }>> = {
  run: { short: 'run', means: 'our tests run its own program, against a scripted model' },
  recorded: {
    short: 'recorded',
    means: 'our tests play payloads that its own program sent. They do not run the program',
  },
  documented: {
    short: 'documented',
    means: "our tests play payloads after its vendor's documentation or source. We could not get the program",
  },
};

interface Column {
  readonly title: string;
  readonly of: (assistant: Assistant) => string;
}

const yes = (value: boolean): string => (value ? 'yes' : 'no');
const SAMPLE = { home: '~', env: {}, repositoryRoot: '.' };
const filesOf = (assistant: Assistant, scope: Scope): string[] =>
  assistant.hooks(scope, SAMPLE).map((setup) => setup.file.replaceAll('\\', '/').replace(/^\.\//, ''));
const hasHooks = (assistant: Assistant): boolean =>
  filesOf(assistant, 'user').length + filesOf(assistant, 'project').length > 0;

const NAMES: readonly Column[] = [
  { title: 'Assistant', of: ({ title }) => `[${title}](#${anchorOf(title)})` },
  { title: 'Id', of: ({ id }) => `\`${id}\`` },
];

const SEEN: readonly Column[] = [
  ...NAMES,
  { title: 'Edits', of: ({ coverage }) => yes(coverage.edits) },
  { title: 'Shell', of: ({ coverage }) => yes(coverage.shell) },
  { title: 'Completions', of: ({ coverage }) => yes(coverage.completions) },
  { title: 'Without hooks', of: ({ transcripts }) => yes(transcripts !== undefined) },
  { title: 'Its commits', of: ({ coverage }) => (coverage.commitsRunHooks ? 'trailers, note' : 'note') },
];
const HELD_BACK: readonly Column[] = [
  { title: 'Assistant', of: ({ title }) => title },
  { title: 'Refuse', of: ({ deny }) => yes(deny !== null) },
  { title: 'Ask', of: ({ deny, ask }) => (ask === null ? (deny === null ? 'no' : 'refuses') : 'yes') },
  { title: 'By itself', of: ({ id }) => scopesOf(dialectOf(id)) },
  { title: 'Verified', of: ({ coverage }) => `${VERIFIED[coverage.verified].short} (${coverage.versions})` },
];

const scopesOf = (dialect: Dialect | undefined): string =>
  dialect === undefined ? 'no' : dialect.scopes.map((scope) => `\`--${scope}\``).join(', ');

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

/** The whole page. */
export function assistantsPage(): string {
  return `${[
    '# Assistants',
    '',
    'For people who work beside an assistant. You get its id, the edits that Linekeeper sees, and the acts that its hooks can block. You need',
    'the assistant and [Linekeeper](install.md) on your machine. Give its id to `install`, then check it:',
    '',
    '```',
    'linekeeper install --assistant claude-code    # or: all',
    'linekeeper doctor --prove                     # sends an edit through its hooks, and names the link that fails',
    '```',
    '',
    'In the editor, *Set Up…* does the same. Any other tool can take part with `linekeeper record generic` ([formats](formats.md#linekeeper-record-generic)).',
    'Lines of other tools stay `unknown`. [Rights of agents](agents.md) says which acts the policy can block. Below the tables, each assistant has the',
    'files of its hooks, for you and for everybody in a repository (`--project`), and its limits.',
    '',
    '## Recorded edits',
    '',
    ...table(SEEN, ASSISTANTS),
    '',
    ...means([
      ['Edits', 'Linekeeper records its edits.'],
      ['Shell', 'Linekeeper records the changes that its shell commands make.'],
      ['Completions', 'Linekeeper records its suggestions while you type when you accept them.'],
      [
        'Without hooks',
        'If its hooks did not run, `linekeeper status` records edits from its transcripts that the files prove, without changes by shell commands.',
      ],
      [
        'Its commits',
        "Commits that it makes get trailers and a note, as yours do. `note`: no trailers, because it switches git's hooks off.",
      ],
    ]),
    '',
    '## Blocked acts, and how we tested them',
    '',
    ...table(HELD_BACK, ASSISTANTS),
    '',
    ...means([
      ['Refuse', 'Its hooks block an act before it happens, if the policy forbids the act.'],
      [
        'Ask',
        'If the policy says `ask`, its hooks ask you. `refuses`: they cannot ask, so they block the act and name the next step.',
      ],
      [
        'By itself',
        '`linekeeper install --enforce` writes the policy into its own settings here, and the rules hold without hooks.',
      ],
      ...Object.values(VERIFIED).map(({ short, means: what }) => [`Verified: ${short}`, `${what}.`] as const),
    ]),
    '',
    "[Assistants' own settings](dev/assistant-settings.md) lists the files that `audit` reads, and the rules that `install --enforce` writes.",
    '',
    '**Check it**: `linekeeper doctor --prove`. **Undo it**: `linekeeper uninstall --assistant ID`.',
    ...ASSISTANTS.flatMap(section),
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
  const places = (['user', 'project'] as const)
    .map((scope) => filesInWords(filesOf(assistant, scope)))
    .filter((files) => files !== '');
  const limits = coverage.limits.filter((limit) => limit !== CANNOT_ASK); // the table above says it
  return [
    '',
    `## ${title}`,
    '',
    `Programs: ${coverage.surfaces}.${hasHooks(assistant) ? ` Hooks: ${places.join('. For everybody: ')}.` : ''}${trust ? ` It runs hooks only after you trust them. ${trust.how}` : ''}`,
    ...(limits.length > 0 ? ['', ...limits.map((limit) => `- ${limit}`)] : []),
  ];
}

/** The settings of each assistant: what `audit` reads of them, and which rules `install --enforce` writes there. */
export function assistantSettingsPage(): string {
  return `${[
    "# Assistants' own settings",
    '',
    'For security reviewers and administrators. You get the settings files that `linekeeper audit` reads for each assistant, and the rules that',
    '`linekeeper install --enforce` writes into them. Such rules hold without hooks. [Assistants](../assistants.md) has the hooks and limits of each.',
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
  row(columns.map(() => '---')),
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
