/** `linekeeper ack [PATH[:LINES] --reason TEXT|--undo]`: somebody looked into a warning and says why it is settled, or takes that back. The gate never hears of it. */
import type { FileAttribution } from '../../attribution/types';
import { decideLocally, type LocalDecision } from '../../decision';
import { statusOf } from '../../git';
import { jsonText, watchOf, type Watch } from '../../policy';
import { presentFile } from '../../recording';
import { acknowledgements, textOfPlace, warningPlaces, type Acknowledged, type WarningPlace } from '../../declarations';
import { pathAndLines } from '../paths';
import { printable, spans } from '../format-attribution';
import { CannotSay, type Call, type ExitCode, type Verb } from '../command';

const USAGE = '[PATH[:LINES] --reason TEXT|--undo]';

export const ack: Verb = {
  name: 'ack',
  summary: 'Acknowledge a warning with a reason, take that back, or list the warnings',
  usage: USAGE,
  options: { reason: { type: 'string' }, undo: { type: 'boolean' } },
  async run(call): Promise<ExitCode> {
    const [given, extra] = call.positionals;
    const told = new Set<string>();
    const tell = (sentence: string): void => {
      if (!told.has(sentence)) call.terminal.err(`linekeeper: ${sentence}`);
      told.add(sentence);
    };
    if (extra !== undefined) throw new CannotSay(`"linekeeper ack" takes one file at a time, not also ${JSON.stringify(extra)}. Usage: linekeeper ack ${USAGE}`);
    const reason = typeof call.values['reason'] === 'string' ? call.values['reason'].trim() : undefined;
    const undo = call.values['undo'] === true;
    if (undo && reason !== undefined) throw new CannotSay('Either --reason TEXT or --undo, not both.');
    if (given === undefined) {
      if (reason !== undefined || undo) throw new CannotSay(`Which warning? Usage: linekeeper ack ${USAGE}`);
      list(call, await warnings(call, tell));
      return 0;
    }
    if (!undo && (reason === undefined || reason === '')) throw new CannotSay('Why is this OK? Give a short reason with --reason TEXT, for whoever asks later.');
    const { path, lines } = pathAndLines(call, given);
    const meant = (await warnings(call, tell)).filter((warning) => warning.path === path && (lines === null || lines.some(({ start, end }) => warning.place.start <= end && start <= warning.place.end)));
    if (meant.length === 0) {
      call.terminal.err(`linekeeper: ${printable(given)} has no warning. "linekeeper ack" lists those there are.`);
      return 1;
    }
    const kept = acknowledgements(call.repository().gitDir, call.terminal.now);
    const settled = undo ? meant.filter(({ acknowledged }) => acknowledged !== undefined) : [];
    for (const { text } of settled) kept.remove(path, text);
    if (undo && settled.length === 0) {
      call.terminal.err(`linekeeper: no warning in ${printable(given)} was acknowledged. "linekeeper ack" lists the warnings.`);
      return 1;
    }
    if (reason !== undefined) for (const { text } of meant) kept.add(path, text, reason);
    list(call, await warnings(call, tell).then((all) => all.filter((warning) => meant.some((one) => one.path === warning.path && one.text === warning.text))));
    if (!call.json) call.terminal.out('The review is still required.\n');
    return 0;
  },
};

interface Warning {
  readonly path: string;
  readonly tier: string;
  readonly place: WarningPlace;
  readonly text: string;
  readonly acknowledged: Acknowledged | undefined;
}

/** AI's and unknown uncommitted changes in places that the policy watches, as the editor warns of them. */
async function warnings(call: Call, tell: (sentence: string) => void): Promise<Warning[]> {
  const repository = call.repository();
  const change = await statusOf(repository, call.terminal.now, tell);
  const local = await decideLocally(repository, change);
  for (const notice of local.notices) tell(notice);
  const kept = acknowledgements(repository.gitDir, call.terminal.now);
  return change.files.flatMap((file) => {
    const tier = tierOf(local, file);
    if (!tier || file.status === 'D') return [];
    const lines = (presentFile(repository.root, file.path)?.content.toString('utf8') ?? '').split(/\r\n|\n/);
    return warningPlaces(file, lines.length, tier.watch).map((place): Warning => {
      const text = textOfPlace(lines, place);
      return { path: file.path, tier: tier.name, place, text, acknowledged: kept.of(file.path, text) };
    });
  });
}

function tierOf({ policy: { policy }, decision, tierOfFile }: LocalDecision, file: FileAttribution): { readonly name: string; readonly watch: Watch } | undefined {
  const name = tierOfFile(file);
  const tier = policy.tiers.find((one) => one.name === name);
  return tier && { name: tier.name, watch: watchOf(policy, tier, decision.tiers.find((one) => one.name === name)?.required ?? []) };
}

function list({ json, terminal }: Call, all: readonly Warning[]): void {
  if (json) {
    terminal.out(jsonText({ warnings: all.map(({ path, tier, place, acknowledged }) => ({ path, tier, ...place, acknowledged: acknowledged ? { reason: acknowledged.reason, at: new Date(acknowledged.at).toISOString() } : null })) }));
    return;
  }
  if (all.length === 0) terminal.out('No warnings.\n');
  for (const { path, tier, place, acknowledged } of all) {
    const who = place.author === 'ai' ? 'AI' : 'An unknown author';
    const what = place.removal ? `${who} removed lines here` : `${who} wrote ${spans([place])}`;
    terminal.out(`${printable(path)}:${String(place.start)}  [${tier}] ${what}${acknowledged ? `; acknowledged: ${printable(acknowledged.reason)}` : ''}\n`);
  }
}
