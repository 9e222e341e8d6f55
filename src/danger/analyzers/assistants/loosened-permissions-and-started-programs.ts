/** Settings of assistants and editors by which the next agent may do more, or a program runs by itself. */
import { factAt, factWas, type Sentence } from '../../rule-rows/facts-from-sentences';
import { named, entriesOf, itemsOf, readJson, sidesOf, type Tree } from '../../yaml-and-json';
import type { AnalyzerOfFiles, Change, Noticed } from '../../types';
import { SETTINGS } from './files-of-assistants';

/** A setting: its last keys, joined with dots, and the value that it must not take. */
interface Row {
  readonly keys: RegExp;
  readonly value: RegExp;
  readonly fact: Sentence;
}

const YES = /^(?:true|on|yes|always|1)$/i;
const NO = /^(?:false|off|no|0)$/i;
const LOOSER = 'agents/permissions-loosened: An assistant may do more without asking: {key} is {value}.';
const EVERYTHING = 'agents/permissions-loosened (high): An assistant no longer has to ask: {key} is {value}.';
const HOOKS = "agents/hooks-off: An assistant's hooks are switched off: {key} is {value}.";
/** Programs that run whatever they are given. */
const INTERPRETERS = String.raw`(?:sudo|su|rm|bash|sh|zsh|python\d?|node|npx|bunx|uvx|deno|ruby|perl|eval|curl|wget|ssh|scp|docker|kubectl|helm|terraform|tofu|aws|gcloud|az|git push|gh|psql|mysql|chmod|xargs|env)`;

