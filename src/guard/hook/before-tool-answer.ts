/** The answer to a before-tool hook, in the format of the assistant that asks. */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { permissionPlaces } from '../../provenance/assistants/permissions/permission-places';
import type { Assistant, HookAnswer, HookPlace, Surroundings, ToolEvent } from '../../provenance/assistants';
import {
  guardTouchedRepositories,
  type Action,
  type CallSummary,
  type GuardAnswer,
  type GuardedPlace,
  type GuardSurroundings,
  type Held,
  type LocalGuard,
  firstCall,
} from '..';
import { activeExceptions, exceptionFor, noteUse } from '../../provenance/journal/exceptions';
import { Repository } from '../../git';
import { keepCopy, keepRefusal, type Refusal } from '../../provenance/journal';
import { isBelow, relativeSlashes } from '../../base/platform';
import { keptOfRuns, restrictsAgents, wasRestricting } from '../../policy/load';
import { keepRan, keepRefused, type RunPlace } from './keep-permitted-and-refused-runs';
import type { HookTerminal } from './types';

/** From here, since this bundle has loaded what reads commands. */
export { onlyReads } from '..';

interface Guarded {
  readonly answer: HookAnswer;
  /** The tool will not run. */
  readonly refused: boolean;
}

/**
 * The parts of the table of assistants that are needed. Passed in, because the caller has loaded it already, and it
 * would be most of this bundle.
 */
interface AssistantTable {
  readonly hookPlaces: (where: Surroundings) => readonly HookPlace[];
  readonly assistantOf: (id: string) => Assistant | undefined;
}

/** What its edits would leave of each file; undefined where one of them doesn't fit. */
function proposedBy({ edits, contents }: ToolEvent): NonNullable<Action['proposed']> {
  const files = new Set([...edits, ...contents].map((one) => one.path));
  return [...files].map((file) => ({
    file,
    after: (before) => {
      const whole = contents.find((one) => one.path === file && one.after !== undefined);
      if (whole !== undefined) return whole.after ?? '';
      return edits
        .filter((one) => one.path === file)
        .reduce<string | undefined>((text, { old, new: next, everywhere }) => {
          if (text?.includes(old) !== true) return undefined;
          return everywhere ? text.replaceAll(old, () => next) : text.replace(old, () => next);
        }, before);
    },
  }));
}

/** What an event would do. */
const actionOf = (event: ToolEvent, cwd: string): Action => ({
  files: [...event.files, ...(event.named ?? [])],
  command: event.command,
  cwd: event.cwd ?? cwd,
  ...(event.edits.length + event.contents.length > 0 ? { proposed: proposedBy(event) } : {}),
  ...(event.shows ? { shows: event.shows } : {}),
  ...(event.perhaps ? { perhaps: { ...event.perhaps, tool: event.toolName } } : {}),
  ...(event.shell ? { shell: event.shell } : {}),
  ...(event.call ? { call: event.call } : {}),
});

/** The exception of a person that lifts an answer of the policy now; undefined where there is none. */
function exceptionTo(answer: GuardAnswer, repository: Repository, event: ToolEvent, now: number) {
  const tier = 'tier' in answer ? (answer.tier ?? null) : null;
  const found = exceptionFor(repository.gitDir, { session: event.session, tier }, now);
  return found && { id: found.id, tier };
}

/**
 * What a tool's call would be answered, exceptions of people included; nothing is kept of it. Throws what reading a
 * policy throws.
 */
export async function mayDo(
  event: ToolEvent,
  repository: Repository,
  terminal: HookTerminal,
  table: AssistantTable,
): Promise<LocalGuard> {
  const lifted = (answer: GuardAnswer): boolean => exceptionTo(answer, repository, event, terminal.now()) !== undefined;
  const surroundings = { ...surroundingsOf(repository, terminal, table), lifted };
  return guardTouchedRepositories(repository, actionOf(event, terminal.cwd), surroundings);
}

