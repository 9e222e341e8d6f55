/**
 * One payload of an assistant's hook. A hook must never disturb the assistant that runs it: a failure is one line on
 * standard error and exit code 0, unless the policy restricts agents; only a refusal and a question are answers.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  assistantOf,
  hookPlaces,
  noteSeen,
  parsePayload,
  readPayload,
  readTail,
  type AgentEvent,
  type Assistant,
  type HookAnswer,
  type ToolEvent,
} from '../../provenance/assistants';
import { answersBefore, isWorthPreparing, keepAnswers, missingModelsIn } from '../../provenance/commits';
import { Repository, startAndWait, type Start } from '../../git';
import { openJournal } from '../../provenance/journal';
import { attempt, resolveIn } from '../../base/platform';
import { wasRestricting } from '../../policy/load';
import { record as recordReport, reportOf } from '../../provenance/assistants/record';
import { trace } from '../../base/debug-trace';
import { placesNamedBy } from './places-named-by-command';
import { keepEnd } from './keep-permitted-and-refused-runs';
import type { HookCall, HookExit, HookTerminal, InputLimits } from './types';
import { setAside } from './set-aside-unreadable-payloads';

/** After this time a hook gives up by itself (milliseconds): assistants allow theirs 10 seconds. */
const PATIENCE_MS = 7500;
/** An assistant that does not close standard input is answered before that. */
export const PAYLOAD_LIMITS: InputLimits = { idleMs: 5000, bytes: 128 * 1024 * 1024 };
/** Makes the hook's shell command answer by itself (setup/hook-commands.ts). */
const LEAVES_IT = 124;

export async function handlePayload(call: HookCall, assistant: Assistant): Promise<HookExit> {
  const { terminal } = call;
  const limit = setTimeout(() => process.exit(LEAVES_IT), PATIENCE_MS).unref();
  try {
    const text = await terminal.stdin(PAYLOAD_LIMITS);
    let payload: unknown;
    try {
      payload = parsePayload(text);
    } catch {
      const here = repositoryAt(call, terminal.cwd);
      const asidePath = setAside(here, assistant.id, text);
      terminal.err(
        `linekeeper: The input from ${assistant.title} is not JSON, so this edit is not recorded.${asidePath ? ` It was set aside in ${asidePath}.` : ''} "linekeeper doctor" says more.`,
      );
      return (await answerUnread(call, assistant, here, undefined, 'it was not JSON')) ?? 0;
    }
    const reading = inOwnSpelling(readPayload(assistant, payload, terminal.env), terminal.cwd);
    if ('ignored' in reading) {
      trace('record', () => `nothing of ${assistant.id}: ${reading.ignored}`);
      const { showing } = reading;
      if (showing === undefined) return 0;
      const asker = assistantOf(showing.assistant) ?? assistant;
      return (await answerBeforeTool(call, showing, asker, finder(terminal))) ?? 0;
    }
    if ('notUnderstood' in reading) {
      const here = repositoryAt(call, cwdOf(payload) ?? terminal.cwd);
      const asidePath = setAside(here, assistant.id, text);
      terminal.err(
        `linekeeper: ${reading.notUnderstood}; this edit is not recorded${asidePath ? `, its payload was set aside in ${asidePath}` : ''}.`,
      );
      return (await answerUnread(call, assistant, here, reading.before, reading.notUnderstood)) ?? 0;
    }
    const sender = assistantOf(reading.assistant) ?? assistant;
    const find = finder(call.terminal);
    const refused =
      'tool' in reading && reading.event === 'before' ? await answerBeforeTool(call, reading, sender, find) : undefined;
    const code = refused ?? (await recordEvent(call, reading, sender, find));
    const here = quietly(() => repositoryAt(call, reading.cwd ?? terminal.cwd, find));
    if (here) await call.afterwards?.(here);
    return code;
  } catch (error) {
    terminal.err(`linekeeper: this edit is not recorded: ${messageOf(error)}`);
    return (
      (await answerUnread(
        call,
        assistant,
        quietly(() => repositoryAt(call, terminal.cwd)),
        undefined,
        'it failed',
      )) ?? 0
    );
  } finally {
    clearTimeout(limit);
  }
}

/** Assistants spell their folder as their own shell does. */
const inOwnSpelling = (reading: ReturnType<typeof readPayload>, cwd: string): ReturnType<typeof readPayload> =>
  'event' in reading && reading.cwd !== undefined ? { ...reading, cwd: resolveIn(cwd, reading.cwd) } : reading;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function quietly<T>(ask: () => T): T | undefined {
  return attempt(ask);
}

/**
 * What could not be read must not pass the guard. `before`: the hook runs before a tool; when that is unknown, the
 * hook's own command knows. Undefined when nothing is restricted.
 */
