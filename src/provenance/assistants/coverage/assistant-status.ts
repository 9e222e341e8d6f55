/** What to report about each assistant here: found, set up, trusted, last seen, and which errors its hooks had. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { hasEditorRuntime } from '../../../git';
import { dataPlace } from '../../../base/files';
import { lastSeen } from '../hooks-last-seen';
import { unheardSessions, unheardWords, type UnheardSessions } from '../sessions-without-hooks';
import { filesOfRules } from '../native-rules/store-written-and-wanted-rules';
import { hookState, type HookState, type SetupOptions } from '../setup';
import { ASSISTANTS } from '../registry';
import type { Assistant, Scope } from '../types';
import { findProgram, type FoundProgram } from './installed-assistant-programs';
import { attempt, isBelow } from '../../../base/platform';

/** What is known of one; `doctor --json` prints it in this form. */
export interface AssistantReport {
  readonly id: string;
  readonly title: string;
  /** Its program is on PATH, or it has left a folder of settings. */
  readonly found: boolean;
  readonly program: string | null;
  readonly version: string | null;
  readonly hooks: Readonly<Record<Scope, HookState['state']>>;
  /** Linekeeper's extension records its agent in the editor, and has run on this account. */
  readonly heardInEditor: boolean;
  /** Null where this assistant has no notion of trust, or no hooks here. */
  readonly trusted: boolean | null;
  /** The hour in which its hooks last ran in this repository, as ISO text. */
  readonly lastSeen: string | null;
  /** How often its hooks had to answer without Linekeeper. */
  readonly failures: number;
  /** Sessions of the last week that its transcripts prove and no hook reported; null for none. */
  readonly withoutHooks: UnheardSessions | null;
  readonly limits: readonly string[];
}

interface Looked {
  readonly assistant: Assistant;
  readonly program: FoundProgram | undefined;
  readonly states: Readonly<Record<Scope, HookState>>;
  readonly report: AssistantReport;
  /** See `hasTraces`. */
  readonly isOnMachine: boolean;
  /** It is here, could have hooks, and has none. */
  readonly lacksHooks: boolean;
}

/** Where the repository keeps what its work trees share. */
interface Commons {
  readonly commonDir: string;
}

/** A sentence for `doctor`. */
export interface AssistantFinding {
  readonly name: string;
  readonly ok: boolean;
  /** Worth knowing, but not a problem. */
  readonly note?: boolean;
  readonly says: string;
}

interface AssistantFindings {
  readonly findings: readonly AssistantFinding[];
  readonly reports: readonly AssistantReport[];
  /** Those that are here, could have hooks, and have none. */
  readonly unhooked: readonly Assistant[];
}

/** Read-only. `optionsOf` returns the set-up for each scope. `held`: the policy restricts agents, so that each needs its hooks. */
export function examineAssistants(
  repository: Commons,
  optionsOf: (scope: Scope) => SetupOptions,
  now = Date.now(),
  held = false,
): AssistantFindings {
  const known = knownOf(repository, optionsOf, now);
  const looked = ASSISTANTS.map((assistant) => look(assistant, repository, optionsOf, known));
  const of = looked.flatMap((one) => findingsOf(one, held));
  const absent = looked.filter(({ report }) => !isHere(report)).map(({ assistant }) => assistant.title);
  const rest: AssistantFinding[] =
    absent.length === 0
      ? []
      : [
          {
            name: 'assistants',
            ok: true,
            says:
              absent.length === looked.length
                ? 'none found on this machine'
                : `not found on this machine: ${absent.join(', ')}`,
          },
        ];
  return {
    findings: [...of, ...rest],
    reports: looked.map(({ report }) => report),
    unhooked: looked.filter(({ lacksHooks }) => lacksHooks).map(({ assistant }) => assistant),
  };
}

/** The same for one assistant. */
export const examineAssistant = (
  assistant: Assistant,
  repository: Commons,
  optionsOf: (scope: Scope) => SetupOptions,
  now = Date.now(),
): AssistantReport => look(assistant, repository, optionsOf, knownOf(repository, optionsOf, now)).report;

/** Part of it is on this machine, or it was at work in this repository. */
export const isHere = ({ found, hooks, lastSeen: seen }: AssistantReport): boolean =>
  found || seen !== null || Object.values(hooks).some((state) => state !== 'absent');

/** What the repository's git directory and our own folder say of all of them. */
interface Known {
  readonly failures: ReadonlyMap<string, number>;
  readonly unheard: readonly UnheardSessions[];
  readonly rules: readonly string[];
}

const knownOf = (repository: Commons, optionsOf: (scope: Scope) => SetupOptions, now: number): Known => ({
  failures: failuresIn(repository),
  unheard: unheardSessions(repository, now),
  rules: filesOfRules(optionsOf('user').stateDir),
});