/** Never throws: when it can't decide, the policy last seen here determines whether that is a yes. */
export async function answerInRepository(
  event: ToolEvent,
  sender: Assistant,
  repository: Repository | undefined,
  terminal: HookTerminal,
  table: AssistantTable,
): Promise<Guarded> {
  try {
    const action = actionOf(event, terminal.cwd);
    const surroundings = surroundingsOf(repository, terminal, table);
    const { answer: ofPolicy, policy } = await guardTouchedRepositories(repository, action, surroundings);
    const keeps = keptOfRuns(policy);
    const place = repository && {
      repository,
      event,
      keeps,
      firstCall: () => firstCall(repository, action, surroundings),
      now: terminal.now(),
    };
    const answer =
      ofPolicy.verdict === 'allow' || ofPolicy.tier === undefined || place === undefined
        ? ofPolicy
        : await withPermission({ ...place, sender, action, surroundings, terminal, place }, ofPolicy);
    const allowed = policy.assistants.allowed;
    if (allowed?.includes(sender.id) === false)
      terminal.err(
        `linekeeper: the policy of this repository does not name ${sender.title} among its assistants (${allowed.join(', ')}): its lines will need that to be settled before they are merged.`,
      );
    if (event.unclear && answer.verdict !== 'deny' && restrictsAgents(policy))
      return inItsWords(notSeen(`${sender.title} did not say what "${event.toolName}" would change`), sender);
    if (answer.verdict === 'allow' && answer.observed !== undefined)
      return await tellObserved(answer.observed, sender, place, terminal);
    const reply = inItsWords(withCopy(answer, sender, repository, terminal.now()), sender);
    if (reply.refused && repository && answer.verdict !== 'allow')
      keepRefusal(repository.gitDir, {
        assistant: sender.id,
        session: event.session ?? null,
        reason: reasonToKeep(event, answer, keeps && place?.firstCall()),
        ...(answer.severity === undefined ? {} : { severity: answer.severity }),
        ...(keeps === undefined ? {} : briefOf(answer)),
        at: terminal.now(),
      });
    if (place && answer.verdict !== 'allow' && answer.tier !== undefined && (reply.refused || sender.ask))
      await keepRefused(place, answer, reply.refused ? 'refused' : 'asked');
    return reply;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const held = answerUnseen(sender, repository, why);
    if (held) return held;
    terminal.err(`linekeeper: this could not be checked against the policy: ${why}`);
    return { answer: sender.allow(), refused: false };
  }
}

/** What a policy that only observes would have answered, as sentences. */
export const observedText = ({ verdict, reason }: Held): string =>
  `Linekeeper only observes here (mode: observe), so this is not stopped. Under "mode: enforce" it would be ${verdict === 'deny' ? 'refused' : 'asked about'}. ${reason}`;

/** Says what a policy that only observes would have answered, and keeps it; nothing is stopped. */
async function tellObserved(
  observed: Held,
  sender: Assistant,
  place: RunPlace | undefined,
  terminal: HookTerminal,
): Promise<Guarded> {
  const says = observedText(observed);
  if (place) await keepRefused(place, observed, 'observed');
  if (sender.tellBefore === undefined) terminal.err(`linekeeper: ${says}`);
  return { answer: sender.tellBefore?.(says) ?? sender.allow(), refused: false };
}

/** Keeps a copy of what would be lost, where a person can say yes, and says how it comes back. */
function withCopy(
  answer: GuardAnswer,
  sender: Assistant,
  repository: Repository | undefined,
  now: number,
): GuardAnswer {
  if (answer.verdict !== 'ask' || !answer.loses?.length || !sender.ask || repository === undefined) return answer;
  try {
    const files = answer.loses.filter(({ why }) => why !== 'put aside').map(({ path: name }) => name);
    const stash = answer.loses.find(({ why }) => why === 'put aside')?.path ?? null;
    const copy = keepCopy(repository.gitDir, repository.root, { files: [...new Set(files)], stash }, now);
    if (copy === undefined) return answer;
    const missingWords = copy.missing.length === 0 ? '' : `, without ${String(copy.missing.length)} that are too large`;
    return {
      ...answer,
      reason: `${answer.reason} A copy is kept for an hour${missingWords}. To restore it: linekeeper restore ${copy.id}`,
    };
  } catch {
    return answer; // a full disk, or a folder that can't be written: the question stands
  }
}

/**
 * A command may contain anything, and is stored nowhere (`prompts: none`): its tier and the rule are enough, and where
 * the policy lets something be kept of it, its program and known verb. `first`: a word of its first program may be any.
 */
function reasonToKeep({ command }: ToolEvent, answer: Held, first: CallSummary | undefined): string {
  if (command === undefined) return answer.reason;
  const { tier, rule, call = first && { ...first, verb: null }, does } = answer;
  const place = `${typeof tier === 'string' ? ` in tier ${tier}` : ''}${rule === undefined ? '' : ` (${rule})`}`;
  return `A command was refused${place}${first === undefined || call === undefined || does !== undefined ? '' : `: ${named(call)}`}.`;
}

const named = ({ program, verb }: CallSummary): string => [program, ...(verb === null ? [] : [verb])].join(' ');

/** Program and verb, and what they do: what the policy lets be kept of a command. */
const briefOf = ({ call, does }: Held): Pick<Refusal, 'brief'> =>
  call === undefined || does === undefined ? {} : { brief: { command: named(call), does } };

interface Asked {
  readonly repository: Repository;
  readonly event: ToolEvent;
  readonly sender: Assistant;
  readonly action: Action;
  readonly surroundings: GuardSurroundings;
  readonly terminal: HookTerminal;
  readonly place: RunPlace;
}

/**
 * Applies what a person has allowed in addition: an exception for a while, or this very command once. The leash applies
 * in any case.
 */
