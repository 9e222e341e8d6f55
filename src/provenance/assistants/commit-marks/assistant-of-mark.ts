/** Whom the marks in a commit mean: an address, a co-author, a line that says what generated it. */
import { ASSISTANTS } from '../registry';
import { agentWithAddress, agentWithLogin } from './agent-accounts';
import type { CoAuthor } from './co-authors';

/** The ids in `Assisted-by` that mean an assistant; anything else there may be a person's name. */
const KNOWN_IDS: ReadonlySet<string> = new Set([...ASSISTANTS.map((assistant) => assistant.id), 'unknown-assistant']);

/** Other names in use there for the same assistants: the Linux kernel's form is `Claude:claude-3-opus`. */
const OTHER_NAMES: Readonly<Record<string, string | undefined>> = {
  chatgpt: 'unknown-assistant',
  claude: 'claude-code',
  copilot: 'github-copilot',
  llm: 'unknown-assistant',
};
const idOf = (name: string): string => (Object.hasOwn(OTHER_NAMES, name) ? (OTHER_NAMES[name] ?? name) : name);

/** The assistant that a name in a trailer means; undefined for a person's. */
export function assistantOfName(name: string): string | undefined {
  const id = idOf(name.toLowerCase().replace(/ /g, '-'));
  return KNOWN_IDS.has(id) ? id : undefined;
}

/**
 * A line of its own that assistants end messages with, such as Claude Code's `🤖 Generated with [Claude Code](…)`, and the
 * trailer that the Apache Software Foundation's guidance on generative tooling asks for.
 */
const GENERATED_BY =
  /^[^\p{L}\n]{0,4}Generated(?:-by:| by| with)[ \t]{1,4}\[?([a-z0-9][a-z0-9 -]{1,30}[a-z0-9])\]?[ \t]{0,4}(?:[(:].*)?$/gimu;

/** A trailer whose key alone says that its value is no person. */
const AI_ASSISTANT = /^AI-assistant:[ \t]{0,4}([a-z0-9][a-z0-9 -]{0,30}[a-z0-9])[ \t]{0,4}(?:[(:.].*)?$/gim;

/** The assistants that such lines name. */
export const generatorsIn = (message: string): readonly string[] => [
  ...[...message.matchAll(GENERATED_BY)].flatMap((match) => assistantOfName(match[1] ?? '') ?? []),
  ...[...message.matchAll(AI_ASSISTANT)].map((match) => assistantOfName(match[1] ?? '') ?? 'unknown-assistant'),
];

/** The trailer of Replit's Agent and Assistant. Entire's is none: its checkpoint may count lines of a person. */
const SESSION = /^Replit-Commit-Author:[ \t]{0,4}(?:Agent|Assistant)[ \t]*$/im;

/** The assistants whose sessions such trailers name. They say nothing of a person, but belong to their tool. */
export const sessionOwnersIn = (message: string): readonly string[] =>
  SESSION.test(message) ? ['unknown-assistant'] : [];

/** The assistant that an address belongs to; undefined for a person's. */
export function assistantOfEmail(email: string): string | undefined {
  const address = email.toLowerCase();
  const account = /^(\d+)\+/.exec(address)?.[1];
  const has = ({ emails, accounts }: Pick<(typeof ASSISTANTS)[number]['marks'], 'emails' | 'accounts'>): boolean =>
    emails.includes(address) ||
    (account !== undefined && address.includes('@users.noreply.') && accounts.includes(Number(account)));
  return ASSISTANTS.find(({ marks }) => has(marks))?.id ?? agentWithAddress(address);
}

/** The assistant that a co-author is, by address, login or its bare name; undefined for a person. */
export function assistantOfCoAuthor({ name, email, login }: CoAuthor): string | undefined {
  if (email !== undefined) return assistantOfEmail(email);
  const key = (login ?? name).toLowerCase();
  return agentWithLogin(key) ?? assistantOfName(key);
}