async function answerUnread(
  { terminal }: HookCall,
  sender: Assistant,
  here: Repository | undefined,
  before: true | undefined,
  why: string,
): Promise<HookExit | undefined> {
  const { answerUnseen } = await import('./before-tool-answer');
  const held = answerUnseen(sender, here, why);
  if (held === undefined) return undefined;
  return before ? say(terminal, held.answer) : LEAVES_IT;
}

function say(terminal: HookCall['terminal'], { stdout, stderr, exitCode }: HookAnswer): HookExit {
  if (stdout !== undefined) terminal.out(stdout);
  if (stderr !== undefined) terminal.err(stderr.trimEnd());
  return exitCode;
}

/** The guard's refusal or question; undefined when it says nothing. Never throws. */
async function answerBeforeTool(
  call: HookCall,
  event: ToolEvent,
  sender: Assistant,
  find: Find,
): Promise<HookExit | undefined> {
  const { terminal } = call;
  try {
    const here = repositoryAt(call, event.cwd ?? terminal.cwd, find);
    if (here) noteSeen(here, sender.id, terminal.now());
    const parts = partsOf(call, event, here, find);
    const { answerInRepository } = await import('./before-tool-answer'); // only here is a policy needed
    for (const { repository, event: part } of parts.length > 0 ? parts : [{ repository: here, event }]) {
      const { answer, refused } = await answerInRepository(part, sender, repository, terminal, {
        hookPlaces,
        assistantOf,
      });
      const code = say(terminal, answer);
      if (refused) return code;
    }
    return undefined;
  } catch (error) {
    terminal.err(`linekeeper: this could not be checked: ${messageOf(error)}`);
    return answerUnread(
      call,
      sender,
      quietly(() => repositoryAt(call, event.cwd ?? terminal.cwd)),
      true,
      'it failed',
    );
  }
}

async function recordEvent(call: HookCall, event: AgentEvent, sender: Assistant, find: Find): Promise<HookExit> {
  const { terminal } = call;
  try {
    const here = repositoryAt(call, event.cwd ?? terminal.cwd, find);
    if ('tool' in event) await here?.refuseAnotherOwners();
    if (here && event.event !== 'before') noteSeen(here, sender.id, terminal.now());
    // the model is determined when an edit is done, so the hook before it need not wait for that
    const model =
      'tool' in event && event.tool === 'edit' && event.event === 'before'
        ? event.model
        : sender.model({ ...event }, readTail);
    if (!('tool' in event)) {
      if (here) await recordTurn(call, here, event, model);
      return 0;
    }
    if (here && event.event === 'after') keepEnd(here, event, terminal.now());
    for (const part of [...partsOf(call, event, here, find), ...besides(call, event, here, find)])
      await recordTool(call, part.repository, part.event, model, sender);
  } catch (error) {
    terminal.err(`linekeeper: this edit is not recorded: ${messageOf(error)}`);
  }
  return 0;
}

export type Find = (folder: string) => Repository | undefined;

/** Finds the repository of a folder, once per folder. */
export function finder({ env, cwd }: Pick<HookTerminal, 'env' | 'cwd'>): Find {
  const known = new Map<string, Repository | undefined>();
  const start = waiting(Date.now() + PATIENCE_MS);
  return (folder) => {
    if (!known.has(folder))
      known.set(folder, Repository.find(folder, start) ?? Repository.named(folder, env, cwd, start));
    return known.get(folder);
  };
}

/** A hook waits for its git, which costs half as much as to be told by events; no longer than until a time, as itself. */
const waiting =
  (until: number): Start =>
  (args, run) =>
    startAndWait(args, { ...run, timeout: Math.max(1, Math.min(run.timeout, until - Date.now())) });

export function repositoryAt(call: HookCall, cwd: string, find: Find = finder(call.terminal)): Repository | undefined {
  return typeof call.values['repo'] === 'string' ? call.repository() : find(resolveIn(call.terminal.cwd, cwd));
}

interface Part {
  readonly repository: Repository;
  readonly event: ToolEvent;
}

/**
 * The event in each repository that it affects: that of each file for edits, else the one that the assistant works in.
 */
function partsOf(call: HookCall, event: ToolEvent, here: Repository | undefined, find: Find): Part[] {
  if (event.tool !== 'edit') return here ? [{ repository: here, event }] : [];
  const cwd = event.cwd ?? call.terminal.cwd;
  const found = new Map<string, { readonly repository: Repository; readonly files: Set<string> }>();
  for (const file of [...event.files, ...(event.named ?? [])]) {
    const repository =
      typeof call.values['repo'] === 'string' ? call.repository() : repositoryOf(resolveIn(cwd, file), find);
    if (!repository) continue;
    const known = found.get(repository.root) ?? { repository, files: new Set<string>() };
    known.files.add(file);
    found.set(repository.root, known);
  }
  return [...found.values()].map(({ repository, files }) => ({
    repository,
    event: {
      ...event,
      files: event.files.filter((file) => files.has(file)),
      ...(event.named === undefined ? {} : { named: event.named.filter((file) => files.has(file)) }),
      edits: event.edits.filter((edit) => files.has(edit.path)),
      contents: event.contents.filter((content) => files.has(content.path)),
    },
  }));
}