async function withPermission(
  { repository, event, sender, action, surroundings, terminal, place }: Asked,
  answer: GuardAnswer,
): Promise<GuardAnswer> {
  const { session } = event;
  const used: { readonly id: string; readonly tier: string | null; readonly lifted: Held }[] = [];
  const underException = (answerToLift: GuardAnswer): boolean => {
    const found = exceptionTo(answerToLift, repository, event, terminal.now());
    if (found && answerToLift.verdict !== 'allow') used.push({ ...found, lifted: answerToLift });
    return found !== undefined;
  };
  const excepted =
    activeExceptions(repository.gitDir, terminal.now()).length > 0
      ? (await guardTouchedRepositories(repository, action, { ...surroundings, lifted: underException })).answer
      : answer;
  if (excepted.verdict === 'allow') {
    for (const { id, tier } of used)
      noteUse(repository.gitDir, id, { assistant: sender.id, session: session ?? null, tier }); // stores each only once
    const [first] = [...used].sort((a, b) => Number(b.lifted.call !== undefined) - Number(a.lifted.call !== undefined));
    if (first) await keepRan(place, first.lifted, { under: first.id });
    return excepted;
  }
  if (event.command === undefined) return excepted;
  const everything = (await guardTouchedRepositories(repository, action, { ...surroundings, lifted: () => true }))
    .answer;
  if (everything.verdict !== 'allow') return everything;
  const { letThrough } = await import('../run-approval');
  const run = await letThrough(
    repository,
    { command: event.command, cwd: action.cwd, session, assistant: sender.id },
    terminal.now(),
  );
  if (run.letThrough) {
    await keepRan(place, excepted, { run: run.id });
    return everything;
  }
  const why = run.why === '' ? '' : ` An approval that was given does not count: ${run.why}`;
  return {
    ...excepted,
    instead: `${excepted.instead}${why} If it must run, a person asks a senior with: linekeeper request-run --reason "…" -- '<this command>'`,
  };
}

/** What is guarded on this machine and in this repository, and in others that are named. */
function surroundingsOf(
  repository: Repository | undefined,
  terminal: HookTerminal,
  table: AssistantTable,
): GuardSurroundings {
  const where = { home: terminal.home, env: terminal.env, ...(repository ? { repositoryRoot: repository.root } : {}) };
  return {
    home: terminal.home,
    env: terminal.env,
    hookFiles: () => [
      ...table.hookPlaces(where).map(({ file, assistant }) => ({
        path: file,
        what: `the hooks of ${assistant.title}`,
        ...anywhereIn(repository, file),
      })),
      ...ownProgram(terminal, repository),
    ],
    permissions: () =>
      permissionPlaces(where).map(({ file, assistant, shared }) => ({
        path: file,
        what: shared
          ? 'the settings of an editor, in which it stands what assistants may do without asking'
          : `what ${table.assistantOf(assistant)?.title ?? assistant} may do without asking`,
        ...(shared ? { shared } : {}),
        ...anywhereIn(repository, file),
      })),
    elsewhere: (folder) => {
      const found = Repository.around(folder);
      return found && found.root !== repository?.root
        ? { repository: found, surroundings: surroundingsOf(found, terminal, table) }
        : undefined;
    },
  };
}

/** An assistant that is started in a folder below reads the same path from there. */
const anywhereIn = (repository: Repository | undefined, file: string): Pick<GuardedPlace, 'anywhere'> =>
  repository && isBelow(repository.root, file) ? { anywhere: relativeSlashes(repository.root, file) } : {};

/** The folder that hooks run this program from. If this repository builds the program, agents may change it there. */
function ownProgram({ program: [, file] }: HookTerminal, repository: Repository | undefined): GuardedPlace[] {
  if (file === undefined) return [];
  try {
    const folder = path.dirname(realpathSync(file));
    return repository && isBelow(repository.root, folder) ? [] : [{ path: folder, what: 'Linekeeper itself' }];
  } catch {
    return []; // it was deleted since it started
  }
}

/**
 * A tool is about to run, and its effect is unknown: refused if the policy last seen restricts agents. Undefined if it
 * does not.
 */
export function answerUnseen(sender: Assistant, repository: Repository | undefined, why: string): Guarded | undefined {
  return repository && wasRestricting(repository)
    ? inItsWords(notSeen(`Linekeeper could not check this (${why})`), sender)
    : undefined;
}

const notSeen = (what: string): GuardAnswer => ({
  verdict: 'deny',
  reason: `${what}, and the policy of this repository restricts agents.`,
  instead: 'Ask the person to run "linekeeper doctor".',
});

/** If an assistant can't ask, a question becomes a refusal that says what to do. */
function inItsWords(answer: GuardAnswer, sender: Assistant): Guarded {
  if (answer.verdict === 'allow') return { answer: sender.allow(), refused: false };
  const { reason, instead } = answer;
  if (answer.verdict === 'ask' && sender.ask) return { answer: sender.ask(`Linekeeper: ${reason}`), refused: false };
  if (sender.deny)
    return {
      answer: sender.deny(
        `Linekeeper: ${reason} ${answer.verdict === 'ask' ? `${sender.title} cannot ask from here. ` : ''}${instead}`,
      ),
      refused: true,
    };
  return { answer: sender.allow(), refused: false };
}
