/**
 * The pages about the danger rules, one for each and one with all: what the rule means, how to do it safely, and
 * examples that are also its tests.
 */
import { classOf, RULES, type Rule, type RuleId } from '../../src/danger';
import {
  examplesOf,
  RULE_IDS,
  type CommandExamples,
  type Example,
  type SettingExamples,
} from '../../test/support/examples';

/** The pages' folder, relative to the repository's root. It is packaged with the extension. */
export const RULES_FOLDER = 'docs/rules';

/** The name of a rule's page in {@link RULES_FOLDER}. */
export const pageOf = (id: RuleId): string => `${id.replace('/', '-')}.md`;

const CLASSES = {
  destructive: 'You may lose data or a running service.',
  permissions: 'A person or a program gets more access than before.',
  secrets: 'The text contains a secret, which stays in the history of Git.',
  checks:
    'The change weakens a test, a threshold or a scanner. The rule reports only if a tier of the policy has this class in `detect`.',
  agents:
    'The next agent may do more, or reads text that no person sees. The rule reports only if a tier of the policy has this class in `detect`.',
  availability:
    'A service may wait, slow down or stop. The rule reports only if a tier of the policy has this class in `detect`.',
} as const;

const SEVERITIES = {
  critical: 'you lose data or a running service for good',
  high: 'only a backup can restore the data, a protection is removed, or everybody gets access',
  medium: 'an outage or a lock, or wide access for some people',
  low: 'look at it before you merge',
} as const;

/** What a severity means in a class: a weakened test loses no data by itself. */
const meaningOf = (severity: Rule['severity'], of: keyof typeof CLASSES): string =>
  of === 'checks'
    ? 'a fault can reach the base branch'
    : of === 'agents'
      ? 'an agent can do more than a person allowed'
      : SEVERITIES[severity];

const severityOf = ({ severity, dataOnly }: Rule): string =>
  `${severity}${dataOnly ? ' if data is kept there, else medium' : ''}`;

/** Every page by its name in {@link RULES_FOLDER}. */
export function rulePages(): ReadonlyMap<string, string> {
  return new Map([['README.md', overview()], ...RULE_IDS.map((id) => [pageOf(id), rulePage(id)] as const)]);
}

function overview(): string {
  const rows = RULE_IDS.map(
    (id) => `| [\`${id}\`](${pageOf(id)}) | ${cell(RULES[id].meaning)} | ${severityOf(RULES[id])} |`,
  );
  return `${made}# Danger rules

For people who see a warning. Click the name of its rule in the table: its page says what you can lose, how to change it safely, and which changes it reports.

A rule judges a change, a plan or a command, by AI or by a person. In [the policy](../policy.md), \`detect\` of a tier lists classes. Files with such a finding then need the sign-offs of that tier.

## If a warning is wrong

- To hide one warning for yourself, use the quick fix *Acknowledge with a reason…*, or \`linekeeper ack PATH:LINE --reason TEXT\`.
- To switch a rule off in a file for everybody, use *Not dangerous here…*. It adds the rule to \`rules-off\` in the policy.

## Classes

${Object.entries(CLASSES)
  .map(([name, means]) => `- **${name}**: ${means}`)
  .join('\n')}

## Severities

${Object.entries(SEVERITIES)
  .map(([name, means]) => `- **${name}**: ${means}`)
  .join('\n')}

## Rules

| Rule | Reports | Severity |
|---|---|---|
${rows.join('\n')}
`;
}

function rulePage(id: RuleId): string {
  const rule: Rule = RULES[id];
  const { changes, settings, commands } = examplesOf(id, '…');
  const examples = changes.filter(({ title }) => title !== undefined);
  const bad = examples.filter(({ expect }) => expect.length > 0);
  const good = examples.filter(({ expect }) => expect.length === 0);
  return [
    `${made}# \`${id}\`\n\nReports: ${rule.meaning}.\n`,
    `Severity: **${severityOf(rule)}** (${meaningOf(rule.severity, classOf(id))}). Class: \`${classOf(id)}\`. ${CLASSES[classOf(id)]}\n`,
    `## Why it matters\n\n${rule.why}\n`,
    `## Fix\n\n${rule.fix}\n`,
    ...(bad.length === 0 ? [] : [`## Reported\n\n${bad.map((example) => shown(example, id)).join('\n')}`]),
    ...(good.length === 0 ? [] : [`## Not reported\n\n${good.map((example) => shown(example, id)).join('\n')}`]),
    ...settingLines(settings),
    ...commandLines(commands),
    `[If the warning is wrong](README.md#if-a-warning-is-wrong) · [All rules](README.md)\n`,
  ].join('\n');
}

/** Settings that it notices, and those that it lets pass. */
function settingLines(settings: SettingExamples | undefined): readonly string[] {
  if (settings === undefined) return [];
  const { found, silent } = settings;
  return [
    `## Settings\n\nReported:\n\n${listed(found)}\n${silent.length === 0 ? '' : `\nNot reported:\n\n${listed(silent)}\n`}`,
  ];
}

const listed = (all: readonly string[]): string => all.map((text) => `- \`${text}\``).join('\n');

/** Agents' commands that it stops, and those that it allows. */
function commandLines(commands: CommandExamples | undefined): readonly string[] {
  if (commands === undefined) return [];
  return [
    `## Commands of agents\n\nBlocked:\n\n${listed(commands.stops)}\n\nNot blocked by this rule:\n\n${listed(commands.passes)}\n`,
  ];
}

const made = '<!-- Written by `npm run docs`. -->\n';

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** An example, with the number of the rule's own findings: the text of a title alone does not say what is joined. */
function shown({ title, changes, expect }: Example, id: RuleId): string {
  const count = expect.filter((finding) => finding.startsWith(`${id} `)).length;
  const findings = count === 0 ? '' : `Findings: ${String(count)}.\n\n`;
  return `### ${title ?? ''}\n\n${findings}${changes.map(({ path, before, after }) => `\`${path}\`${before === null ? ' (new)' : after === null ? ' (removed)' : ''}\n\n${fenced(differences(before ?? '', after ?? ''))}\n`).join('\n')}`;
}

function fenced(text: string): string {
  const fence = text.includes('```') ? '~~~~' : '```';
  return `${fence}diff\n${text}\n${fence}`;
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
