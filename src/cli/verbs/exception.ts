/** `linekeeper exception`: for some minutes a person lets agents do what the policy forbids, and gives a reason. */
import {
  activeExceptions,
  endExceptions,
  grantException,
  MINUTES_AT_MOST,
  type Exception,
} from '../../provenance/journal/exceptions';
import { keepException, keepExceptionEnd } from '../../provenance/commits';
import { keptOfRuns, loadPolicy } from '../../policy/load';
import { jsonText, printable } from '../../policy';
import { requirePerson } from '../person-at-terminal';
import { CannotSay, type Call, type ExitCode, type Verb } from '../verb';

const MINUTES = 15;

export const exception: Verb = {
  name: 'exception',
  summary: 'Lift the restrictions of agents for a few minutes',
  example: 'linekeeper exception --reason "Restore the cluster" --minutes 10',
  more: '\nOnly a person can do this: in a terminal outside of the editor, or with Suspend Agent Restrictions….\n',
  usage: '[--reason TEXT [--minutes N] [--tier NAME] [--session ID]] | --end',
  options: {
    reason: { type: 'string', value: 'TEXT', says: "the reason, stored in the commit's note" },
    minutes: { type: 'string', value: 'N', says: 'the minutes, from 1 to 120; default: 15' },
    tier: { type: 'string', value: 'NAME', says: 'only in this tier of the policy' },
    session: { type: 'string', value: 'ID', says: 'only for this session of an assistant' },
    end: { type: 'boolean', says: 'end all active exceptions' },
  },
  words: 0,
  async run(call): Promise<ExitCode> {
    const { terminal } = call;
    const repository = call.repository();
    const { gitDir } = repository;
    if (call.values['end'] === true) {
      const ended = endExceptions(gitDir, terminal.now());
      const detail = ended.length > 0 ? keptOfRuns((await loadPolicy(repository)).policy) : undefined;
      if (detail) for (const exception of ended) keepExceptionEnd(repository, exception, detail, terminal.now());
      terminal.out(
        ended.length === 0
          ? 'No exception is active.\n'
          : 'The exception is over: the policy restricts agents again.\n',
      );
      return 0;
    }
    if (Object.keys(call.values).every((name) => name === 'repo' || name === 'json'))
      return show(call, activeExceptions(gitDir, terminal.now()));
    const reason = word(call, 'reason') ?? '';
    if (reason === '')
      throw new CannotSay(
        '--reason is missing. Say in a few words why the exception is needed: they are kept with the commit.',
      );
    const minutes = Number(word(call, 'minutes') ?? MINUTES);
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > MINUTES_AT_MOST)
      throw new CannotSay(`--minutes takes a whole number from 1 to ${String(MINUTES_AT_MOST)}.`);
    const tier = word(call, 'tier') ?? null;
    const { policy } = await loadPolicy(repository);
    if (tier !== null && !policy.tiers.some(({ name }) => name === tier))
      throw new CannotSay(
        `The policy has no tier ${JSON.stringify(tier)}. It has: ${policy.tiers.map(({ name }) => name).join(', ')}.`,
      );
    requirePerson(terminal, 'grant an exception', 'Suspend Agent Restrictions…');
    const by = (await repository.text(['config', '--get', 'user.email'], { codes: [0, 1] })).trim();
    const granted = grantException(
      gitDir,
      { reason, by, minutes, tier, session: word(call, 'session') ?? null },
      terminal.now(),
    );
    const detail = keptOfRuns(policy);
    if (detail) keepException(repository, granted, detail, terminal.now());
    return show(call, [granted]);
  },
};

function word({ values }: Call, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value.trim() : undefined;
}

function show({ json, terminal }: Call, active: readonly Exception[]): ExitCode {
  if (json)
    terminal.out(
      jsonText({
        exceptions: active.map(({ from, until, ...rest }) => ({
          ...rest,
          from: new Date(from).toISOString(),
          until: new Date(until).toISOString(),
        })),
      }),
    );
  else if (active.length === 0) terminal.out('No exception is active.\n');
  for (const { id, until, tier, session, reason, by } of json ? [] : active) {
    const minutes = Math.max(1, Math.round((until - terminal.now()) / 60_000));
    const where = `${tier === null ? 'in every tier' : `in tier ${tier}`}${session === null ? '' : `, for session ${printable(session)} only`}`;
    terminal.out(
      `${id}  Agents may go on ${where} for ${String(minutes)} more minutes (${printable(by)}: ${printable(reason)}). End it with: linekeeper exception --end\n`,
    );
  }
  return 0;
}
