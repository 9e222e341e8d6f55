/**
 * The pages about the danger rules, one for each and one with all: what the rule means, how to do it safely, and
 * examples that are also its tests.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { analyzersFor, classOf, findInChanges, RULES, type Rule, type RuleId } from '../../src/danger';
import {
  examplesOf,
  RULE_IDS,
  type CommandExamples,
  type Example,
  type SettingExamples,
} from '../../test/support/examples';
import { TOOLS } from '../../test/support/grammars';

/** The pages' folder, relative to the repository's root. It is packaged with the extension. */
export const RULES_FOLDER = 'docs/rules';

/** A safe form of the change, for rules whose examples do not show it. */
const FIXES: Readonly<Partial<Record<string, string>>> = z
  .record(z.string(), z.string())
  .parse(parse(readFileSync(path.join(import.meta.dirname, 'fixes.yml'), 'utf8')));

/** The name of a rule's page in {@link RULES_FOLDER}. */
export const pageOf = (id: RuleId): string => `${id.replace('/', '-')}.md`;

const ONLY_IF = 'Off by default.';
const isOff = (name: Class): boolean => CLASSES[name].includes(ONLY_IF);
/** How to turn on a class that is off by default. */
const turnsOn = (name: Class): string =>
  isOff(name)
    ? `**${ONLY_IF}** To turn it on, write \`detect: [${name}]\` in a tier of [the policy](../policy.md).\n\n`
    : '';

const CLASSES = {
  destructive: 'You may lose data or a running service.',
  permissions: 'A person or a program gets more access than before.',
  secrets: 'The text contains a secret, which stays in the history of Git.',
  checks: `The change weakens a test, a threshold or a scanner. ${ONLY_IF}`,
  agents: `Later agents get more rights, or read text that people do not see. ${ONLY_IF}`,
  availability: `A service may wait, slow down or stop. ${ONLY_IF}`,
} as const;

type Class = keyof typeof CLASSES;
type Severity = Rule['severity'];

const SEVERITIES = {
  critical: 'the loss is final, or a stranger can take control',
  high: 'only a backup can restore the data, a protection is gone, or many people or programs get access',
  medium: 'the harm is limited and you can repair it: an outage, a lock, a weaker check, or wider access for some',
  low: 'harm is unlikely',
} as const;

const PROTECTION = 'a protection is gone';

/** Titles of pages, where the first words of the rule's meaning are too few. */
const TITLES: Readonly<Partial<Record<RuleId, string>>> = {
  'availability/version-jump': 'A database, queue or store that moves to another major version',
  'destructive/cloud-delete': 'A cloud command that deletes a resource',
  'destructive/forge-delete': 'A repository, release, secret or branch protection that is deleted',
  'destructive/fs-critical-file': 'A command that removes or overwrites a file of an important tier',
  'destructive/k8s-removed': 'A namespace, volume claim or StatefulSet that is removed',
  'destructive/tf-protection-off': 'Deletion protection, backups or a lock that is switched off',
  'permissions/net-open': 'A port, machine or database that everybody can reach',
  'permissions/public-data': 'A bucket, database or snapshot that becomes public',
  'secrets/token': 'A token in a file',
};

