/** Which extensions are assistants, judged from their manifests. Ids are compared case-insensitively. Pure. */
import { ASSISTANT_EXTENSIONS } from './assistant-of-extension';

/**
 * The parts of an extension's `package.json` that show what it is. It comes from outside: any part may be of another
 * type.
 */
export interface Manifest {
  readonly publisher?: unknown;
  /** Set by the editor itself: the extension came with the editor. */
  readonly isBuiltin?: unknown;
  readonly displayName?: unknown;
  readonly description?: unknown;
  readonly categories?: unknown;
  readonly keywords?: unknown;
  readonly enabledApiProposals?: unknown;
  readonly extensionDependencies?: unknown;
  readonly contributes?: unknown;
}

/** Contributions made only by extensions with a language model. */
const CONTRIBUTIONS: readonly string[] = [
  'chatAgents',
  'chatParticipants',
  'chatSessions',
  'languageModelChatProviders',
  'languageModels',
  'languageModelTools',
  'mcpServerDefinitionProviders',
];
const CATEGORIES: ReadonlySet<string> = new Set(['ai', 'chat', 'machine learning']);
/** API proposals for ghost text, or for what a chat does to files. */
const PROPOSALS =
  /^(?:inlineCompletionsAdditions|mappedEditsProvider|chatParticipant\w*|defaultChatParticipant|aiRelatedInformation)(?:@\d+)?$/;
const WORDS =
  /\b(?:ai|a\.i\.|artificial intelligence|llms?|gpt(?:-?\d\w*)?|chatgpt|openai|claude|gemini|copilot|codewhisperer|ollama|mistral|deepseek|language models?|machine learning|coding (?:agent|assistant)|(?:inline|code) completions?|pair programmer)\b/i;

/**
 * Extensions that come with the editor from its makers (language services, git) do not write by themselves; the makers'
 * assistant is known by its id.
 */
const MAKERS: ReadonlySet<unknown> = new Set(['vscode', 'ms-vscode']);

/**
 * Whether an extension may write code by itself. Better too many than too few: a missed one's lines would count as a
 * person's.
 */
export function isAssistantExtension(id: string, manifest: Manifest): boolean {
  if (ASSISTANT_EXTENSIONS.has(id.toLowerCase())) return true;
  if (manifest.isBuiltin === true && MAKERS.has(manifest.publisher)) return false;
  const { contributes } = manifest;
  if (
    typeof contributes === 'object' &&
    contributes !== null &&
    CONTRIBUTIONS.some((name) => isFilled((contributes as Readonly<Record<string, unknown>>)[name]))
  )
    return true;
  if (texts(manifest.categories).some((category) => CATEGORIES.has(category.toLowerCase()))) return true;
  if (texts(manifest.enabledApiProposals).some((proposal) => PROPOSALS.test(proposal))) return true;
  if (texts(manifest.extensionDependencies).some((other) => ASSISTANT_EXTENSIONS.has(other.toLowerCase()))) return true;
  return [
    id.replace(/[.-]/g, ' '),
    ...texts([manifest.displayName, manifest.description]),
    ...texts(manifest.keywords),
  ].some((text) => WORDS.test(text));
}

const isFilled = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : typeof value === 'object' && value !== null;

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
