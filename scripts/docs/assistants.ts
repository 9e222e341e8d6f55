/** The page docs/assistants.md, generated from what the code says about each assistant. */
import { ASSISTANTS, type Assistant, type Scope, type Verified } from '../../src/agents';
import { AUDITORS, type Auditor } from '../../src/agents/audit';

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

const COLUMNS: readonly Column[] = [
  { title: 'Assistant', of: ({ title }) => title },
  { title: 'Id', of: ({ id }) => `\`${id}\`` },
  { title: 'Edits', of: ({ coverage }) => yes(coverage.edits) },
  { title: 'Shell', of: ({ coverage }) => yes(coverage.shell) },
  { title: 'Completions', of: ({ coverage }) => yes(coverage.completions) },
  { title: 'Without hooks', of: ({ transcripts }) => yes(transcripts !== undefined) },
  { title: 'Refuse', of: ({ deny }) => yes(deny !== null) },
  { title: 'Ask', of: ({ deny, ask }) => (ask === null ? (deny === null ? 'no' : 'refuses') : 'yes') },
  { title: 'Its commits', of: ({ coverage }) => (coverage.commitsRunHooks ? 'trailers and note' : 'note only') },
  { title: 'Verified', of: ({ coverage }) => `${VERIFIED[coverage.verified].short} (${coverage.versions})` },
];

/** The whole page. */
export function assistantsPage(): string {
  return `${[
    '# Assistants',
    '',
    'What Linekeeper sees of each AI assistant, what it can hold back, and how we know. This page is made from the code by',
    '`npm run docs`.',
    '',
    row(COLUMNS.map(({ title }) => title)),
    row(COLUMNS.map(() => '---')),
    ...ASSISTANTS.map((assistant) => row(COLUMNS.map(({ of }) => of(assistant)))),
    '',
    '- **Edits**: what it writes into files is recorded as its own. **Shell**: so is what its commands change.',
    '- **Completions**: what it suggests while you type is recorded when you accept it.',
    '- **Without hooks**: where its hooks did not run, `linekeeper status` takes its edits of uncommitted files from the record that',
    '  it keeps itself, as far as the files prove them. What its shell commands did is not in there.',
    '- **Refuse**: a change that the policy keeps from agents is refused before it happens. **Ask**: where the policy says `ask`,',
    "  you are asked; `refuses`: its hooks can't ask, so the change is refused, with what to do instead.",
    "- **Its commits** get the trailers and the note that yours get; `note only`: it switches git's hooks off.",
    ...Object.values(VERIFIED).map(({ short, means }) => `- **${short}**: ${means}.`),
    '',
    'Any other tool can take part with `linekeeper record generic` ([cli.md](cli.md)). What nobody reported stays `unknown`.',
    ...ASSISTANTS.flatMap(section),
  ].join('\n')}\n`;
}

function section(assistant: Assistant): string[] {
  const { title, id, coverage, trust } = assistant;
  const lines = [`Programs: ${coverage.surfaces}.`];
  if (hasHooks(assistant)) {
    lines.push('', `\`linekeeper install --assistant ${id}\` writes hooks into:`, '');
    for (const scope of ['user', 'project'] as const) {
      const files = filesOf(assistant, scope);
      lines.push(
        `- \`--${scope}\`: ${files.length === 0 ? 'nothing, there is no such place' : files.map((file) => `\`${file}\``).join(', ')}`,
      );
    }
  }
  if (trust) lines.push('', `It asks you to trust hooks before it runs them. ${trust.how}`);
  const auditor = AUDITORS.find((one) => one.id === id);
  if (auditor) lines.push('', audited(auditor));
  if (coverage.limits.length > 0) lines.push('', 'To know:', '', ...coverage.limits.map((limit) => `- ${limit}`));
  return ['', `## ${title}`, '', ...lines];
}

/** What `linekeeper audit` reads of it, with the names of its files on Linux, and what it can't read. */
function audited({ configs, unseen }: Auditor): string {
  const files = configs({ ...SAMPLE, platform: 'linux', top: '/' }).map(
    ({ file, ending }) => `\`${file.replaceAll('\\', '/')}${ending === undefined ? '' : `/*${ending}`}\``,
  );
  return `\`linekeeper audit\` reads of its own settings (as they are called on Linux): ${files.join(', ')}.${unseen === undefined ? '' : ` ${unseen}`}`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
