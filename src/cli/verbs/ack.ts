/**
 * `linekeeper ack [PATH[:LINES] --reason TEXT|--undo]`: somebody looked into a warning and says why it is settled, or
 * undoes that. The gate never sees it.
 */
import type { FileAttribution } from '../../provenance/authorship/types';
import { decideLocally, type LocalDecision } from '../../policy/local-work';
import { statusOf } from '../../provenance/commits';
import { isGenerated, jsonText, watchOf, type Watch, printable } from '../../policy';
import { presentFile } from '../../provenance/assistants/record';
import {
  acknowledgements,
  dangersOf,
  subjectOfDanger,
  textOfPlace,
  warningPlaces,
  type Acknowledged,
  type DangerCause,
  type WarningPlace,
} from '../../policy/warnings';
import { pathAndLines } from '../arguments/path-and-lines';
import { spans } from '../output/format-attribution';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

export const ack: Verb = {
  name: 'ack',
  summary: 'Hide a warning with a reason, show it again, or list all warnings',
  example: 'linekeeper ack infra/db.tf:12 --reason "The database is empty"',
  exits: '0 done. 1 if there is no warning at that place.',
  usage: '[PATH[:LINES] --reason TEXT|--undo]',
  options: {
    reason: { type: 'string', value: 'TEXT', says: 'the reason, stored in this work tree' },
    undo: { type: 'boolean', says: 'undo the acknowledgement: the warning shows again' },
  },
  async run(call): Promise<ExitCode> {
    const [id, extra] = call.positionals;
    const printed = new Set<string>();
    const tell = (sentence: string): void => {
      if (!printed.has(sentence)) call.terminal.err(`linekeeper: ${sentence}`);
      printed.add(sentence);
    };
    if (extra !== undefined)
      throw new CannotSay(
        `"linekeeper ack" takes one file at a time, not also ${JSON.stringify(extra)}. "linekeeper help ack" shows its usage.`,
      );
    const reason = typeof call.values['reason'] === 'string' ? call.values['reason'].trim() : undefined;
    const undo = call.values['undo'] === true;
    if (undo && reason !== undefined) throw new CannotSay('Either --reason TEXT or --undo, not both.');
    if (id === undefined) {
      if (reason !== undefined || undo)
        throw new CannotSay(`A warning is missing. "linekeeper help ack" shows its usage.`);
      list(call, await warnings(call, tell));
      return 0;
    }
    if (!undo && (reason === undefined || reason === ''))
      throw new CannotSay('--reason is missing. Say in a few words why this is OK: --reason "The database is empty".');
    const { path, lines } = pathAndLines(call, id);
    const meant = (await warnings(call, tell)).filter(
      (warning) =>
        warning.path === path &&
        (lines === null || lines.some(({ start, end }) => warning.start <= end && start <= warning.end)),
    );
    if (meant.length === 0) {
      call.terminal.err(`linekeeper: ${printable(id)} has no warning. "linekeeper ack" lists all warnings.`);
      return 1;
    }
    const stored = acknowledgements(call.repository().gitDir, call.terminal.now);
    const settled = undo ? meant.filter(({ acknowledged }) => acknowledged !== undefined) : [];
    for (const { text } of settled) stored.remove(path, text);
    if (undo && settled.length === 0) {
      call.terminal.err(
        `linekeeper: no warning in ${printable(id)} was acknowledged. "linekeeper ack" lists the warnings.`,
      );
      return 1;
    }
    if (reason !== undefined) for (const { text } of meant) stored.add(path, text, reason, await email(call));
    list(
      call,
      await warnings(call, tell).then((all) =>
        all.filter((warning) => meant.some((one) => one.path === warning.path && one.text === warning.text)),
      ),
    );
    if (!call.json) call.terminal.out('The review is still required.\n');
    return 0;
  },
};

interface Warning {
  readonly path: string;
  readonly tier: string | null;
  readonly start: number;
  readonly end: number;
  /** What it is about: changes by an author, or a danger that the rules found. */
  readonly about: { readonly place: WarningPlace } | { readonly danger: DangerCause };
  /** The text that identifies it. */
  readonly text: string;
  readonly acknowledged: Acknowledged | undefined;
}

