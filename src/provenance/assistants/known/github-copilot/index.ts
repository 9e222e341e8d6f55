/**
 * GitHub Copilot: the chat agent of VS Code (as of Copilot Chat 0.67.0, VS Code 1.139.1), and Copilot CLI 1.0.102 where
 * it sends the same events. https://code.visualstudio.com/docs/copilot/customization/hooks
 */
import { NO_OPINION, tellAfter, toolDecision } from '../../hook-answers';
import { readerOf } from '../../hook-payloads/claude-format-reader';
import { absolute, below } from '../../join-paths';
import { lastInTranscript } from '../../transcripts/last-record';
import { cleanName } from '../../sanitize-names';
import { isObject, nameAt, objectOf, pathAt, textAt, type Json } from '../../hook-payloads/payload-fields';
import type {
  Assistant,
  Environment,
  HookCommands,
  HookEntry,
  HookSetup,
  ModelQuestion,
  ReadTail,
  Scope,
  Surroundings,
} from '../../types';
import { copilotEdits, copilotPlaces } from './transcript-edits';
import { copilotClaims, HARMLESS } from './edits-of-tools';

/**
 * Event keys in this spelling give the same payload in VS Code and the CLI. Only the first of a session names the
 * model.
 */
const EVENTS = ['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PostToolUse', 'Stop', 'SessionEnd'];
const SECONDS = 10;

export const githubCopilot: Assistant = {
  id: 'github-copilot',
  title: 'GitHub Copilot',
  extensions: ['github.copilot', 'github.copilot-chat'],
  variables: ['COPILOT_CLI', 'COPILOT_AGENT_SESSION_ID'],
  coverage: {
    surfaces: 'chat agent of VS Code, CLI; completions in VS Code by the extension',
    versions: 'CLI 1.0.102, Copilot Chat 0.67.0',
    verified: 'run',
    edits: true,
    shell: true,
    completions: true,
    commitsRunHooks: true,
    limits: [
      "The CLI runs a repository's hooks in prompt mode (`-p`) only when `GITHUB_COPILOT_PROMPT_MODE_REPO_HOOKS` is `true`.",
      'The CLI writes the name of its model to its session log a little later. If you commit in the first seconds of a session, the message may lack the model. The note has it.',
    ],
  },
  programs: ['copilot'],
  hooks,
  hookedByExtension: true,
  settings: () => [],
  harmless: HARMLESS,
  transcripts: { places: (where) => copilotPlaces(userFolder(where.home, where.env), where), edits: copilotEdits },
  recognises: (payload, env) => isObject(payload) && (fromEditor(payload) || fromCli(payload, env)),
  read: readerOf({
    id: 'github-copilot',
    title: 'GitHub Copilot',
    events: {
      pretooluse: 'before',
      posttooluse: 'after',
      userpromptsubmit: 'prompt',
      userpromptsubmitted: 'prompt',
      sessionstart: 'session-start',
      sessionend: 'session-end',
      stop: 'turn-end',
      agentstop: 'turn-end',
    },
    harmless: HARMLESS,
    claims: copilotClaims,
    spelling: 'SERVER-TOOL', // of its CLI; the editor's tools begin with `mcp_`
    failed: (payload) => {
      const result = textAt(objectOf(payload['tool_result'] ?? payload['toolResult']), 'result_type', 'resultType');
      return result !== undefined && result !== 'success';
    },
    transcript: (payload, env) =>
      transcriptOf(payload) ?? (fromCli(payload, env) ? cliTranscript(payload, env) : undefined),
    // the editor applies an edit to its document and saves it up to a second after this event
    onDisk: (payload, env, claims) => claims.tool !== 'edit' || fromCli(payload, env),
  }),
  model: copilotModel,
  deny: (reason) => toolDecision('deny', reason),
  ask: (reason) => toolDecision('ask', reason), // the CLI treats it as deny where nobody can be asked
  tellAfter,
  allow: () => NO_OPINION,
  marks: {
    emails: [
      'copilot@github.com',
      '223556219+copilot@users.noreply.github.com',
      '198982749+copilot@users.noreply.github.com',
    ],
    trailers: ['copilot-session', 'agent-logs-url'],
    accounts: [223556219, 198982749],
  },
};

function hooks(scope: Scope, where: Surroundings): readonly HookSetup[] {
  const folder =
    scope === 'user'
      ? userFolder(where.home, where.env)
      : where.repositoryRoot && below(where.repositoryRoot, '.github');
  if (!folder) return [];
  return [
    {
      kind: 'listed',
      file: below(folder, 'hooks', 'linekeeper.json'),
      defaults: { version: 1 },
      entries,
      offSwitches: ['disableAllHooks'],
    },
  ];
}

function entries({ before, others }: HookCommands): HookEntry[] {
  return EVENTS.map((event) => {
    const { sh, powershell } = event === 'PreToolUse' ? before : others;
    return { at: ['hooks', event], value: { type: 'command', bash: sh, powershell, timeoutSec: SECONDS } };
  });
}

const transcriptOf = (payload: Json): string | undefined => pathAt(payload, 'transcript_path', 'transcriptPath');

const fromEditor = (payload: Json): boolean => /[\\/]github\.copilot-chat[\\/]/i.test(transcriptOf(payload) ?? '');

/** The CLI calls its result `tool_result`, gives calls no id, and mentions its transcript only at the end of a turn. */
function fromCli(payload: Json, env: Environment): boolean {
  const transcript = transcriptOf(payload);
  if (transcript !== undefined) return /[\\/]\.copilot[\\/]session-state[\\/]/.test(transcript);
  if ('tool_use_id' in payload) return false;
  return 'tool_result' in payload || env['COPILOT_CLI'] === '1';
}

const userFolder = (home: string, env: Environment): string => absolute(env['COPILOT_HOME'], below(home, '.copilot'));

/** Where the CLI keeps a session's events. It reports the path only at the end of a turn. */
function cliTranscript(payload: Json, env: Environment): string | undefined {
  const session = nameAt(payload, 'session_id', 'sessionId');
  const home = env['HOME'] ?? env['USERPROFILE'];
  if (session === undefined || !/^[\w-]{1,100}$/.test(session) || home === undefined) return undefined;
  return below(userFolder(home, env), 'session-state', session, 'events.jsonl');
}

/** In the editor only a session's first event names the model; the CLI writes it with each of its calls. */
function copilotModel({ model, transcriptPath }: ModelQuestion, readTail: ReadTail): string | undefined {
  if (model !== undefined || !transcriptPath?.endsWith('events.jsonl')) return model;
  return lastInTranscript(transcriptPath, readTail, '"model"', (record) => {
    const kind = textAt(record, 'type');
    const data = objectOf(record['data']);
    return kind === 'tool.execution_start' || kind === 'assistant.message'
      ? cleanName(data['model'])
      : kind === 'session.start'
        ? cleanName(data['selectedModel'])
        : undefined;
  });
}