/** The title of a rule's page: its own, else the first words of the rule's meaning. */
const titleOf = (id: RuleId): string =>
  TITLES[id] ?? RULES[id].meaning.replace(/(?:, | \().*$/s, '').replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

/** The part of {@link SEVERITIES} that holds for a class. */
const HARM: Readonly<Record<Class, Readonly<Partial<Record<Severity, string>>>>> = {
  destructive: {
    critical: 'the loss is final',
    high: 'only a backup can restore the data',
    medium: 'an outage or failed writes, which you can repair',
  },
  permissions: {
    critical: 'a stranger can take control',
    high: 'many people or programs get access',
    medium: 'wider access for some people or programs',
  },
  secrets: { critical: 'a stranger can take control', high: 'many people or programs get access' },
  checks: { high: PROTECTION, medium: 'a weaker check', low: SEVERITIES.low },
  agents: { high: PROTECTION, medium: 'wider access for agents' },
  availability: { medium: 'an outage or a lock' },
};

/** Rules of a high severity that lose nothing at once. */
const PROTECTIONS: ReadonlySet<RuleId> = new Set<RuleId>([
  'destructive/tf-prevent-destroy',
  'destructive/tf-protection-off',
  'destructive/tf-no-final-copy',
  'destructive/tf-unattended-apply',
  'destructive/tf-backend-changed',
  'destructive/cfn-retention',
  'destructive/cdk-removal-policy',
  'destructive/cloud-audit-off',
  'destructive/k8s-reclaim',
  'destructive/remote-opaque',
  'destructive/linekeeper-off',
  'permissions/ci-gate',
]);

/** Harm of single rules, where that of their class and severity does not fit. */
const OWN_HARM: Readonly<Partial<Record<RuleId, string>>> = {
  'destructive/git-discard': 'only a copy can restore the changes',
  'destructive/git-force-push': "the branch loses other people's commits",
  'destructive/git-history': 'only another clone can restore the commits',
  'destructive/system-down': 'many people lose the service',
};

const harmOf = (id: RuleId): string =>
  OWN_HARM[id] ??
  (PROTECTIONS.has(id) ? PROTECTION : (HARM[classOf(id)][RULES[id].severity] ?? SEVERITIES[RULES[id].severity]));

const severityOf = ({ severity, dataOnly }: Rule, mark = ''): string =>
  `${mark}${severity}${mark}${dataOnly ? ` if data is kept there, else ${mark}medium${mark}` : ''}`;

/** Headings of the table, and the names of their rules. */
const GROUPS: readonly (readonly [heading: string, ids: RegExp])[] = [
  ['Files, disks and machines', /^destructive\/(?:fs|disk|system)-/],
  ['Git and packages', /^destructive\/(?:git|forge|package)-/],
  ['Terraform', /^destructive\/tf-/],
  ['CloudFormation, CDK and Pulumi', /^destructive\/(?:cfn|cdk|stack)-/],
  ['Clouds', /^destructive\/cloud-/],
  ['Kubernetes and containers', /^destructive\/(?:k8s|helm|container)-/],
  ['Databases and stores', /^destructive\/(?:sql|orm|store)-/],
  ['Scripts and protections', /^destructive\//],
  ['Access', /^permissions\//],
  ['Secrets', /^secrets\//],
  ['Tests and checks', /^checks\//],
  ['Agents', /^agents\//],
  ['Availability', /^availability\//],
];

/** Every page by its name in {@link RULES_FOLDER}. */
export async function rulePages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map([['README.md', overview()]]);
  for (const id of RULE_IDS) pages.set(pageOf(id), await rulePage(id));
  return pages;
}

function overview(): string {
  const seen = new Set<RuleId>();
  const groups = GROUPS.map(([heading, ids]) => {
    const rules = RULE_IDS.filter((id) => ids.test(id) && !seen.has(id));
    for (const id of rules) seen.add(id);
    const rows = rules.map(
      (id) =>
        `| [\`${id}\`](${pageOf(id)}) | ${cell(RULES[id].meaning)} | ${severityOf(RULES[id])}${isOff(classOf(id)) ? ', off' : ''} |`,
    );
    return `### ${heading}\n\n| Rule | Reports | Severity |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  if (seen.size !== RULE_IDS.length) throw new Error('A rule is in no group of its table.');
  return `${made}# Danger rules

You see a warning? Search this page for the id after the warning, such as \`tf-protection-off\`. Each rule has a page: what it reports, why, and how to fix it.

**Limit**: the rules miss most dangers ([error rates](../danger.md)).

The rules check changes, plans and commands, by AI and by people. In [the policy](../policy.md), a tier lists classes, such as \`detect: [destructive]\`. If a change then drops a table, its file needs the sign-offs of that tier.

## If a warning is wrong

- To hide one warning for yourself, use the quick fix *Acknowledge with a reason…*, or \`linekeeper ack PATH:LINE --reason TEXT\`.
- To switch a rule off in a file for everybody, use *Not dangerous here…*. It adds the rule to \`rules-off\` in the policy.

## Classes and severities

| Class | Harm | On |
|---|---|---|
${Object.entries(CLASSES)
  .map(
    ([name, means]) =>
      `| ${name} | ${means.replace(` ${ONLY_IF}`, '')} | ${means.includes(ONLY_IF) ? 'only if your policy lists it in `detect`' : 'yes'} |`,
  )
  .join('\n')}

| Severity | Meaning |
|---|---|
${Object.entries(SEVERITIES)
  .map(([name, means]) => `| ${name} | ${means} |`)
  .join('\n')}

## Rules

${GROUPS.map(
  ([heading]) =>
    `[${heading}](#${heading
      .toLowerCase()
      .replace(/[^a-z -]/g, '')
      .replaceAll(' ', '-')})`,
).join(' · ')}

${groups.join('\n')}`;
}

/** A page shows a few examples: the others are tests, beside the rule in the repository. */
const MOST_REPORTED = 3;
const MOST_SILENT = 2;
const MOST_LINES = 75;
const MOST_ROWS = 6;
const MOST_SETTINGS = 3;

/** The typical example first, and then those that leave the page short. */
function chosen(examples: readonly Example[], most: number): readonly Example[] {
  let lines = 0;
  return [...examples.filter(({ typical }) => typical), ...examples.filter(({ typical }) => !typical)]
    .slice(0, most)
    .filter(({ changes, reason }, index) => {
      lines += changes.reduce(
        (sum, { before, after }) => sum + linesOf(differences(before ?? '', after ?? '')).length,
        reason === undefined ? 7 : 9,
      );
      return index === 0 || lines <= MOST_LINES;
    });
}

async function rulePage(id: RuleId): Promise<string> {
  const rule: Rule = RULES[id];
  const { changes, settings, commands } = examplesOf(id, '…');
  const examples = changes.filter(({ title }) => title !== undefined);
  // A secret of an example is shortened, so that nothing finds it.
  const isFound = await Promise.all(
    examples.map(async (example) => classOf(id) === 'secrets' || (await reasonsOf(example, id)).length > 0),
  );
  const bad = chosen(
    examples.filter(({ expect }, index) => expect.length > 0 && isFound[index]),
    MOST_REPORTED,
  );
  const good = chosen(
    examples.filter(({ expect }) => expect.length === 0),
    MOST_SILENT,
  );
  const code = FIXES[id];
  return [
    `${made}# ${titleOf(id)}\n\nThe rule \`${id}\` reports ${rule.meaning}.\n`,
    `${turnsOn(classOf(id))}- **Risk**: ${harmOf(id)}${rule.dataOnly ? ' if data is kept there, else you can repair it' : ''}. Severity: ${severityOf(rule, '**')}.`,
    `- **Why**: ${rule.why}`,
    `- **Fix**: ${rule.fix}`,
    `- **Switch it off**: put \`${id}\` into \`rules-off\` of the policy ([for one warning or file](README.md#if-a-warning-is-wrong)). Its class is \`${classOf(id)}\`.\n`,
    ...(code === undefined ? [] : [`## A safe change\n\n${fenced(code.trimEnd())}\n`]),
    ...(bad.length === 0 ? [] : [`## Reported\n\n${(await shownAll(bad, id)).join('\n')}`]),
    ...(good.length === 0 ? [] : [`## Not reported\n\n${(await shownAll(good, id)).join('\n')}`]),
    ...settingLines(settings),
    ...commandLines(commands, classOf(id)),
    `[All rules](README.md)\n`,
  ].join('\n');
}

/** Settings that it notices, and those that it lets pass. */
function settingLines(settings: SettingExamples | undefined): readonly string[] {
  if (settings === undefined) return [];
  const { found, silent, reasons } = settings;
  return [
    `## Settings\n\nReported, for example:\n\n${changed(found)}\n${silent.length === 0 ? '' : `\nNot reported:\n\n${changed(silent, reasons)}\n`}`,
  ];
}

/** `data: shop.backups: true → false`: the kind of file, the path of the key, and its values. */
const SETTING = /^(?<kind>.+?): (?<key>\S+): (?<before>.*) → (?<after>.*)$/;

/** The files of a format whose name does not say it. */
const FILES: Readonly<Partial<Record<string, string>>> = {
  data: 'YAML or JSON',
  protection: '`.github/settings.yml`',
};

/** Settings as a table; as a list if one of them has another form. */
function changed(all: readonly string[], reasons?: ReadonlyMap<string, string>): string {
  const shownRows = all.slice(0, MOST_SETTINGS);
  const rows = shownRows.map((text) => SETTING.exec(text)?.groups);
  if (rows.some((row) => row === undefined)) return listed(all);
  const lines = rows.map(
    ({ kind = '', key = '', before = '', after = '' } = {}, index) =>
      `| ${FILES[kind] ?? kind} | \`${cell(key)}\` | from \`${cell(before)}\` to \`${cell(after)}\` |${reasons === undefined ? '' : ` ${reasons.get(shownRows[index] ?? '') ?? ''} |`}`,
  );
  const [title, line] = reasons === undefined ? ['', ''] : [' Why |', '---|'];
  return `| File | Key | Change |${title}\n|---|---|---|${line}\n${lines.join('\n')}`;
}

const listed = (all: readonly string[]): string =>
  all
    .slice(0, MOST_ROWS)
    .map((text) => `- \`${text}\``)
    .join('\n');

/** Programs that most readers know, the first first. */
const WELL_KNOWN =
  'rm find terraform aws gcloud az kubectl helm docker git gh psql mysql redis-cli npm pulumi cdk heroku'.split(' ');

/** Verbs that a reader expects from a dangerous command. */
const VERB = /\b(?:delete|destroy|drop|flush\w*|kill|poweroff|purge|remove|reset|rm|shutdown|terminate\S*)\b/i;

/** The shortest command of each program, those of well-known programs first. */
function typicalFirst(commands: readonly string[]): readonly string[] {
  const programOf = (command: string): string => /^\S+/.exec(command)?.[0] ?? '';
  const rank = (command: string): number => {
    const known = WELL_KNOWN.indexOf(programOf(command));
    return known < 0 ? WELL_KNOWN.length : known;
  };
  const vague = (command: string): number => (VERB.test(command) ? 0 : 1);
  const byLength = commands.toSorted((a, b) => vague(a) - vague(b) || a.length - b.length);
  const first = byLength.filter(
    (command, index) => byLength.findIndex((earlier) => programOf(earlier) === programOf(command)) === index,
  );
  return [
    ...first.toSorted((a, b) => rank(a) - rank(b) || vague(a) - vague(b)),
    ...byLength.filter((command) => !first.includes(command)),
  ];
}

/** The guard's answer to a finding of the class. Without a policy, it asks about what destroys, and allows the rest. */
const answerTo = (group: Class): string =>
  group === 'destructive'
    ? 'The guard asks you first, unless [the policy](../agents.md#the-four-rights) allows or refuses them.'
    : 'The guard asks you first, or refuses, if [the policy](../agents.md#the-four-rights) restricts agents.';

/** Agents' commands that it reports, and those that it does not. */
function commandLines(commands: CommandExamples | undefined, group: Class): readonly string[] {
  if (commands === undefined) return [];
  return [
    `## Commands of agents\n\nReported, for example:\n\n${listed(typicalFirst(commands.stops))}\n\n${answerTo(group)}\n\nNot reported by this rule:\n\n${listed(typicalFirst(commands.passes))}\n`,
  ];
}

const made = '<!-- Written by `npm run docs`. -->\n';

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The rule's own findings in an example, each with its line. */
async function reasonsOf({ changes }: Example, id: RuleId): Promise<readonly string[]> {
  const findings = await findInChanges(changes, TOOLS, analyzersFor([classOf(id)]));
  return findings
    .filter(({ rule }) => rule === id)
    .map(
      ({ path: file, line, side, message }) =>
        `- ${changes.length > 1 ? `\`${file}\`: ` : ''}${side === 'old' ? 'Removed line' : 'Line'} ${String(line)}: ${inProse(message)}`,
    );
}

/** A message, without marks of Markdown that it does not mean. */
const inProse = (message: string): string =>
  message
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/[\\*<|[\]$]/g, '\\$&')))
    .join('');

const shownAll = (examples: readonly Example[], id: RuleId): Promise<string[]> =>
  Promise.all(examples.map(async (example) => shown(example, await reasonsOf(example, id))));

/** An example, with the reason for its answer: the messages of the findings, or the words of the example. */
function shown({ title, changes, reason }: Example, reasons: readonly string[]): string {
  const why = [...reasons, ...(reason === undefined ? [] : [reason])].join('\n\n').replaceAll('\n\n- ', '\n- ');
  return `### ${title ?? ''}\n\n${why === '' ? '' : `${why}\n\n`}${changes.map(({ path, before, after }) => `\`${path}\`${before === null ? ' (new)' : after === null ? ' (removed)' : ''}\n\n${fenced(differences(before ?? '', after ?? ''))}\n`).join('\n')}`;
}

/** Characters that nobody sees, except those that join an emoji. */
const HIDDEN = /(?!\u200d)\p{Cf}/gu;
const codeOf = (character: string): string =>
  `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;

function fenced(text: string): string {
  const fence = text.includes('```') ? '~~~~' : '```';
  return `${fence}diff\n${text.replace(HIDDEN, codeOf)}\n${fence}`;
}

/** The lines of both texts with diff marks: the common beginning and end, what was removed, what was added. */
function differences(before: string, after: string): string {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old[old.length - 1 - end] === now[now.length - 1 - end])
    end++;
  return [
    ...now.slice(0, start).map((line) => ` ${line}`),
    ...old.slice(start, old.length - end).map((line) => `-${line}`),
    ...now.slice(start, now.length - end).map((line) => `+${line}`),
    ...now.slice(now.length - end).map((line) => ` ${line}`),
  ]
    .map((line) => line.trimEnd())
    .join('\n');
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
