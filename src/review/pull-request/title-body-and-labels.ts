/**
 * The text of the pull request: a title, and a body that tells a reviewer at a glance who must sign, why, and where to
 * look.
 */
import type { FileAttribution } from '../../provenance/authorship/types';
import type { BlastRadius } from '../../policy/blast-radius/types';
import { stillMissing } from '../../policy/decision';
import {
  listIf,
  type AddedDependency,
  type Decision,
  byOutcome,
  requirementText,
  type RequirementResult,
  strengthOf,
  code,
  mention,
  prose,
  visible,
} from '../../policy';
import {
  assistantsOf,
  countFile,
  isOfInterest,
  sum,
  total,
  type FileCounts,
  type Lines,
} from './count-lines-by-author';
import type { UntestedLines } from '../test-coverage';

export interface TextFacts {
  readonly decision: Decision;
  readonly files: readonly FileAttribution[];
  /** As returned by {@link suggestReviewers}. */
  readonly reviewers: readonly string[];
  /** How many commits have AI lines by their trailers, but no note that locates them. */
  readonly withoutNotes?: number;
  /** What depends on the change, when it was computed. */
  readonly blast?: BlastRadius | undefined;
  /** Libraries that the change declares. Left out: none. */
  readonly dependencies?: readonly AddedDependency[];
  /** AI's lines compared with a coverage report, when there is one. */
  readonly tested?: TestedLines;
  /** Address of a line at the forge; left out when the forge may not have the commit. */
  readonly addressOf?: (path: string, line: number) => string;
}

/** AI's lines that no test runs. */
export interface TestedLines extends UntestedLines {
  /** The report's file. */
  readonly report: string;
  /** The report is older than the latest commit. */
  readonly stale: boolean;
}

const LONGEST_TITLE = 100;
const MOST_FILES = 12;
const MOST_FINDINGS = 6;
const MOST_ASSISTANTS = 4;

/**
 * A title on one line. For one commit its subject; for several the branch's name, or the first subject when the
 * branch's name is not descriptive. `subjects`: of the commits, oldest first.
 */
export function titleOf(subjects: readonly string[], branch: string): string {
  const [first = ''] = subjects;
  const fromBranch = branch.replace(/^.*\//, '').replace(/[-_]+/g, ' ').trim();
  const saysNothing = /^(?:main|master|trunk|dev|develop|head|patch \d+|\d*)$/i.test(fromBranch);
  const words =
    subjects.length === 1 || saysNothing
      ? first.replace(/^(?:(?:fixup|squash|amend)! )+/, '')
      : capitalised(fromBranch);
  const line = visible(words.replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu, ' ').trim()) || visible(branch);
  const characters = [...line];
  return withoutMentions(
    characters.length > LONGEST_TITLE
      ? `${characters
          .slice(0, LONGEST_TITLE - 1)
          .join('')
          .trimEnd()}…`
      : line,
  );
}

