/** The page docs/policy-keys.md: one line for each key of the policy, from the descriptions of its JSON Schema. */
import { z } from 'zod';
import { policyJsonSchema } from '../../src/policy/file/schema';

/** The page's path, relative to the repository's root. */
export const POLICY_KEYS_PAGE = 'docs/policy-keys.md';

interface Schema {
  readonly type?: unknown;
  readonly description?: string | undefined;
  readonly default?: unknown;
  readonly enum?: readonly string[] | undefined;
  readonly items?: Schema | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
}
const Schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    type: z.unknown().optional(),
    description: z.string().optional(),
    default: z.unknown().optional(),
    enum: z.array(z.string()).optional(),
    items: Schema.optional(),
    anyOf: z.array(Schema).optional(),
    properties: z.record(z.string(), Schema).optional(),
    required: z.array(z.string()).optional(),
  }),
);

/** A key with its path from the top of its table, such as `review.ai.at-least`. */
interface Key {
  readonly path: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

/** Keys below a key, and whether a list has them, each entry once. */
interface Below {
  readonly schema: Schema;
  readonly isList: boolean;
}

function belowOf(schema: Schema): Below | undefined {
  if (schema.properties !== undefined) return { schema, isList: false };
  if (schema.items !== undefined) {
    const entry = belowOf(schema.items);
    return entry && { schema: entry.schema, isList: true };
  }
  return schema.anyOf?.map(belowOf).find((below) => below !== undefined);
}

const keysOf = ({ properties = {}, required = [] }: Schema, path: string): Key[] =>
  Object.entries(properties).map(([name, schema]) => ({
    path: path === '' ? name : `${path}.${name}`,
    schema,
    isRequired: required.includes(name) && schema.default === undefined,
  }));

/** Keys with the same keys below them share a table. */
const shapeOf = ({ properties = {} }: Schema): string =>
  Object.entries(properties)
    .map(([name, { description = '' }]) => `${name}: ${description}`)
    .join('\n');

/** Shapes that stand at more than one place. */
function sharedShapes(top: Schema): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const visit = (schema: Schema): void => {
    const below = belowOf(schema)?.schema;
    if (below === undefined) return;
    const shape = shapeOf(below);
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
    if (counts.get(shape) === 1) for (const child of Object.values(below.properties ?? {})) visit(child);
  };
  visit(top);
  return new Set([...counts].filter(([, count]) => count > 1).map(([shape]) => shape));
}

const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('*', '\\*').replaceAll('<', '&lt;');
const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** The words that a key takes, if these are few. */
function choicesOf({ enum: choices, items, anyOf }: Schema): readonly string[] {
  const named = choices ?? items?.enum ?? anyOf?.flatMap(choicesOf) ?? [];
  return named.length > 15 ? [] : named;
}

/** A description, with the default that ends it apart. */
const DESCRIPTION = /^(?<says>.*?)(?: Default: (?<fallback>.+)\.)?$/s;

/** What a key takes if it is no choice of words. */
function typeOf(schema: Schema): string {
  if (schema.items !== undefined) return 'list';
  if (schema.properties !== undefined) return 'map';
  if (schema.type === 'object') return 'map of lists';
  if (schema.type === 'string') return 'text';
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  const types = new Set(schema.anyOf?.map(typeOf).filter((type) => type !== ''));
  return [...types].join(' or ');
}

/** The words that a key takes, and its default, for the last cell of its row. */
function valuesOf({ schema, isRequired }: Key): string {
  const choices = choicesOf(schema).map(code);
  const type = choices.length > 0 || isPlain(schema.default) ? '' : typeOf(schema);
  const words = type === '' ? choices : [type];
  if (isRequired) return [...words, 'required'].join(', ');
  if (typeof schema.default === 'number') return `${typeOf(schema)}, default: ${code(schema.default)}`;
  if (typeof schema.default === 'boolean') return `${code(schema.default)} (default), ${code(!schema.default)}`;
  if (isPlain(schema.default)) {
    const fallback = code(schema.default);
    const more = schema.anyOf?.some(({ items }) => items !== undefined && items.enum === undefined) ? ['list'] : [];
    return [...(words.includes(fallback) ? words : [fallback, ...words]), ...more]
      .map((word) => (word === fallback ? `${word} (default)` : word))
      .join(', ');
  }
  const fallback = DESCRIPTION.exec(schema.description ?? '')?.groups?.['fallback'];
  return [...words, ...(fallback === undefined ? [] : [`default: ${fallback}`])].join(', ');
}

interface Table {
  /** Where its keys stand, such as `tiers` or `tiers.review.any`. */
  readonly paths: string[];
  readonly keys: Key[];
  /** By key, the table of the keys below it. */
  readonly links: Map<string, Table>;
}

