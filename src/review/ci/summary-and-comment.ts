/**
 * What a job reports to people: in its summary, and in the one comment on the pull request. Markdown; everything from
 * outside is shown as code.
 */
import { stillMissing } from '../../policy/decision';
import { iconOf } from '../gate';
import {
  listIf,
  amountText,
  isGenerated,
  NOBODY_ELSE_MAY_SIGN,
  type RequirementResult,
  code,
  prose,
} from '../../policy';
import type { FileAttribution } from '../../provenance/authorship/types';
import type { Decided } from './decide-pull-request';
import { statusNameOf } from './commit-status-name';
import { firstWordOf } from '../forges/client-parts/ci-events-and-variables';
import type { Environment } from '../forges';

/** Begins our comment, so that it can be found and updated. */
export const MARKER = '<!-- linekeeper: review -->';

const MOST_FILES = 30;
const MOST_FINDINGS = 10;
const MOST_PEOPLE = 5;

/**
 * Where the documentation is: in the repository that the Action came from. Null when unknown, as in GitLab.
 */
export function docsAt(env: Environment): string | null {
  const address = env['LINEKEEPER_DOCS_URL'];
  if (address !== undefined && /^https:\/\/[^\s<>()"'`[\]]+$/.test(address)) return address.replace(/\/+$/, '');
  // A forge that imitates GitHub gives its own server's address, where the Action is not.
  if (firstWordOf(env, 'GITEA_ACTIONS', 'FORGEJO_ACTIONS') !== undefined) return null;
  const {
    GITHUB_SERVER_URL: server = '',
    GITHUB_ACTION_REPOSITORY: repository = '',
    GITHUB_ACTION_REF: ref = '',
  } = env;
  return /^https?:\/\/[\w.:-]+$/.test(server) && /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w.-]+$/.test(ref)
    ? `${server}/${repository}/blob/${ref}/docs`
    : null;
}

/** The whole report. */
export function summaryOf(decided: Decided, docs: string | null): string {
  const links =
    docs === null
      ? []
      : [`[What to do](${docs}/ci.md#if-the-check-says-no) · [How lines are counted](${docs}/attribution.md)`];
  const sections = [
    head(decided),
    asks(decided),
    tableOf(decided),
    findings(decided, docs),
    refused(decided),
    notices(decided),
    links,
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** For when nothing could be decided. */
export const undecidedText = (why: string, docs: string | null): string =>
  `## ❌ Linekeeper could not decide\n\n${prose(why)}\n\nUntil this is fixed, the answer is no.${docs === null ? '' : ` [What to do](${docs}/ci.md#when-it-could-not-decide)`}\n`;

/** The report as the text of our comment. */
export const commentOf = (decided: Decided, docs: string | null): string => `${MARKER}\n${summaryOf(decided, docs)}`;

const openOf = ({ result }: Pick<Decided, 'result'>): readonly RequirementResult[] =>
  [...result.tiers.map(({ required }) => required), result.required].flatMap(stillMissing);

/** One line: what is still needed before this may be merged. */
export function verdictLine(decided: Pick<Decided, 'result'>): string {
  const open = openOf(decided);
  if (decided.result.wouldBe !== undefined) {
    const would = [...new Set(open.map(({ missing }) => missing))];
    const more = would.length > 2 ? `; and ${String(would.length - 2)} more` : '';
    return `Observing, nothing is stopped. ${would.length === 0 ? 'Every sign-off that the policy would require is there.' : `The policy would require: ${would.slice(0, 2).join('; ')}${more}.`}`;
  }
  if (decided.result.verdict === 'pass') return 'Ready: all required sign-offs are there.';
  const missing = [...new Set(open.map(({ missing: what }) => what))];
  return `Not ready: ${missing.slice(0, 2).join('; ')}${missing.length > 2 ? `; and ${String(missing.length - 2)} more` : ''}.`;
}

function head(decided: Decided): readonly string[] {
  const { result, change } = decided;
  const status = statusNameOf(change);
  return [
    `## ${iconOf(result)} ${prose(verdictLine(decided))}`,
    '',
    `Commit ${code(result.head.slice(0, 12))} into ${code(decided.base)}, opened by ${code(change.opener)}.${change.draft ? ' This is a draft: it is decided as it will be.' : ''}${status === 'linekeeper' ? '' : ` The status of this branch is ${code(status)}.`}`,
  ];
}

/** What is missing, from whom, and who can help. */
function asks(decided: Decided): readonly string[] {
  const { result } = decided;
  const blocks = result.tiers.flatMap(({ name, required }) =>
    required.map((one) => ({ one, name, who: result.signers[name] })),
  );
  const all = [...blocks, ...result.required.map((one) => ({ one, name: null, who: undefined }))];
  if (all.length === 0) return ['The policy requires no sign-off here.'];
  const open = new Set(openOf(decided));
  return [
    result.wouldBe === undefined ? '### What it needs' : '### What it would need',
    '',
    ...all.flatMap(({ one: requirement, who }) =>
      requirement.satisfied
        ? `- [x] ${prose(requirement.why)}${requirement.by.length > 0 ? ` Signed off by ${requirement.by.map(code).join(', ')}.` : ''}`
        : open.has(requirement)
          ? `- [ ] **${prose(capital(requirement.missing))}.** ${prose(requirement.why)}${askWhom(requirement, who)}`
          : [],
    ),
  ];
}

const askWhom = (requirement: RequirementResult, who: readonly string[] | undefined): string => {
  if (requirement.from === null || who === undefined) return '';
  if (who.length === 0) return ` ${NOBODY_ELSE_MAY_SIGN}`;
  const more = who.length - MOST_PEOPLE;
  return ` You can ask: ${who.slice(0, MOST_PEOPLE).map(code).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}.`;
};

interface Row {
  readonly tier: string | null;
  readonly rank: number;
  readonly file: FileAttribution;
  readonly counts: Readonly<Record<'ai' | 'human' | 'unknown', readonly [added: number, removed: number]>>;
}

/** Files by tier, highest first, then by how much AI changed. Generated files are left out, as in the counts. */
export function rowsOf({ result, net, policy }: Pick<Decided, 'result' | 'net' | 'policy'>): readonly Row[] {
  const rank = new Map(result.tiers.flatMap(({ files }, index) => files.map((file) => [file, index] as const)));
  const count = (file: FileAttribution, author: 'ai' | 'human' | 'unknown'): readonly [number, number] => {
    const of = (ranges: FileAttribution['ranges']): number =>
      ranges.reduce((sum, one) => (one.author === author ? sum + one.end - one.start + 1 : sum), 0);
    return [of(file.ranges), of(file.removed)];
  };
  return net.files
    .map(({ attribution }) => attribution)
    .filter((file) => !isGenerated(policy, file.path, file.from))
    .map((file): Row => {
      const at = rank.get(file.path) ?? result.tiers.length;
      return {
        file,
        rank: at,
        tier: result.tiers[at]?.name ?? null,
        counts: { ai: count(file, 'ai'), human: count(file, 'human'), unknown: count(file, 'unknown') },
      };
    })
    .sort(
      (first, second) =>
        first.rank - second.rank ||
        sum(second.counts.ai) - sum(first.counts.ai) ||
        sum(second.counts.unknown) - sum(first.counts.unknown),
    );
}

const sum = ([added, removed]: readonly [number, number]): number => added + removed;

function tableOf(decided: Decided): readonly string[] {
  const rows = rowsOf(decided);
  if (rows.length === 0) return [];
  const cell = ([added, removed]: readonly [number, number]): string => amountText(added, removed);
  const of = (row: Row, author: 'ai' | 'human' | 'unknown'): string =>
    cell(row.counts[author]) || (row.file.change?.author === author ? 'the file' : '');
  const shown = rows.slice(0, MOST_FILES);
  return [
    '### Who wrote it',
    '',
    '| Tier | File | AI | Human | Unknown |',
    '|---|---|--:|--:|--:|',
    ...shown.map(
      (row) =>
        `| ${row.tier === null ? '' : code(row.tier)} | ${code(row.file.path)} | ${of(row, 'ai')} | ${of(row, 'human')} | ${of(row, 'unknown')} |`,
    ),
    ...(rows.length > shown.length ? ['', `And ${String(rows.length - shown.length)} more.`] : []),
    ...listIf(decided.policy.unknown === 'ai' && rows.some(({ counts }) => sum(counts.unknown) > 0), [
      '',
      "Lines of unknown author count as AI's here.",
    ]),
  ];
}

function findings({ result }: Decided, docs: string | null): readonly string[] {
  if (result.findings.length === 0) return [];
  const shown = result.findings.slice(0, MOST_FINDINGS);
  const more = result.findings.length - shown.length;
  return [
    '### Look closely',
    '',
    ...shown.map(
      ({ severity, path, line, side, rule, message }) =>
        `- **${severity}** ${code(`${path}:${String(line)}`)}${side === 'old' ? ' (removed)' : ''} ${prose(message)} (${docs === null ? code(rule) : `[${rule}](${docs}/rules/${rule.replaceAll('/', '-')}.md)`})`,
    ),
    ...(more > 0 ? [`- and ${String(more)} more`] : []),
  ];
}

function refused({ result }: Decided): readonly string[] {
  const not = result.signOffs.filter(({ counts }) => !counts);
  return listIf(not.length > 0, [
    '### Approvals that do not count',
    '',
    ...not.map(({ by, tier, why }) => `- ${code(by)} for ${code(tier)}: ${prose(why)}`),
  ]);
}

const notices = ({ notices: ours, result }: Decided): readonly string[] =>
  [...ours, ...result.notices].map((one) => `> ${prose(one)}`);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
