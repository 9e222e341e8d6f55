/** Which assistant an extension belongs to. Extension ids are compared case-insensitively. Pure. */

const ASSISTANT_OF: Readonly<Record<string, string>> = {
  'amazonwebservices.amazon-q-vscode': 'amazon-q',
  'anthropic.claude-code': 'claude-code',
  'codeium.codeium': 'windsurf',
  'continue.continue': 'continue',
  'github.copilot': 'github-copilot',
  'github.copilot-chat': 'github-copilot',
  'google.geminicodeassist': 'gemini',
  'openai.chatgpt': 'codex',
  'saoudrizwan.claude-dev': 'cline',
  'sourcegraph.amp': 'amp',
  'sourcegraph.cody-ai': 'cody',
  'supermaven.supermaven': 'supermaven',
  'tabnine.tabnine-vscode': 'tabnine',
};

export const UNKNOWN_ASSISTANT = 'unknown-assistant';

/** Ids of assistants' extensions, in lower case. */
export const ASSISTANT_EXTENSIONS: ReadonlySet<string> = new Set(Object.keys(ASSISTANT_OF));

export function assistantOfExtension(id: string | undefined): string {
  const key = id?.toLowerCase() ?? '';
  return Object.hasOwn(ASSISTANT_OF, key) ? (ASSISTANT_OF[key] ?? UNKNOWN_ASSISTANT) : UNKNOWN_ASSISTANT;
}