/** The tables: of the top, of each list, and of each shape that stands at several places. */
function tablesOf(top: Schema): readonly Table[] {
  const shared = sharedShapes(top);
  const tables = new Map<string, Table>();
  const open = (schema: Schema, from: string): Table => {
    const shape = shapeOf(schema);
    const known = tables.get(shape);
    if (known !== undefined) {
      known.paths.push(from);
      return known;
    }
    const table: Table = { paths: [from], keys: [], links: new Map() };
    tables.set(shape, table);
    const add = (key: Key): void => {
      table.keys.push(key);
      const below = belowOf(key.schema);
      if (below === undefined) return;
      if (below.isList || shared.has(shapeOf(below.schema)))
        table.links.set(key.path, open(below.schema, from === '' ? key.path : `${from}.${key.path}`));
      else for (const child of keysOf(below.schema, key.path)) add(child);
    };
    for (const key of keysOf(schema, '')) add(key);
    return table;
  };
  open(top, '');
  return [...tables.values()];
}

/** Names of the tables whose keys stand at several places. */
const SHARED_TITLES: Readonly<Record<string, string>> = {
  'tiers.review.any': 'A required sign-off',
  'rules.settings.before': 'Values of a setting',
  'people.senior': 'A file with people',
};

/** Keys that stand elsewhere on the page with the same words, and the anchor there. */
const ELSEWHERE: Readonly<Record<string, string>> = { 'environments.tools': 'agents' };
const isElsewhere = ({ paths: [path = ''] }: Table): boolean => path in ELSEWHERE;

const titleOf = ({ paths: [path = ''] }: Table): string =>
  path === '' ? 'The whole file' : (SHARED_TITLES[path] ?? `\`${path}\``);
const anchorOf = (table: Table): string =>
  ELSEWHERE[table.paths[0] ?? ''] ??
  titleOf(table)
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-')
    .toLowerCase();

/** Longer texts leave the table, except for their first sentence. */
const CHARACTERS_OF_CELL = 160;
/** More choices stand once, for keys in a row. */
const MANY_CHOICES = 6;

function meaningOf({ schema }: Key): { readonly begin: string; readonly rest: string } {
  const says = DESCRIPTION.exec(schema.description ?? '')?.groups?.['says'] ?? '';
  const words = new RegExp(`(?<=^|\\. )(${choicesOf(schema).join('|')})(?=:? )`, 'g');
  const text = cell(says).replace(words, code);
  const end = text.length > CHARACTERS_OF_CELL ? text.indexOf('. ') + 1 : 0;
  return end === 0 ? { begin: text, rest: '' } : { begin: text.slice(0, end), rest: text.slice(end + 1) };
}

/** The rows. Keys in a row that mean the same, such as the levels, share a line. Below: what is too long for a cell. */
function rowsOf({ keys, links }: Table): string {
  const rows: { names: string[]; meaning: string }[] = [];
  const notes: string[] = [];
  let listed: { readonly by: string; readonly values: string } | undefined;
  for (const key of keys) {
    const { begin, rest } = meaningOf(key);
    const values = cell(valuesOf(key));
    const isRepeated = values === listed?.values && choicesOf(key.schema).length > MANY_CHOICES;
    if (!isRepeated) listed = { by: code(key.path), values };
    const meaning = `${begin} | ${isRepeated ? values.replace(/^.*(?=, default: )/, `as for ${listed?.by ?? ''}`) : values}`;
    if (rest !== '') notes.push(`- ${code(key.path)}: ${rest}`);
    const link = links.get(key.path);
    const name = link === undefined ? code(key.path) : `[${code(key.path)}](#${anchorOf(link)})`;
    const before = rows.at(-1);
    if (before?.meaning === meaning) before.names.push(name);
    else rows.push({ names: [name], meaning });
  }
  const table = rows.map(({ names, meaning }) => `| ${names.join(', ')} | ${meaning} |`);
  return [...table, ...(notes.length === 0 ? [] : ['', ...notes])].join('\n');
}

const HEAD = '| Key | Meaning | Values |\n|---|---|---|\n';

/** A part of a policy that is typical, by the table or the purpose that it precedes. */
const EXAMPLES: Readonly<Record<string, string>> = {
  'Every policy': `people:
  senior: [ada@example.com, "@acme/seniors"]
  mid: { from: .linekeeper/mid.txt }     # everybody else is junior
aliases: { ada: [ada@example.com, ada@home.example.com] }
`,
  Agents: `agents: { may: [merge] }
assistants: { allowed: [claude-code, github-copilot] }
tools: { deny: ["*__delete_project"], ask: ["stripe__*"], others: ask }
`,
  'Lines and findings': `unknown: { default: ai, no-recorder: human }
generated: ["**/*.lock", "dist/**"]
bots: ["renovate[bot]"]
own: [Makefile, "scripts/ci/**"]
`,
  Records: `trailers: { session: true, others: ours-only }
runs: { keep: digest, for: 365d }
prompts: none
`,
  'Shared policies': `extends: [.linekeeper/vendor/acme.yml]
policy-signers: [.github/policy_signers]
`,
  tiers: `tiers:
  - name: critical
    paths: ["infra/**", "!infra/dev/**"]
    detect: [destructive, secrets]
    agents: deny-destructive
    rollout: { stages: [canary, production], soak: 24h }
    review:
      any: { from: mid }
      ai: { at-least: { lines: 20 }, junior: { from: senior, approvals: 2 } }
      requires: { checks: [plan], plan: true }
`,
  'tiers.review.any': `tiers:
  - name: critical
    detect: [destructive]
    review: { any: { from: senior, approvals: 2, code-owner: true, signed: true } }
`,
  rules: `rules:
  - id: backups
    class: destructive
    severity: high
    message: Backups must stay on.
    pattern: 'skipBackup\\('
    settings: [{ key: enabled, under: backup, before: yes, after: no }]
    commands: [{ program: backupctl, verb: store drop, without: [--dry-run] }]
    statements: [{ verb: DROP TABLE, of: [backups] }]
`,
  'rules-off': `rules-off:
  - { rule: destructive/sql-rename, reason: All migrations run at night., paths: ["db/**"] }
`,
  environments: `environments:
  - name: production
    when: { kube-context: ["prod*"], env: { APP_ENV: [production] } }
    agents: deny
    credentials: [".env.production", "$PROD_*"]
`,
  freeze: `freeze:
  - { from: 2026-12-19, to: 2027-01-04, tiers: [critical], except: [emergency, reverts], reason: holidays }
`,
};