/** Who says it, from git's configuration. */
async function email(call: Call): Promise<string | null> {
  const { stdout } = await call.repository().git(['config', '--get', 'user.email'], { codes: [0, 1] });
  const address = stdout.toString('utf8').trim();
  return address === '' ? null : address;
}

/**
 * Dangers in uncommitted changes, and AI's and unknown changes in places that the policy watches, as the editor shows
 * them.
 */
async function warnings(call: Call, tell: (sentence: string) => void): Promise<Warning[]> {
  const repository = call.repository();
  const change = await statusOf(repository, call.terminal.now, tell);
  const local = await decideLocally(repository, change);
  for (const notice of local.notices) tell(notice);
  const stored = acknowledgements(repository.gitDir, call.terminal.now);
  return change.files.flatMap((file): Warning[] => {
    if (isGenerated(local.policy.policy, file.path)) return [];
    const tier = tierOf(local, file);
    const lines =
      file.status === 'D'
        ? []
        : (presentFile(repository.root, file.path)?.content.toString('utf8') ?? '').split(/\r\n|\n/);
    const warning = (start: number, end: number, about: Warning['about'], text: string): Warning => ({
      path: file.path,
      tier: tier?.name ?? null,
      start,
      end,
      about,
      text,
      acknowledged: stored.of(file.path, text),
    });
    const found = local.decision.findings.filter(({ path }) => path === file.path);
    const dangers = dangersOf(found, file, lines.length).map((danger) =>
      warning(
        danger.line,
        danger.line,
        { danger },
        subjectOfDanger(danger.finding, textOfPlace(lines, { start: danger.line, end: danger.line })),
      ),
    );
    // next to a danger nothing else is reported: its message says what is needed
    const places = (tier && file.status !== 'D' ? warningPlaces(file, lines.length, tier.watch) : []).filter(
      ({ start, end }) => !dangers.some((danger) => start <= danger.start && danger.start <= end),
    );
    return [
      ...dangers,
      ...places.map((place) => warning(place.start, place.end, { place }, textOfPlace(lines, place))),
    ].sort((one, other) => one.start - other.start);
  });
}

function tierOf(
  { policy: { policy }, decision, tierOfFile }: LocalDecision,
  file: FileAttribution,
): { readonly name: string; readonly watch: Watch } | undefined {
  const name = tierOfFile(file);
  const tier = policy.tiers.find((one) => one.name === name);
  return (
    tier && {
      name: tier.name,
      watch: watchOf(policy, tier, decision.tiers.find((one) => one.name === name)?.required ?? []),
    }
  );
}

function list({ json, terminal }: Call, all: readonly Warning[]): void {
  if (json) {
    terminal.out(
      jsonText({
        warnings: all.map(({ path, tier, start, end, about, acknowledged }) => ({
          path,
          tier,
          start,
          end,
          ...aboutOf(about),
          acknowledged: acknowledged
            ? { reason: acknowledged.reason, by: acknowledged.by, at: new Date(acknowledged.at).toISOString() }
            : null,
        })),
      }),
    );
    return;
  }
  if (all.length === 0) terminal.out('No warnings.\n');
  for (const warning of all) {
    const { path, tier, start, acknowledged } = warning;
    const by = acknowledged?.by ? ` (${printable(acknowledged.by)})` : '';
    terminal.out(
      `${printable(path)}:${String(start)}  ${tier === null ? '' : `[${tier}] `}${inWords(warning)}${acknowledged ? `; acknowledged${by}: ${printable(acknowledged.reason)}` : ''}\n`,
    );
  }
}

const aboutOf = (about: Warning['about']): object =>
  'place' in about
    ? { removal: about.place.removal, author: about.place.author }
    : {
        removal: about.danger.finding.side === 'old',
        author: about.danger.author,
        rule: about.danger.finding.rule,
        severity: about.danger.finding.severity,
        message: about.danger.finding.message,
      };

function inWords({ about }: Warning): string {
  if ('danger' in about) {
    const { finding, count } = about.danger;
    return `${printable(finding.message)} (${finding.severity}, ${finding.rule}${count > 1 ? `, and ${String(count - 1)} more here` : ''})`;
  }
  const who = about.place.author === 'ai' ? 'AI' : 'An unknown author';
  return about.place.removal ? `${who} removed lines here` : `${who} wrote ${spans([about.place])}`;
}
