/** Runs in words. Every text in them is from outside. */
import type { RecordedException, RecordedRun } from '../../provenance/commits';
import { list, printable } from '../../policy';
import type { KnownApproval, KnownRun } from './runs-with-checked-approvals';

/** `2026-11-26 08:05`, UTC. */
const minute = (at: string): string => at.slice(0, 16).replace('T', ' ');
/** The same without the day where it is the day of `beside`. */
const minuteBeside = (at: string, beside: string): string =>
  at.slice(0, 10) === beside.slice(0, 10) ? at.slice(11, 16) : minute(at);

const OUTCOMES: Readonly<Record<RecordedRun['outcome'], string>> = {
  refused: 'refused',
  asked: 'a person was asked about',
  observed: 'would have been refused (mode: observe):',
  requested: 'requested',
  approved: 'approved, not known to have run',
  ran: 'ran',
};

/** `terraform destroy orders in infra/prod`. */
export function commandWords({ command }: Pick<RecordedRun, 'command'>): string {
  if (command === null) return 'a command that is not known here';
  const { program, verb, targets, directory, environment, line } = command;
  const call =
    line === null
      ? [program ?? 'a command that could not be read', verb, ...targets].filter((word) => word !== null).join(' ')
      : JSON.stringify(line);
  return [
    call,
    directory === null || directory === '.' ? '' : `in ${directory}`,
    environment === null ? '' : `on the environment ${environment}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** On one line: `2026-11-26 08:05 ran terraform destroy: claude-code, session s-1; asked for by …; approved by …`. */
export function runWords(run: KnownRun): string {
  const [first = '', ...rest] = runRows(run);
  return rest.length === 0 ? first : `${first}: ${rest.map((row) => row.trim()).join('; ')}`;
}

/** The same run, without the addresses of those who took part. */
export const withoutPeople = (run: KnownRun): KnownRun => ({
  ...run,
  user: null,
  requested: run.requested && { ...run.requested, by: 'a person' },
  approvals: run.approvals.map((approval) => ({ ...approval, by: [] })),
});

/** What happened, then a line each on who tried it, who asked, who let it and how it ended, indented. */
export function runRows(run: KnownRun): readonly string[] {
  const { at, outcome, command, assistant, session, user, requested, approvals, under, ended } = run;
  const { rule = null, tier = null } = command ?? {};
  const because = [rule, tier === null ? null : `tier ${tier}`].filter((part) => part !== null);
  const who = [
    assistant,
    session === null ? null : `session ${session}`,
    user === null ? null : `at ${user}'s machine`,
  ].filter((part) => part !== null);
  const details = [
    who.join(', '),
    requested === null
      ? ''
      : `asked for by ${requested.by} at ${minuteBeside(requested.at, at)}${requested.reason === '' ? '' : ` (${requested.reason})`}`,
    ...approvals.map((approval) => approvalWords(approval, at)),
    under === null ? '' : `under the exception ${under}`,
    ended === null ? '' : endWords(ended, at),
  ].filter((part) => part !== '');
  return [
    `${minute(at)} ${OUTCOMES[outcome]} ${commandWords(run)}${because.length === 0 ? '' : ` (${because.join(', ')})`}`,
    ...details.map((part) => `  ${part}`),
  ].map(printable);
}

function approvalWords({ by, at, signed, why }: KnownApproval, beside: string): string {
  const who = by.length === 0 ? 'somebody' : list(by);
  return `approved by ${who} at ${minuteBeside(at, beside)}, ${signed ? 'signature checked' : `signature not confirmed: ${why ?? 'not checked'}`}`;
}

function endWords({ at, failed, exit }: NonNullable<RecordedRun['ended']>, beside: string): string {
  const how = failed ? `failed${exit === null ? '' : ` with exit code ${String(exit)}`}` : 'ended without an error';
  return `${how} at ${minuteBeside(at, beside)}`;
}

/** `2026-11-26 08:05 exception by sue@example.com for 15 minutes …`. */
export function exceptionWords({ id, at, by, minutes, over, session, tier, reason }: RecordedException): string {
  const where = [
    tier === null ? 'in every tier' : `in tier ${tier}`,
    session === null ? '' : `for session ${session}`,
  ].filter((part) => part !== '');
  return printable(
    `${minute(at)} exception ${id} by ${by} for ${String(minutes)} minutes ${where.join(' ')}${over === null ? '' : `, ended at ${minuteBeside(over, at)}`}${reason === '' ? '' : ` (${reason})`}`,
  );
}