const exampleOf = (place: string): string => {
  const example = EXAMPLES[place];
  return example === undefined ? '' : `\`\`\`yaml\n${example}\`\`\`\n\n`;
};

/** The keys of the whole file by purpose, in the order of need. A key in none stands in the last group. */
const PURPOSES: readonly (readonly [title: string, keys: readonly string[]])[] = [
  ['Every policy', ['version', 'people', 'levels', 'unlisted', 'aliases', 'tiers', 'mode', 'since']],
  ['Agents', ['agents', 'environments', 'tools', 'assistants']],
  ['Lines and findings', ['unknown', 'generated', 'bots', 'co-authors', 'own', 'rules', 'rules-off', 'freeze']],
  ['Records', ['trailers', 'runs', 'prompts']],
  ['Shared policies', ['extends', 'may-loosen', 'policy-signers', 'serial']],
];

/** The table of the whole file, cut by {@link PURPOSES}. */
function topSections(table: Table): string {
  const named = new Map(PURPOSES.flatMap(([title, keys]) => keys.map((key, at) => [key, { title, at }] as const)));
  const [others = ''] = PURPOSES.at(-1) ?? [];
  const placeOf = ({ path }: Key) => named.get(path.split('.')[0] ?? '') ?? { title: others, at: 0 };
  return PURPOSES.map(([title]) => {
    const keys = table.keys
      .filter((key) => placeOf(key).title === title)
      .toSorted((a, b) => placeOf(a).at - placeOf(b).at);
    return `### ${title}\n\n${exampleOf(title)}${HEAD}${rowsOf({ ...table, keys })}\n`;
  }).join('\n');
}

function sectionOf(table: Table): string {
  if (table.paths[0] === '') return `## ${titleOf(table)}\n\n${topSections(table)}`;
  const also =
    table.paths.length === 1
      ? ''
      : `These keys are below ${new Intl.ListFormat('en-GB').format(table.paths.map((path) => code(path)))}.\n\n`;
  return `## ${titleOf(table)}\n\n${exampleOf(table.paths[0] ?? '')}${also}${HEAD}${rowsOf(table)}\n`;
}

/** Tiers come first: most of a policy is about them. */
const isOfTiers = ({ paths: [path = ''] }: Table): boolean => path === '' || /^tiers\b/.test(path);

/** The page. */
export function policyKeysDoc(): string {
  const tables = tablesOf(Schema.parse(policyJsonSchema()));
  const sorted = [...tables.filter(isOfTiers), ...tables.filter((table) => !isOfTiers(table))];
  return `# Keys of the policy

- **For** people who write \`.linekeeper.yml\`. [The policy](policy.md) explains how.
- **You get** each key, its values and its default. A key that you leave out has its default.
- **You need** a first policy: \`linekeeper policy init\`.

| Keys | Section |
|---|---|
| of the whole file | ${PURPOSES.map(([title]) => `[${title}](#${title.toLowerCase().replaceAll(' ', '-')})`).join(', ')} |
| of a tier: \`paths\`, \`detect\`, \`agents\`, \`review\`, \`rollout\` and others | [\`tiers\`](#tiers), [a required sign-off](#a-required-sign-off) |
| of your own rules | [\`rules\`](#rules) |

- \`unknown.default\` is the key \`default\` inside \`unknown\`: \`unknown: { default: ai }\`. Its short form is \`unknown: ai\`.
- The examples are parts of a policy. A whole one also needs \`version: 1\` and \`tiers\`.
- \`linekeeper policy check\` finds a wrong key or value:

  \`\`\`
  $ linekeeper policy check
  .linekeeper.yml:2:1: unknown key unknwon (did you mean "unknown"?)
  \`\`\`

${sorted
  .filter((table) => !isElsewhere(table))
  .map(sectionOf)
  .join('\n')}
**Check it**: \`linekeeper policy check\`, and \`linekeeper policy explain PATH\` for a file.
**Undo it**: remove the key on the base branch.
`;
}
