/** Maps other tools' assistant names to ours. */
import { ASSISTANTS, cleanName } from '..';
import { isAnything, parsedAs } from '../../../base/shapes';

const NAMES: Readonly<Record<string, string>> = {
  claude: 'claude-code',
  anthropic: 'claude-code',
  copilot: 'github-copilot',
  'copilot-cli': 'github-copilot',
  'gemini-cli': 'gemini',
  'continue-cli': 'continue',
  'codex-cli': 'codex',
  'openai-codex': 'codex',
  'open-code': 'opencode',
  'qwen-coder': 'qwen-code',
};

/** Our id for a tool's name, such as `Claude Code`; `unknown-assistant` where there is none. */
export function assistantNamed(name: unknown): string {
  const word =
    typeof name === 'string'
      ? (cleanName(name) ?? '')
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-|-$/g, '')
      : '';
  if (word === '' || word.length > 64) return 'unknown-assistant';
  if (Object.hasOwn(NAMES, word)) return NAMES[word] ?? word;
  return (
    ASSISTANTS.find(({ id, title }) => id === word || title.toLowerCase().replace(/[^a-z0-9]+/g, '-') === word)?.id ??
    word
  );
}

/** A name from outside, or null. */
export const nameOf = (value: unknown): string | null =>
  typeof value === 'string' ? (cleanName(value) ?? null) : null;

export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : [];
export const isLine = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) < 1e9;

/** A path inside the repository, as git writes it; undefined for anything else. */
export function pathOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '' || value.includes('\0')) return undefined;
  const path = value.replace(/^\.\//, '');
  return path.startsWith('/') || path.split('/').includes('..') ? undefined : path;
}

export function parseJson(text: string): unknown {
  return parsedAs(text, isAnything);
}