/** A command that names more repositories than this is looked at in the first of them. */
const REPOSITORIES_AT_MOST = 4;

/** A command in the other repositories, work trees and submodules that it names or changes into. */
function besides(call: HookCall, event: ToolEvent, here: Repository | undefined, find: Find): Part[] {
  if (event.tool !== 'shell' || event.command === undefined || typeof call.values['repo'] === 'string') return [];
  const cwd = resolveIn(call.terminal.cwd, event.cwd ?? call.terminal.cwd);
  const found = new Map<string, Repository>();
  for (const place of placesNamedBy(event.command, cwd, call.terminal.env['HOME'])) {
    const repository = repositoryOf(place, find, place);
    if (repository && repository.gitDir !== here?.gitDir) found.set(repository.gitDir, repository);
    if (found.size === REPOSITORIES_AT_MOST) break;
  }
  return [...found.values()].map((repository) => ({ repository, event }));
}

/** The repository that contains a file; its last folders may not exist yet. */
function repositoryOf(file: string, find: Find, from = path.dirname(file)): Repository | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const found = find(folder);
    if (found || path.dirname(folder) === folder) return found;
  }
}

/** The end of a turn or a session closes what is open; so does a prompt, since an interrupted turn has no end event. */
async function recordTurn(
  call: HookCall,
  repository: Repository,
  event: Exclude<AgentEvent, ToolEvent>,
  model: string | undefined,
): Promise<void> {
  const { session } = event;
  if (session === undefined) return;
  const prompt =
    event.event === 'prompt'
      ? await (await import('./prompt-excerpt')).keptPrompt(repository, event.prompt)
      : undefined;
  const journal = openJournal(repository.gitDir, call.terminal.now);
  const kind = event.event === 'session-start' ? 'start' : event.event === 'session-end' ? 'end' : 'turn-end';
  // An end event with nothing before it has nothing to close.
  if (
    kind !== 'start' &&
    prompt === undefined &&
    journal.names().length === 0 &&
    (model === undefined || missingModelsIn(repository, call.terminal.now()).length === 0)
  )
    return;
  if (kind === 'start' && model === undefined) return;
  journal.add({
    kind: 'session',
    event: kind,
    assistant: event.assistant,
    session,
    ...(model === undefined ? {} : { model }),
    ...(prompt === undefined ? {} : { prompt }),
  });
  if (kind === 'start') return;
  journal.nameContents(); // for the next commit, which would have to wait for it
  if (isWorthPreparing(repository, call.terminal.now))
    await (await import('./start-background-work')).prepareLater(repository, call.terminal);
}

/** Whether a command is about to start that changes no file. The guard has loaded what tells it. */
async function isReading({ event, command, shell }: ToolEvent): Promise<boolean> {
  if (event !== 'before' || command === undefined || shell !== undefined) return false;
  return (await import('./before-tool-answer')).onlyReads(command);
}

async function recordTool(
  call: HookCall,
  repository: Repository,
  event: ToolEvent,
  model: string | undefined,
  sender: Assistant,
): Promise<void> {
  const report = reportOf(event, model, call.terminal.cwd);
  if (report === undefined) return;
  const { now } = call.terminal;
  const onlyReads = await isReading(event);
  const announced = event.event === 'before' && event.tool !== 'edit' ? answersBefore(repository, now) : undefined;
  // The assistant waits for this, and the end of its turn is still to come.
  const result = await recordReport(repository, { ...report, onlyReads }, call.terminal.now, { namesLater: true });
  for (const notice of result.notices) call.terminal.err(`linekeeper: ${notice}`);
  if (announced && result.record !== undefined) keepAnswers(repository, announced, result.record, now);
  if (event.event === 'after' && result.record !== undefined && isWorthPreparing(repository, now))
    await (await import('./start-background-work')).prepareBehindEdits(repository, call.terminal);
  if (
    event.event === 'after' &&
    event.tool === 'edit' &&
    existsSync(path.join(repository.root, '.linekeeper', 'incidents'))
  ) {
    const { lessonNote } = await import('./tell-lessons');
    const note = await lessonNote(repository, event, sender, call.terminal, result.edits ?? []);
    if (note) say(call.terminal, note);
    return;
  }
  // The effect of an edit was checked before it ran; the effect of a command is only known now.
  if (event.event !== 'after' || event.tool === 'edit' || !result.changed?.length || !wasRestricting(repository))
    return;
  const { breachIn } = await import('./find-and-save-breach');
  const answer = await breachIn(repository, event, result.changed, sender, call.terminal);
  if (answer) say(call.terminal, answer);
}

function cwdOf(payload: unknown): string | undefined {
  const cwd = typeof payload === 'object' && payload !== null && 'cwd' in payload ? payload.cwd : undefined;
  return typeof cwd === 'string' ? cwd : undefined;
}