// prettier-ignore
const ROWS: readonly Row[] = [
  { keys: /(?:^|\.)disableAllHooks$/, value: YES, fact: HOOKS },
  { keys: /(?:^|\.)features\.(?:codex_)?hooks$/, value: NO, fact: HOOKS },
  { keys: /(?:^|\.)hooksConfig\.enabled$/, value: NO, fact: HOOKS },
  { keys: /(?:^|\.)chat\.(?:useHooks|useClaudeHooks)$/, value: NO, fact: HOOKS },
  { keys: /(?:^|\.)chat\.hookFilesLocations\..+$/, value: NO, fact: HOOKS },
  { keys: /(?:^|\.)hooksConfig\.disabled\.\[\]$/, value: /./, fact: HOOKS },
  { keys: /permissions\.defaultMode$/, value: /^(?:bypassPermissions|dontAsk|auto)$/, fact: EVERYTHING },
  { keys: /permissions\.defaultMode$/, value: /^acceptEdits$/, fact: LOOSER },
  { keys: /permissions\.allow\.\[\]$|allowedTools\.\[\]$|tools\.allowed\.\[\]$|coreTools\.\[\]$/, value: /^(?:\*|(?:Bash|Shell|PowerShell|run_shell_command|ShellTool|shell|command)(?:\(\s*(?:\*+|:\*|\*:\*|\.\*)?\s*\))?)$/, fact: EVERYTHING },
  { keys: /permissions\.allow\.\[\]$|allowedTools\.\[\]$|tools\.allowed\.\[\]$/, value: new RegExp(String.raw`^(?:Bash|Shell|PowerShell|run_shell_command|ShellTool|shell|command)\(\s*${INTERPRETERS}(?:[:\s]\s*\*+)?\s*\*?\)$`), fact: LOOSER },
  { keys: /permissions\.allow\.\[\]$/, value: /^(?:Write|Edit|MultiEdit|WebFetch|Read|mcp__[\w-]+(?:__\*)?)(?:\(\s*\*+\s*\))?$/, fact: LOOSER },
  { keys: /permissions\.additionalDirectories\.\[\]$/, value: /^(?:\/|~|\.\.)/, fact: LOOSER },
  { keys: /(?:^|\.)enableAllProjectMcpServers$/, value: YES, fact: EVERYTHING },
  { keys: /(?:^|\.)skipDangerousModePermissionPrompt$|dangerouslySkipPermissions$|dangerouslyAllowAll$|dangerously-allow-all$/i, value: YES, fact: EVERYTHING },
  { keys: /(?:^|\.)chat\.tools\.(?:global\.)?autoApprove$|chat\.tools\.edits\.autoApprove$/, value: YES, fact: EVERYTHING },
  { keys: /(?:^|\.)chat\.tools\.(?:terminal|edits|urls)\.autoApprove\.(?:\/?\.?\*+\/?|\/\^?\.\*\$?\/[a-z]*)$/, value: YES, fact: EVERYTHING },
  { keys: new RegExp(String.raw`(?:^|\.)chat\.tools\.terminal\.autoApprove\.${INTERPRETERS}$`), value: YES, fact: LOOSER },
  { keys: /(?:^|\.)chat\.permissions\.default$/, value: /^(?:autoApprove|autopilot|bypass.*)$/i, fact: EVERYTHING },
  { keys: /(?:^|\.)approval_policy$/, value: /^never$/, fact: EVERYTHING },
  { keys: /(?:^|\.)sandbox_mode$/, value: /^danger-full-access$/, fact: EVERYTHING },
  { keys: /(?:^|\.)(?:network_access|allowNonWorkspaceAccess)$/, value: YES, fact: LOOSER },
  { keys: /(?:^|\.)(?:sandbox\.enabled|enableTerminalSandbox|tools\.sandbox|sandbox|folderTrust\.enabled|folderTrust)$/, value: NO, fact: LOOSER },
  { keys: /(?:^|\.)(?:allowUnsandboxedCommands|autoAllowBashIfSandboxed)$/, value: YES, fact: LOOSER },
  { keys: /(?:^|\.)(?:autoAccept|yolo|toolAutoApprove|yes-always|yes|alwaysAllowExecute|autoApproveAll|executeAllCommands)$/, value: YES, fact: EVERYTHING },
  { keys: /(?:^|\.)(?:approvalMode|defaultApprovalMode|toolPermission|autonomyMode|autonomyLevel|agentMode)$/i, value: /^(?:yolo|always-proceed|auto-high|full|turbo|accept-edits|auto[_-]?edit)$/i, fact: EVERYTHING },
  { keys: /(?:^|\.)permission(?:\.(?:bash|edit|webfetch|external_directory|\*)(?:\.\*)?)?$/, value: /^allow$/, fact: LOOSER },
  { keys: /(?:^|\.)(?:mcpServers|mcp_servers|servers)\.[^.]+\.(?:trust|autoApproveAll)$/, value: YES, fact: LOOSER },
  { keys: /(?:^|\.)(?:mcpServers|mcp_servers|servers)\.[^.]+\.(?:autoApprove|alwaysAllow|enabledTools)\.\[\]$/, value: /^\*$/, fact: LOOSER },
  { keys: /(?:^|\.)amp\.commands\.allowlist\.\[\]$|(?:^|\.)(?:autoRunCommands|commandAllowlist)\.\[\]$/, value: /^\*$/, fact: EVERYTHING },
];

/** What an assistant must ask about, or may not do. */
const REFUSALS =
  /(?:^|\.)(?:permissions\.(?:deny|ask)|excludeTools|tools\.exclude|mcp\.excluded|disabledMcpjsonServers)\.\[\]$/;
/** Servers of tools, by the key above their name. */
const SERVERS =
  /(?:^|\.)(?:mcpServers|mcp_servers|context_servers|mcp\.servers|servers|mcp)\.([^.]+)\.(command|url|httpUrl|serverUrl|args\.\[\]|command\.\[\])$/;
/** Programs that an assistant starts by itself. */
const PROGRAMS =
  /(?:^|\.)hooks?\b.*\.(?:command|bash|powershell|linux|osx|windows|run|exec|url)$|(?:^|\.)(?:statusLine\.command|fileSuggestion\.command|apiKeyHelper|awsAuthRefresh|awsCredentialExport|otelHeadersHelper|notify(?:\.\[\])?|subagentStatusLine\.command)$/;