function look(
  assistant: Assistant,
  repository: Commons,
  optionsOf: (scope: Scope) => SetupOptions,
  { failures, unheard, rules }: Known,
): Looked {
  const user = optionsOf('user');
  const states = { user: hookState(assistant, user), project: hookState(assistant, optionsOf('project')) };
  const program = findProgram(assistant.programs, user.env);
  const folder = assistant.hooks('user', user)[0]?.file;
  const report: AssistantReport = {
    id: assistant.id,
    title: assistant.title,
    found:
      program !== undefined ||
      (folder !== undefined && states.user.state === 'absent' && existsSync(path.dirname(folder))),
    program: program?.file ?? null,
    version: program?.version ?? null,
    hooks: { user: states.user.state, project: states.project.state },
    heardInEditor: assistant.hookedByExtension === true && hasEditorRuntime(repository),
    trusted: trustOf(assistant, user, Object.values(states)),
    lastSeen: lastSeen(repository, assistant.id) ?? null,
    failures: failures.get(assistant.id) ?? 0,
    withoutHooks: unheard.find((sessions) => sessions.assistant === assistant.id) ?? null,
    limits: assistant.coverage.limits,
  };
  const lacksHooks =
    report.found &&
    folder !== undefined &&
    !report.heardInEditor &&
    Object.values(states).every(({ state }) => state === 'absent') &&
    !(rules.some((file) => isBelow(path.dirname(folder), file)) && !hasTraces(program, folder, rules));
  return { assistant, program, states, report, isOnMachine: hasTraces(program, folder, rules), lacksHooks };
}

function findingsOf({ assistant, states, report, isOnMachine, lacksHooks }: Looked, held: boolean): AssistantFinding[] {
  if (!isHere(report)) return [];
  const name = assistant.title;
  const set = (['user', 'project'] as const).filter((scope) => states[scope].state === 'installed');
  const where = [
    report.version === null ? '' : `version ${report.version}`,
    report.lastSeen === null ? 'not seen in this repository yet' : `last seen ${report.lastSeen.slice(0, 10)}`,
  ]
    .filter(Boolean)
    .join(', ');
  const findings: AssistantFinding[] = [];
  for (const scope of ['user', 'project'] as const) {
    const { state, detail } = states[scope];
    if (state !== 'installed' && state !== 'absent') findings.push({ name, ok: false, says: detail ?? state });
  }
  if (set.length > 0)
    findings.push({
      name,
      ok: true,
      says: `hooks installed (${set.map((scope) => states[scope].file ?? '').join(', ')}); ${where}`,
    });
  else if (findings.length === 0 && states.user.file === undefined)
    findings.push({
      name,
      ok: true,
      note: true,
      says: `it has no hooks: ${assistant.coverage.limits[0] ?? 'its edits are not recorded.'}`,
    });
  else if (findings.length === 0 && report.heardInEditor)
    findings.push({
      name,
      ok: true,
      says: `in VS Code the Linekeeper extension records its edits; to record it outside the editor too, run "linekeeper install --assistant ${assistant.id}"; ${where}`,
    });
  else if (findings.length === 0)
    findings.push({
      name,
      ok: false,
      ...(held && lacksHooks ? {} : { note: true }),
      says: `no hooks (${states.user.file ?? ''}), so its edits are not recorded${held ? ', and the policy does not hold it back' : ''}: run "linekeeper install --assistant ${assistant.id}" if it is used here; ${where}`,
    });
  if (report.trusted === false && report.lastSeen === null && !isOnMachine)
    findings.push({
      name,
      ok: false,
      note: true,
      says: `it is not on this machine. Once it is, it has to be told to trust these hooks. ${assistant.trust?.how ?? ''}`,
    });
  else if (report.trusted === false)
    findings.push({
      name,
      ok: false,
      says: `it has not been told to trust these hooks, so it passes over them. ${assistant.trust?.how ?? ''}`,
    });
  if (report.withoutHooks !== null)
    findings.push({
      name,
      ok: false,
      note: true,
      says: `${unheardWords(report.withoutHooks, name)}; only its transcripts tell of their edits, and nothing held them back`,
    });
  if (report.failures > 0)
    findings.push({
      name,
      ok: false,
      says: `Linekeeper could not run in ${String(report.failures)} of its hooks, so these answered by themselves; run "linekeeper install --assistant ${assistant.id}" to renew them, then delete ${failedFile}`,
    });
  return findings;
}

/** Whether it is on this machine: beside our hooks in `file` and our `rules` it has a program, or files of its own. */
export function hasTraces(
  program: FoundProgram | undefined,
  file: string | undefined,
  rules: readonly string[],
): boolean {
  if (file === undefined || program !== undefined) return true;
  const folder = path.dirname(file);
  const ours = new Set([file, ...rules]);
  const isOurs = (place: string): boolean =>
    ours.has(place) ||
    (statSync(place, { throwIfNoEntry: false })?.isDirectory() === true &&
      readdirSync(place).every((name) => ours.has(path.join(place, name))));
  return attempt(() => readdirSync(folder).some((name) => !isOurs(path.join(folder, name))), false);
}

function trustOf(assistant: Assistant, options: SetupOptions, states: readonly HookState[]): boolean | null {
  const files = states.filter(({ state }) => state === 'installed').flatMap((state) => state.files);
  if (!assistant.trust || files.length === 0) return null;
  let config = '';
  try {
    config = readFileSync(assistant.trust.file(options), 'utf8');
  } catch {
    // no such file: nothing is trusted
  }
  const { trusted } = assistant.trust;
  return files.every((file) => trusted(config, file));
}

const failedFile = '.git/linekeeper/failed';

/** Counts the lines that hooks have left: `TIME ID CODE`. */
function failuresIn({ commonDir }: Commons): Map<string, number> {
  const counts = new Map<string, number>();
  try {
    for (const line of readFileSync(dataPlace(commonDir, 'failed'), 'utf8').split('\n')) {
      const id = /^\d+ ([a-z-]+) \d+$/.exec(line)?.[1];
      if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  } catch {
    // none: no errors
  }
  return counts;
}
