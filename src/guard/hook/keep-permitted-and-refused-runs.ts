/**
 * What is kept of an agent's commands: destructive ones that were refused or asked about, and those that ran with a
 * person's permission. A hook writes one small file; git's notes get it when somebody asks next.
 */
import type { ToolEvent } from '../../provenance/assistants';
import { keepRun } from '../../provenance/commits';
import { headOf, type Repository } from '../../git';
import type { CallSummary, Held } from '..';
import {
  closeRun,
  hasOpenRuns,
  idOfStatement,
  oneLine,
  openRun,
  timeOf,
  type KeptDetail,
  type RunCommand,
  type RunningCall,
} from '../../provenance/journal/permitted-and-refused-runs';
import { leadsOut, relativeSlashes } from '../../base/platform';

/** Numbers kept of a tool's input, such as that of a pull request. */
const NUMBERS_AT_MOST = 4;

/** Where a command runs, and how much of it the policy lets be kept. */
export interface RunPlace {
  readonly repository: Repository;
  readonly event: ToolEvent;
  /** Undefined: nothing. */
  readonly keeps: KeptDetail | undefined;
  /** The command's first program, where the answer names none. */
  readonly firstCall: () => CallSummary | undefined;
  readonly now: number;
}

/** Words of commands that destroy something, where it was not a danger rule that refused them. */
const DESTROYS = /\b(?:rm|rmdir|unlink|shred|truncate|wipefs|delete|destroy|drop|prune|purge|clean|reset)\b/;

/** A tool of a server may do what a person does, too. */
const isPersonAct = (rule: string | undefined): boolean => rule?.startsWith('person/') === true;

const isDestructive = (event: ToolEvent, { rule, environment }: Held): boolean =>
  environment !== undefined ||
  isPersonAct(rule) ||
  (rule === undefined ? DESTROYS.test(event.command ?? '') : rule.startsWith('destructive/'));

/** A destructive command was refused; `asked`: the assistant puts the question to its person;
 * `observed`: it would have been either, if the policy were enforced. Never throws. */
export async function keepRefused(
  place: RunPlace,
  answer: Held,
  event: 'refused' | 'asked' | 'observed',
): Promise<void> {
  const { keeps } = place;
  const isKept = place.event.command !== undefined || isPersonAct(answer.rule);
  if (!isKept || keeps === undefined || !isDestructive(place.event, answer)) return;
  const statement = { at: timeOf(place.now, keeps), event, ...sessionOf(place.event), user: null } as const;
  const command = await commandOf(place, answer, keeps);
  const id = idOfStatement({ ...statement, command });
  keepRun(place.repository, { ...statement, id, command }, place.now);
  if (event !== 'refused')
    openRun(place.repository.commonDir, callOf(place.event), { id, commit: headNowOf(place), minute: keeps.minute });
}

/** A command runs with permission: of the approval `run`, or under the exception `under`. Never throws. */
export async function keepRan(
  place: RunPlace,
  answer: Held,
  permission: { readonly run: string } | { readonly under: string },
): Promise<void> {
  const { keeps } = place;
  if (place.event.command === undefined || keeps === undefined) return;
  const under = 'under' in permission ? permission.under : null;
  const statement = {
    at: timeOf(place.now, keeps),
    event: 'ran',
    ...sessionOf(place.event),
    user: null,
    under,
  } as const;
  const command = await commandOf(place, answer, keeps);
  const id = 'run' in permission ? permission.run : idOfStatement({ ...statement, command });
  keepRun(place.repository, { ...statement, id, command }, place.now);
  openRun(place.repository.commonDir, callOf(place.event), { id, commit: headNowOf(place), minute: keeps.minute });
}

/** A command or a tool has ended; nothing for those that needed no permission. Never throws. */
export function keepEnd(repository: Repository, event: ToolEvent, now: number): void {
  if (event.tool === 'edit' || !hasOpenRuns(repository.commonDir)) return;
  const run = closeRun(repository.commonDir, callOf(event));
  if (run === undefined) return;
  const { failed, exit = null } = event;
  const ended = { id: run.id, at: timeOf(now, run), event: 'ended', failed, exit } as const;
  keepRun(repository, failed && isCompound(event) ? { ...ended, compound: true } : ended, now, run.commit);
}

/** Whether more than one program may have run: `gh pr review --approve; false` fails and approves. */
const isCompound = ({ command }: ToolEvent): boolean =>
  command !== undefined && /[!;&|\n`$()<>{}]/.test(command.trim());

const headNowOf = ({ repository }: RunPlace): string | null => headOf(repository) ?? null;

const sessionOf = ({
  assistant,
  session,
}: ToolEvent): { readonly assistant: string; readonly session: string | null } => ({
  assistant: oneLine(assistant),
  session: session === undefined ? null : oneLine(session),
});

const callOf = ({ assistant, session, id, pair, command }: ToolEvent): RunningCall => ({
  assistant,
  session,
  call: id ?? pair ?? command ?? '',
});

async function commandOf(
  { repository, event, firstCall }: RunPlace,
  { call = toolCall(event) ?? firstCall(), rule, environment, tier }: Held,
  keeps: KeptDetail,
): Promise<RunCommand> {
  return {
    ...runCommandOf(repository, { call, rule, environment, tier }),
    line: keeps.line ? await lineOf(event.command ?? '') : null,
  };
}

/** A call of a tool: its name, and the numbers that it names. Undefined for a command. */
function toolCall({ command, toolName, call, cwd }: ToolEvent): CallSummary | undefined {
  if (command !== undefined) return undefined;
  const input: unknown = call?.input;
  const values: readonly unknown[] = typeof input === 'object' && input !== null ? Object.values(input) : [];
  const targets = values.flatMap((value) => (Number.isSafeInteger(value) ? [String(value)] : []));
  return { program: toolName, verb: null, targets: targets.slice(0, NUMBERS_AT_MOST), folder: cwd ?? '' };
}

/** What is kept of a command without its line, by what the guard says of it. */
export function runCommandOf(
  { root }: Pick<Repository, 'root'>,
  {
    call,
    rule,
    environment,
    tier,
  }: {
    readonly call: CallSummary | undefined;
    readonly rule?: string | undefined;
    readonly environment?: string | undefined;
    readonly tier?: string | null | undefined;
  },
): RunCommand {
  const folder = call === undefined ? null : relativeSlashes(root, call.folder) || '.';
  return {
    program: call === undefined ? null : oneLine(call.program),
    verb: typeof call?.verb === 'string' ? oneLine(call.verb) : null,
    targets: (call?.targets ?? []).map((target) => oneLine(target)).filter((target) => target !== ''),
    directory: folder === null || leadsOut(folder) ? null : oneLine(folder),
    environment: environment ?? null,
    rule: rule ?? null,
    tier: tier ?? null,
    line: null,
  };
}

/** Null when the detector fails: what was not searched is not kept. */
async function lineOf(command: string): Promise<string | null> {
  try {
    const { excerptOf } = await import('./prompt-excerpt');
    return (await excerptOf(command)) ?? null;
  } catch {
    return null;
  }
}