/** What runs when somebody opens the folder. */
const ON_OPENING = /(?:^|\.)runOptions\.runOn$|(?:^|\.)runOn$/;

/** One value and the keys that lead to it; `[]` for an item of a list. */
interface Entry {
  readonly keys: readonly string[];
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

interface Sides {
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
}

const DEEPEST = 12;
const MOST = 5_000;

/** Null where one side can't be read. */
function entriesOn(change: Change): Sides | null {
  if (change.path.endsWith('.toml')) return { before: ofToml(change.before), after: ofToml(change.after) };
  if (/\.ya?ml$/.test(change.path)) {
    const sides = sidesOf(change);
    if (sides === null) return null;
    return { before: sides.before.flatMap((tree) => flat(tree)), after: sides.after.flatMap((tree) => flat(tree)) };
  }
  const [oldTree, newTree] = [change.before, change.after].map((text) => readJson(text ?? ''));
  if (oldTree === undefined || newTree === undefined) return null;
  return { before: oldTree === null ? [] : flat(oldTree), after: newTree === null ? [] : flat(newTree) };
}

function flat(tree: Tree): readonly Entry[] {
  const found: Entry[] = [];
  const step = (at: Tree, keys: readonly string[]): void => {
    if (keys.length > DEEPEST || found.length > MOST) return;
    if (at.text !== null) found.push({ keys, text: at.text, line: at.line });
    for (const [key, value] of entriesOf(at)) step(value, [...keys, key]);
    if (at.list !== null) for (const item of itemsOf(at)) step(item, [...keys, '[]']);
  };
  step(tree, []);
  return found;
}

/** Sections, and a value a line; a list on one line is its items. */
function ofToml(text: string | null): readonly Entry[] {
  let section: readonly string[] = [];
  return (text ?? '').split('\n').flatMap((line, index): readonly Entry[] => {
    const [, head] = /^\s*\[{1,2}([^\]]{1,200})\]{1,2}\s*(?:#.*)?$/.exec(line) ?? [];
    if (head !== undefined) {
      section = dotted(head);
      return [];
    }
    const [, key, value = ''] = /^\s*([\w."'-]{1,200})\s*=\s*(.{0,2000})$/.exec(line) ?? [];
    if (key === undefined) return [];
    const keys = [...section, ...dotted(key)];
    const items = value.trim().startsWith('[') ? (value.match(/"[^"]*"|'[^']*'/g) ?? []) : undefined;
    const bare = (word: string): string =>
      word
        .trim()
        .replace(/^(["'])(.*?)\1.*$/, '$2')
        .replace(/\s+#.*$/, '');
    if (items === undefined) return [{ keys, text: bare(value), line: index + 1 }];
    return items.map((item) => ({ keys: [...keys, '[]'], text: bare(item), line: index + 1 }));
  });
}

const dotted = (name: string): readonly string[] =>
  (name.match(/"[^"]*"|'[^']*'|[^.\s]+/g) ?? []).map((word) => word.replace(/^["']|["']$/g, ''));

export const assistants: AnalyzerOfFiles = {
  id: 'assistants',
  concerns: ({ path, before, after }) => SETTINGS.test(path) && before !== after,
  notice(change) {
    const sides = entriesOn(change);
    if (sides === null) return [];
    const keyOf = ({ keys, text }: Entry): string => `${keys.join('.')}\u0000${text}`;
    const [old, now] = [new Set(sides.before.map(keyOf)), new Set(sides.after.map(keyOf))];
    const added = sides.after.filter((entry) => !old.has(keyOf(entry)));
    const lost = sides.before.filter((entry) => !now.has(keyOf(entry)));
    return [
      ...added.flatMap((entry) => looser(entry)),
      ...(change.after === null ? [] : refusalsLeft(lost)),
      ...programs(change, added),
      ...servers(added),
      ...onOpening(change, added),
    ];
  },
};

function looser(entry: Entry): readonly Noticed[] {
  const path = entry.keys.join('.');
  const row = ROWS.find(({ keys, value }) => keys.test(path) && value.test(entry.text));
  if (row === undefined) return [];
  return [
    {
      ...factAt(row.fact, entry, { key: nameOf(entry), value: named(entry.text) }),
      cause: `${row.fact} ${nameOf(entry)}`,
    },
  ];
}

/** The keys without marks of lists. */
const nameOf = ({ keys }: Entry): string => named(keys.filter((key) => key !== '[]').join('.'));

const refusalsLeft = (lost: readonly Entry[]): readonly Noticed[] =>
  lost
    .filter(({ keys }) => REFUSALS.test(keys.join('.')))
    .map((entry) => ({
      ...factWas('agents/permissions-loosened: An assistant is refused less: {value} leaves {key}.', entry, {
        key: nameOf(entry),
        value: named(entry.text),
      }),
      cause: 'refusals',
    }));

/** Linekeeper's own hooks, as its set-up writes them, and nothing beside them. */
const isOurs = (command: string): boolean =>
  /\blinekeeper\b/.test(command) &&
  /['"\s]record['"]?[\s,]/.test(command) &&
  !/\bcurl\b|\bwget\b|https?:|\bnc\b|base64|\beval\b/.test(command);

function programs({ path }: Change, added: readonly Entry[]): readonly Noticed[] {
  const isHookFile = /\.hook$|\/hooks(?:\/[^/]+)?\.json$|\/hooks\/[^/]+\.(?:json|ya?ml)$/.test(path);
  return added
    .filter(
      ({ keys, text }) =>
        (PROGRAMS.test(keys.join('.')) ||
          (isHookFile && /^(?:command|bash|powershell|run)$/.test(keys.at(-1) ?? ''))) &&
        text.trim() !== '' &&
        !isOurs(text),
    )
    .map((entry) => ({
      ...factAt('agents/program-started: An assistant starts a program by itself ({key}): {program}.', entry, {
        program: named(entry.text),
        key: nameOf(entry),
      }),
      cause: 'programs',
    }));
}

function servers(added: readonly Entry[]): readonly Noticed[] {
  const seen = new Set<string>();
  return added.flatMap((entry): readonly Noticed[] => {
    const [, name] = SERVERS.exec(entry.keys.join('.')) ?? [];
    if (name === undefined || seen.has(name)) return [];
    seen.add(name);
    return [
      {
        ...factAt('agents/tool-server: An assistant gets the tools of the MCP server {name} ({from}).', entry, {
          name: named(name),
          from: named(entry.text),
        }),
        cause: 'servers',
      },
    ];
  });
}

function onOpening({ path }: Change, added: readonly Entry[]): readonly Noticed[] {
  return added.flatMap((entry): readonly Noticed[] => {
    const keys = entry.keys.join('.');
    if (ON_OPENING.test(keys) && entry.text === 'folderOpen')
      return [
        factAt('agents/runs-on-open: A task runs as soon as somebody opens the folder (runOn: folderOpen).', entry),
      ];
    if (/(?:^|\.)task\.allowAutomaticTasks$/.test(keys) && /^(?:on|true)$/.test(entry.text))
      return [
        factAt(
          'agents/runs-on-open: Tasks run as soon as somebody opens the folder, and nobody is asked (task.allowAutomaticTasks).',
          entry,
        ),
      ];
    // it runs on the machine itself, before there is a container
    return path.endsWith('devcontainer.json') && entry.keys[0] === 'initializeCommand' && entry.text !== ''
      ? [
          factAt(
            'agents/runs-on-open: A command runs on the machine of whoever opens the container (initializeCommand): {program}.',
            entry,
            { program: named(entry.text) },
          ),
        ]
      : [];
  });
}
