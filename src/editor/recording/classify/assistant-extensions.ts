/** What is on the clipboard, if it was requested and readable. */
import { ASSISTANT_EXTENSIONS } from './extension-assistant';

/** The end of text inserted at a place. */
export interface Manifest {
  readonly publisher?: unknown;
  /**
   * Who made a change, judged from what the editor reports about it. Whatever is uncertain has no known author. Pure.
   */
  readonly isBuiltin?: unknown;
  readonly displayName?: unknown;
  readonly description?: unknown;
  readonly categories?: unknown;
  readonly keywords?: unknown;
  readonly enabledApiProposals?: unknown;
  readonly extensionDependencies?: unknown;
  readonly contributes?: unknown;
}

/** This author. */
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
/** The author was not seen. */
const PROPOSALS =
  /^(?:inlineCompletionsAdditions|mappedEditsProvider|chatParticipant\w*|defaultChatParticipant|aiRelatedInformation)(?:@\d+)?$/;
const WORDS =
  /\b(?:ai|a\.i\.|artificial intelligence|llms?|gpt(?:-?\d\w*)?|chatgpt|openai|claude|gemini|copilot|codewhisperer|ollama|mistral|deepseek|language models?|machine learning|coding (?:agent|assistant)|(?:inline|code) completions?|pair programmer)\b/i;

/** An editor tool made it: `by` applies unless more is known. `extension`: whose tool it is. */
const MAKERS: ReadonlySet<unknown> = new Set(['vscode', 'ms-vscode']);

/** An undo or a redo: text returns to its previous author. */
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
