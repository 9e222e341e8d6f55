/** The page docs/assistants.md, generated from what the code says about each assistant. */
import { ASSISTANTS, type Assistant, type Scope, type Verified } from '../../src/provenance/assistants';
import { AUDITORS, type Auditor } from '../../src/provenance/assistants/permissions';
import { dialectOf, type Dialect, type RulesScope } from '../../src/provenance/assistants/native-rules';

/** The page's path, relative to the repository's root. */
export const ASSISTANTS_PAGE = 'docs/assistants.md';

const VERIFIED: Readonly<Record<Verified, { readonly short: string; readonly means: string }>> = {
  run: { short: 'run', means: 'its own program is run by our tests, against a scripted model' },
  recorded: {
    short: 'recorded',
    means: 'payloads that its own program sent are played by our tests; the program itself is not run',
  },
  documented: {
    short: 'documented',
    means:
      "payloads made after its vendor's documentation or source are played by our tests; the program could not be had",
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
  ...NAMES,
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
  const how =
    dialect.verified === 'run'
      ? 'Our tests run its program with its hooks off.'
      : "Its vendor's pages say so; our tests don't run its program with its hooks off.";
  return [
    ['Rules without hooks, `--enforce`', `${places.join('; ')}. ${how}`],
    ['They hold', dialect.holds],
    ["They don't hold", dialect.misses],
  ];
}

/** The whole page. */
export function assistantsPage(): string {
  return `${[
    '# Assistants',
    '',
    'Find yours below, give its id to `install`, and see that it works:',
    '',
    '```',
    'linekeeper install --assistant claude-code    # or: all',
    'linekeeper doctor --prove                     # sends an edit through its hooks, and says where the chain breaks',
    '```',
    '',
    'In the editor, *Set Up…* does the same. Any other tool can take part with `linekeeper record generic` ([formats](formats.md#linekeeper-record-generic)).',
    'What nobody reported stays `unknown`.',
    '',
    '## What is seen',
    '',
    ...table(SEEN, ASSISTANTS),
    '',
    ...means([
      ['Edits', 'What it writes into files is recorded as its own.'],
      ['Shell', 'So is what its commands change.'],
      ['Completions', 'What it suggests while you type is recorded when you accept it.'],
      [
        'Without hooks',
        'Where its hooks did not run, `linekeeper status` reads the record that it keeps itself: its edits of uncommitted files, as far as the files prove them. What its shell commands did is not in there.',
      ],
      ['Its commits', "They get the trailers and the note that yours get. `note`: it switches git's hooks off."],
    ]),
    '',
    '## What can be held back, and how we know',
    '',
    ...table(HELD_BACK, ASSISTANTS),
    '',
    ...means([
      ['Refuse', 'A change that the policy keeps from agents is refused before it happens.'],
      [
        'Ask',
        "Where the policy says `ask`, you are asked. `refuses`: its hooks can't ask, so the change is refused, with what to do instead.",
      ],
      [
        'By itself',
        'Where `linekeeper install --enforce` writes the policy into its own settings, so that it holds where no hook runs.',
      ],
      ...Object.values(VERIFIED).map(({ short, means: what }) => [`Verified: ${short}`, `${what}.`] as const),
    ]),
    '',
    'This page is made from the code by `npm run docs`.',
    ...ASSISTANTS.flatMap(section),
  ].join('\n')}\n`;
}

function section(assistant: Assistant): string[] {
  const { title, id, coverage, trust } = assistant;
  const auditor = AUDITORS.find((one) => one.id === id);
  const rows: (readonly [string, string])[] = [['Programs', coverage.surfaces]];
  if (hasHooks(assistant)) {
    rows.push(['Set up', `\`linekeeper install --assistant ${id}\``]);
    for (const [scope, whose] of [
      ['user', 'Hooks for you'],
      ['project', 'Hooks for everybody'],
    ] as const) {
      const files = filesOf(assistant, scope);
      rows.push([
        `${whose}, \`--${scope}\``,
        files.length === 0 ? 'nothing, there is no such place' : files.map((file) => `\`${file}\``).join(', '),
      ]);
    }
  }
  if (trust) rows.push(['Trust', `It runs hooks once you trust them. ${trust.how}`]);
  if (auditor) rows.push(['`audit` reads', audited(auditor)]);
  const dialect = dialectOf(id);
  rows.push(
    ...(dialect
      ? nativeRows(dialect)
      : [['Rules without hooks, `--enforce`', 'none: only its hooks hold the policy.'] as const]),
  );
  return [
    '',
    `## ${title}`,
    '',
    ...means(rows),
    ...(coverage.limits.length > 0 ? ['', 'To know:', '', ...coverage.limits.map((limit) => `- ${limit}`)] : []),
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
