/**
 * The selected lines swap places with a blank line above or below them: it is removed on one side and added on the
 * other.
 */
import { cleanName } from '../../../assistants';
import type { By } from '../../../journal';
import { assistantOfExtension, UNKNOWN_ASSISTANT } from './extension-assistant';
import type { DetailedReason } from './change-event';

/** A line's text that moves to the adjacent line; the change does not show whether that line was empty. */
export type Settled =
  | { readonly kind: 'by'; readonly by: By }
  | { readonly kind: 'restored' }
  | { readonly kind: 'pasted' }
  /**
   * The caret's empty line swaps places with the one above or below it, which the editor does by moving that line's
   * text.
   */
  | { readonly kind: 'tool'; readonly by: By; readonly extension?: string }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'command' }
  | { readonly kind: 'action' };

/** The selected lines inserted again, above or below themselves. */
const BY_ASSISTANT: ReadonlySet<string> = new Set([
  'inlineCompletionAccept',
  'inlineCompletionPartialAccept',
  'Chat.applyEdits',
  'inlineChat.applyEdits',
]);

export const SUGGESTION = 'suggestion';

/** Which assistant an extension belongs to. Extension ids are compared case-insensitively. Pure. */
const BY_TOOL: Readonly<Record<string, string>> = {
  suggest: SUGGESTION,
  codeAction: 'code action',
  rename: 'rename',
  snippet: 'snippet',
};

const BY_TYPING: ReadonlySet<string> = new Set(['type', 'compositionType', 'compositionEnd', 'cut']);

export const PERSON: By = { author: 'human', evidence: 'observed' };

export function settle(reason: DetailedReason): Settled {
  const { source, metadata } = reason;
  if (BY_ASSISTANT.has(source)) return { kind: 'by', by: assistant(metadata) };
  if (source === 'Chat.undoEdits' || source === 'Chat.reset') return { kind: 'restored' };
  const tool = Object.hasOwn(BY_TOOL, source) ? BY_TOOL[source] : undefined;
  if (tool !== undefined) {
    const by = assistant(metadata);
    if (by.assistant !== UNKNOWN_ASSISTANT) return { kind: 'by', by };
    const extension = metadata['$extensionId'];
    return {
      kind: 'tool',
      by: { author: 'unknown', reason: tool },
      ...(typeof extension === 'string' ? { extension } : {}),
    };
  }
  if (source === 'unknown' && isEditorAction(metadata['name'])) return { kind: 'action' };
  if (source !== 'cursor') return { kind: 'nobody' };
  const kind = metadata['kind'];
  if (kind === 'paste') return { kind: 'pasted' };
  return typeof kind === 'string' && BY_TYPING.has(kind) ? { kind: 'by', by: PERSON } : { kind: 'command' };
}

const isEditorAction = (name: unknown): boolean => typeof name === 'string' && name.startsWith('editor.action.');

function assistant(metadata: DetailedReason['metadata']): By {
  const extension = metadata['$extensionId'];
  const model = modelOf(metadata['$modelId']);
  const session = cleanName(metadata['$$sessionId']);
  return {
    author: 'ai',
    assistant: assistantOfExtension(typeof extension === 'string' ? extension : undefined),
    ...(model === undefined ? {} : { model }),
    ...(session === undefined ? {} : { session }),
    evidence: 'reported',
  };
}

/** `vendor|group|id` is the model `id`; `auto` is a choice and no model. */
function modelOf(id: unknown): string | undefined {
  const name = cleanName(id)?.split(/[|/]/).at(-1);
  return name === undefined || name === '' || name === 'auto' ? undefined : cleanName(name);
}
