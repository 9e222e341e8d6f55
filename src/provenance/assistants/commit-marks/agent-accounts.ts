/**
 * Addresses and accounts that agents commit with, in addition to the marks of the assistants that we know by their
 * programs (`src/provenance/assistants/known`). Each was seen in public commits, in a list of such, or in its maker's own source; `seen`
 * says where. Looked up in November 2026. A GitHub login belongs to one account at a time.
 */

interface AgentAccount {
  /** Id of the assistant; `unknown-assistant` for one that has none here. */
  readonly id: string;
  /** GitHub logins in lower case: the part before `@users.noreply.github.com`, without the number. */
  readonly logins?: readonly string[];
  readonly emails?: readonly string[];
  readonly seen: string;
}

const CHAOSS = 'github.com/chaoss/ai-detection-action, utils.go';

const AGENT_ACCOUNTS: readonly AgentAccount[] = [
  // Review suggestions that a person accepts are 175728472+Copilot.
  { id: 'github-copilot', logins: ['copilot'], seen: 'github.com/erigontech/erigon/pull/15456' },
  { id: 'github-copilot', logins: ['copilot[bot]'], seen: CHAOSS },
  { id: 'github-copilot', logins: ['copilot-swe-agent[bot]'], seen: 'author of commits of the coding agent' },
  {
    // Copilot Autofix, for findings of code scanning.
    id: 'github-copilot',
    logins: ['github-advanced-security[bot]'],
    seen: 'github.com/SarthakMishra/codemap/commit/a00079664dce8e5b236785c18f56023e34d28e9f',
  },
  { id: 'claude-code', logins: ['claude[bot]', 'anthropic-claude[bot]', 'claude-code-action[bot]'], seen: CHAOSS },
  { id: 'codex', logins: ['openai-codex[bot]', 'chatgpt-codex-connector[bot]'], seen: CHAOSS },
  {
    id: 'codex',
    emails: ['codex@openai.com', 'chatgpt@openai.com'],
    seen: 'co-authors that projects ask for in AGENTS.md',
  },
  { id: 'cursor', logins: ['cursor[bot]', 'cursoragent'], emails: ['agent@cursor.com'], seen: CHAOSS },
  { id: 'gemini', logins: ['gemini-code-assist[bot]', 'google-labs-jules[bot]'], seen: CHAOSS },
  { id: 'kiro', logins: ['amazon-q-developer[bot]', 'kiro-agent', 'kiro-agent[bot]'], seen: CHAOSS },
  { id: 'cline', logins: ['cline[bot]'], seen: CHAOSS },
  { id: 'continue', logins: ['continue[bot]'], seen: CHAOSS },
  { id: 'opencode', logins: ['opencode-agent[bot]'], seen: "user.email in OpenCode's GitHub Action" },
  { id: 'unknown-assistant', logins: ['devin-ai-integration[bot]'], emails: ['devin@cognition.ai'], seen: CHAOSS },
  {
    id: 'unknown-assistant',
    logins: ['sourcegraph-cody[bot]', 'jetbrains-ai[bot]', 'coderabbitai[bot]'],
    seen: CHAOSS,
  },
  { id: 'unknown-assistant', logins: ['junie-agent'], seen: "the constants of JetBrains' Junie action" },
  {
    id: 'unknown-assistant',
    logins: ['sourcery-ai[bot]'],
    seen: 'github.com/supabase-community/postgrest-py/commit/e302009',
  },
  {
    id: 'unknown-assistant',
    logins: ['ellipsis-dev[bot]', 'cubic-dev-ai[bot]', 'greptile-apps[bot]'],
    seen: 'accepted review suggestions in change logs',
  },
  {
    id: 'unknown-assistant',
    logins: ['qodo-code-review[bot]', 'qodo-merge-pro[bot]'],
    seen: 'accepted review suggestions',
  },
  {
    id: 'unknown-assistant',
    logins: ['factory-droid[bot]'],
    emails: ['droid@factory.ai'],
    seen: "co-author of Factory's Droid",
  },
  {
    id: 'unknown-assistant',
    logins: ['gpt-engineer-app[bot]', 'lovable-dev[bot]'],
    emails: ['noreply@lovable.dev'],
    seen: 'author of commits of Lovable',
  },
  { id: 'unknown-assistant', logins: ['codegen-sh[bot]'], seen: "the constants of Codegen's library" },
  {
    id: 'unknown-assistant',
    logins: ['roomote[bot]', 'roomote-roomote[bot]'],
    emails: ['roomote@roomote.dev'],
    seen: "author of commits of Roo Code's cloud agent",
  },
  { id: 'unknown-assistant', emails: ['oz-agent@warp.dev'], seen: 'co-author of Warp' },
  {
    id: 'unknown-assistant',
    logins: ['openhands-agent', 'openhands-ai[bot]'],
    emails: ['openhands@all-hands.dev'],
    seen: "author of commits of OpenHands, and the account that its resolver's documentation names",
  },
  {
    id: 'unknown-assistant',
    emails: ['junie@jetbrains.com'],
    seen: 'co-author of Junie: change logs made from commits, and AGENTS.md of several projects',
  },
  { id: 'unknown-assistant', logins: ['v0[bot]'], seen: "co-author of commits made in v0's sandbox" },
  {
    id: 'unknown-assistant',
    emails: ['agent@replit.com'],
    seen: "author of commits made through Replit's Git pane or a checkpoint",
  },
  {
    id: 'unknown-assistant',
    logins: ['seer-by-sentry[bot]'],
    seen: "author of pull requests with tests; its login in Sentry's own source",
  },
  {
    id: 'unknown-assistant',
    logins: ['bolt-new-by-stackblitz[bot]'],
    seen: 'lists of four projects that recognise the accounts of agents',
  },
  {
    id: 'unknown-assistant',
    logins: ['aaif-goose'],
    seen: 'co-author of Goose that a project asks for, id 271095942',
  },
  {
    id: 'unknown-assistant',
    logins: ['kilo-code-bot[bot]'],
    seen: 'lists of two projects that recognise the accounts of agents, id 240665456',
  },
  {
    id: 'cursor',
    emails: ['composer@anysphere.co'],
    seen: 'lists of commits by agents, beside cursoragent@cursor.com',
  },
  {
    id: 'gemini',
    emails: ['gemini-cli@google.com'],
    seen: 'author of snapshots in gitService.ts of Gemini CLI, and co-author in public commits',
  },
  { id: 'kiro', emails: ['noreply@kiro.dev', 'kiro@kiro.dev'], seen: 'co-author that projects ask for in AGENTS.md' },
  { id: 'unknown-assistant', emails: ['noreply@verdent.ai'], seen: 'co-author of Verdent' },
  { id: 'unknown-assistant', emails: ['crush@charm.land'], seen: "co-author of Charm's Crush" },
];

const byEmail = new Map(AGENT_ACCOUNTS.flatMap(({ id, emails = [] }) => emails.map((email) => [email, id] as const)));
const byLogin = new Map(AGENT_ACCOUNTS.flatMap(({ id, logins = [] }) => logins.map((login) => [login, id] as const)));

/** The assistant that commits with an address (in lower case); undefined for any other. */
export function agentWithAddress(address: string): string | undefined {
  const login = /^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$/.exec(address)?.[1];
  return byEmail.get(address) ?? (login === undefined ? undefined : byLogin.get(login));
}

/** The assistant with a GitHub login (in lower case); undefined for any other. */
export const agentWithLogin = (login: string): string | undefined => byLogin.get(login) ?? byLogin.get(`${login}[bot]`);