/** The body, in Markdown: the most important first, so that it survives shortening. */
export function bodyOf(facts: TextFacts): string {
  const sections = [
    signOff(facts),
    whatAiWrote(facts),
    aboutChecks(facts),
    findings(facts),
    dependencies(facts),
    overruled(facts),
    dependents(facts.blast),
    untested(facts),
    checklist(facts),
    onYourMachine(facts.files),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** Labels: `ai-assisted`, and the risk by its tier. */
export function labelsOf({ decision, files }: Pick<TextFacts, 'decision' | 'files'>): readonly string[] {
  const tier = decision.tiers.find(({ required }) => required.length > 0);
  return [
    ...(assistantsOf(files).length > 0 ? ['ai-assisted'] : []),
    ...(tier === undefined ? [] : [`risk: ${visible(tier.name).replace(/[",]/g, '')}`]),
  ];
}

/** Each requirement is named once, with every reason for it: the strictest in the headline. */
function signOff({ decision, reviewers }: TextFacts): readonly string[] {
  const worthSaying = [...decision.tiers.map(({ required }) => required), decision.required].flatMap((required) => {
    const missing = new Set(stillMissing(required));
    return required.filter((result) => result.satisfied || missing.has(result));
  });
  const [strictest] = worthSaying.filter(({ satisfied }) => !satisfied).sort((a, b) => weight(b) - weight(a));
  const title = headline(strictest, worthSaying.length > 0);
  const people = reviewers.length === 0 ? '' : ` Suggested reviewers: ${reviewers.map(mention).join(', ')}.`;
  const lines = byOutcome(worthSaying).flatMap((results) => requirementLines(results, title));
  return [`**${title}**${people}`, ...(lines.length > 0 ? ['', ...new Set(lines)] : [])];
}

function headline(strictest: RequirementResult | undefined, anything: boolean): string {
  if (strictest === undefined)
    return anything ? 'All required sign-offs are present.' : 'The policy requires no sign-off here.';
  return strictest.from === null
    ? 'Not ready to be merged.'
    : needs(requirementText({ ...strictest, from: strictest.from }));
}

const needs = (asks: string): string => `Needs ${asks}.`;

/** How strict a requirement is, to name the strictest first. */
const weight = (requirement: RequirementResult): number => {
  const { from, approvals, codeOwner } = requirement;
  return from === null ? -1 : strengthOf(requirement) * 1_000 + Math.min(approvals, 99) * 2 + Number(codeOwner);
};

/** One line for each reason below a headline that names the requirement; else one line for the requirement. */
function requirementLines(results: readonly RequirementResult[], title: string): readonly string[] {
  const [first] = results;
  if (first === undefined) return [];
  const { from, by, satisfied, missing, reason } = first;
  const reasons = results.map((result) => prose(result.reason ?? result.why));
  const outcome =
    by.length === 0
      ? ''
      : satisfied
        ? ` Signed off by ${by.map((name) => code(name)).join(', ')}.`
        : ` ${capitalised(prose(missing))}.`;
  const asks = from === null ? undefined : requirementText({ ...first, from });
  if (reason !== undefined && asks !== undefined && !satisfied && needs(asks) === title)
    return reasons.map((each) => `- ${each}${outcome}`);
  if (reason === undefined || results.length === 1) return results.map(({ why }) => `- ${prose(why)}${outcome}`);
  return [
    asks === undefined
      ? `- ${reasons.join(' ')} ${capitalised(prose(missing))}.`
      : `- ${capitalised(asks)}: ${reasons.join(' ')}${outcome}`,
  ];
}

function whatAiWrote(facts: TextFacts): readonly string[] {
  const missing = missingNotes(facts.withoutNotes ?? 0);
  return missing === '' ? aiLines(facts) : [...aiLines(facts), '', missing];
}

/** A reviewer must not mistake unknown lines for a person's. */
function missingNotes(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? 'One commit has AI lines by its trailers, and its note did not come along: which lines they are is unknown here.'
    : `${String(count)} commits have AI lines by their trailers, and their notes did not come along: which lines they are is unknown here.`;
}

function aiLines({ decision, files }: TextFacts): readonly string[] {
  const counted = files.map(countFile);
  const shown = inOrder(counted.filter(isOfInterest), decision);
  if (shown.length === 0) return ['### What AI wrote', 'Nothing that Linekeeper recorded.'];
  const ai = sum(counted.map((file) => file.ai));
  const all = sum(counted.flatMap((file) => [file.ai, file.human, file.unknown]));
  const assistants = assistantsOf(files);
  const names =
    assistants
      .slice(0, MOST_ASSISTANTS)
      .map((name) => (name === 'unknown-assistant' ? 'an AI assistant that nothing names' : prose(name)))
      .join(', ') + (assistants.length > MOST_ASSISTANTS ? ' and others' : '');
  const rest = shown.slice(MOST_FILES);
  return [
    '### What AI wrote',
    `**AI: ${String(total(ai))} of ${String(total(all))}** changed lines${cell(ai) && ` (${cell(ai)})`}${names && `, by ${names}`}.${unknownLines(counted)}`,
    '',
    ...table(shown.slice(0, MOST_FILES)),
    ...listIf(rest.length > 0, [
      '',
      `And ${String(rest.length)} more ${rest.length === 1 ? 'file' : 'files'}: ${cell(sum(rest.map(({ file }) => file.ai))) || 'no lines'} by AI.`,
    ]),
  ];
}

function unknownLines(files: readonly FileCounts[]): string {
  const unknown = sum(files.map((file) => file.unknown));
  const count = total(unknown);
  return count === 0 ? '' : ` ${String(count)} unknown (${cell(unknown)}).`;
}

interface Row {
  readonly tier: string | null;
  readonly file: FileCounts;
}

/** By tier, highest first, then by how much an assistant changed. */
function inOrder(files: readonly FileCounts[], decision: Decision): readonly Row[] {
  const rank = new Map<string, number>();
  decision.tiers.forEach((tier, index) => {
    for (const path of tier.files) if (!rank.has(path)) rank.set(path, index);
  });
  const rankOf = (file: FileCounts): number => rank.get(file.path) ?? decision.tiers.length;
  return [...files]
    .sort((a, b) => rankOf(a) - rankOf(b) || total(b.ai) - total(a.ai) || total(b.unknown) - total(a.unknown))
    .map((file) => ({ file, tier: decision.tiers[rankOf(file)]?.name ?? null }));
}

const COLUMNS: readonly { readonly title: string; readonly of: (file: FileCounts) => string }[] = [
  { title: 'AI', of: (file) => cell(file.ai) || (file.change === 'ai' ? 'the file' : '') },
  { title: 'Human', of: (file) => cell(file.human) },
  { title: 'Unknown', of: (file) => cell(file.unknown) || (file.change === 'unknown' ? 'the file' : '') },
];

function table(rows: readonly Row[]): readonly string[] {
  const columns = COLUMNS.filter(({ title, of }) => title === 'AI' || rows.some(({ file }) => of(file) !== ''));
  const line = (cells: readonly string[]): string => `|${cells.join('|')}|`;
  return [
    line(['Tier', 'File', ...columns.map(({ title }) => title)]),
    line(['-', '-', ...columns.map(() => '-:')]),
    ...rows.map(({ tier, file }) =>
      line([
        tier === null ? '' : code(tier),
        code(file.path) + (file.from === null ? '' : ` was ${code(file.from)}`),
        ...columns.map(({ of }) => of(file)),
      ]),
    ),
  ];
}

/** `+12 -4`; empty without lines. */
function cell({ added, removed }: Lines): string {
  return [added > 0 ? `+${String(added)}` : '', removed > 0 ? `-${String(removed)}` : '']
    .filter((part) => part !== '')
    .join(' ');
}

function findings(facts: TextFacts): readonly string[] {
  const others = facts.decision.findings.filter((finding) => !isByAiOnChecks(facts, finding));
  return listed('### What the rules noticed', others, facts);
}

/** Nobody but a person looks at a change of what would have looked at it. */
const aboutChecks = (facts: TextFacts): readonly string[] =>
  listed(
    '### AI changed its own checks',
    facts.decision.findings.filter((finding) => isByAiOnChecks(facts, finding)),
    facts,
  );

type FindingInTier = Decision['findings'][number];

/** A test, a threshold or a scanner that AI weakened, by who wrote or removed the line. */
function isByAiOnChecks({ files }: TextFacts, { class: kind, path, side, line }: FindingInTier): boolean {
  if (kind !== 'checks') return false;
  const file = files.find((one) => one.path === path);
  const ranges = side === 'old' ? file?.removed : file?.ranges;
  return ranges?.some(({ author, start, end }) => author === 'ai' && start <= line && line <= end) === true;
}

function listed(title: string, all: readonly FindingInTier[], { addressOf }: TextFacts): readonly string[] {
  if (all.length === 0) return [];
  const lines = all.slice(0, MOST_FINDINGS).map(({ severity, path, line, side, message }) => {
    const name = code(`${path}:${String(line)}`);
    const where =
      side === 'old' ? `${name} (removed)` : addressOf === undefined ? name : `[${name}](${addressOf(path, line)})`;
    return `- **${severity}** ${where} ${prose(message)}`;
  });
  const rest = all.length - lines.length;
  return [title, ...lines, ...(rest > 0 ? [`- and ${String(rest)} more: \`linekeeper check\` lists them`] : [])];
}

const MOST_DEPENDENCIES = 10;
const WHO: Readonly<Record<AddedDependency['author'], string>> = { ai: 'AI', human: 'a person', unknown: 'unknown' };

/** Each of them brings code that nobody here has read. */
function dependencies({ dependencies: all = [], addressOf }: TextFacts): readonly string[] {
  if (all.length === 0) return [];
  const rest = all.length - MOST_DEPENDENCIES;
  return [
    '### New dependencies',
    ...all.slice(0, MOST_DEPENDENCIES).map(({ name, version, path, line, author }) => {
      const place = code(`${path}:${String(line)}`);
      return `- ${code(name)}${version === null ? '' : ` ${code(version)}`} in ${addressOf === undefined ? place : `[${place}](${addressOf(path, line)})`}, written by ${WHO[author]}`;
    }),
    ...(rest > 0 ? [`- and ${String(rest)} more: \`linekeeper check --json\` lists them`] : []),
  ];
}

/** Who lifted the policy for an agent, or what it did in spite of it. */
function overruled({ decision: { overruled: all = [] } }: TextFacts): readonly string[] {
  if (all.length === 0) return [];
  return [
    '### Where agents did what the policy forbids',
    ...new Set(all.map(({ tier, says }) => `- ${tier === null ? 'every tier' : `tier ${code(tier)}`}: ${prose(says)}`)),
  ];
}

const MOST_DEPENDENTS = 8;

/** Files that depend on the change, with the line that shows the dependency. */
function dependents(blast: BlastRadius | undefined): readonly string[] {
  if (blast === undefined || blast.edges.length === 0) return [];
  const lines = blast.edges.slice(0, MOST_DEPENDENTS).map(({ kind, dependent, line, path, evidence, owners }) => {
    const where = code(line === null ? dependent : `${dependent}:${String(line)}`);
    const how =
      kind === 'history' ? `${prose(evidence)} with ${code(path)}` : `uses ${code(path)} (${kind}): ${code(evidence)}`;
    return `- ${where} ${how}${owners.length === 0 ? '' : `, owned by ${owners.map(code).join(', ')}`}`;
  });
  const rest = blast.edges.length - lines.length;
  return [
    `### ${String(blast.files)} ${blast.files === 1 ? 'file depends' : 'files depend'} on this`,
    ...lines,
    ...(rest > 0 ? [`- and ${String(rest)} more: \`linekeeper check --json\` lists them`] : []),
  ];
}

const MOST_UNTESTED = 6;

/** AI's code looks right: whether any test runs it says more. */
function untested({ tested, addressOf }: TextFacts): readonly string[] {
  if (tested === undefined || (tested.runnable === 0 && tested.unmeasured.length === 0)) return [];
  const { runnable, untested: count, files, unmeasured, report, stale } = tested;
  const named = ({ path, lines }: UntestedLines['files'][number]): string => {
    const name = code(
      `${path}:${lines
        .slice(0, 5)
        .map(({ start, end }) => (start === end ? String(start) : `${String(start)}-${String(end)}`))
        .join(',')}${lines.length > 5 ? ',…' : ''}`,
    );
    return `- ${addressOf === undefined ? name : `[${name}](${addressOf(path, lines[0]?.start ?? 1)})`}`;
  };
  const rest = files.length - MOST_UNTESTED;
  return [
    '### AI lines that no test runs',
    `${runnable === 0 ? "None of AI's lines that can be run is in the report" : `**${String(count)} of ${String(runnable)}** AI lines that can be run are run by no test`} (${code(report)}${stale ? ', older than the latest commit' : ''}).${unmeasured.length > 0 ? ` Not in the report: ${unmeasured.slice(0, 3).map(code).join(', ')}${unmeasured.length > 3 ? ` and ${String(unmeasured.length - 3)} more` : ''}.` : ''}`,
    ...files.slice(0, MOST_UNTESTED).map(named),
    ...(rest > 0 ? [`- and ${String(rest)} more ${rest === 1 ? 'file' : 'files'}`] : []),
  ];
}

/** What assistants get wrong most, and what costs most when nobody looks. */
function checklist({ decision, files }: TextFacts): readonly string[] {
  const removedByAi = files.some((file) => file.status === 'D' || file.removed.some((range) => range.author === 'ai'));
  const items = [
    ...listIf(removedByAi || decision.findings.some((finding) => finding.class === 'destructive'), [
      'Removes nothing that is still needed: data, checks, tests',
    ]),
    'Does only what was asked',
    'Every call, option and package exists and does what the code assumes',
    'Handles errors and limits; its tests would fail without the change',
  ];
  return ['### Review checklist', ...items.map((item) => `- [ ] ${item}`)];
}

function onYourMachine(files: readonly FileAttribution[]): readonly string[] {
  const example = files.find((file) => file.status !== 'D' && file.ranges.some((range) => range.author === 'ai'))?.path;
  const blame = example !== undefined && /^[\w./@+-]+$/.test(example) ? `, \`linekeeper blame ${example}\`` : '';
  return [`To see it line by line, on this branch: \`linekeeper show HEAD\`${blame}`];
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Titles are not Markdown, but forges render code spans in them, and a mention in one notifies nobody. */
function withoutMentions(line: string): string {
  const called = /(?<![\p{L}\p{N}_])@[\w./@-]*\w/gu;
  return called.test(line) ? line.replaceAll('`', "'").replace(called, '`$&`') : line;
}
