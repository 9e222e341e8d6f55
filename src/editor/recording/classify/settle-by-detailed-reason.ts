/**
 * What the proposed `detailedReason` says about a change, where the editor grants it. Pure.
 */
import { cleanName } from '../../../provenance/assistants';
import type { By } from '../../../provenance/journal';
import { assistantOfExtension, UNKNOWN_ASSISTANT } from './assistant-of-extension';
import type { DetailedReason } from './change-event';

/**
 * What a reason establishes. `command`: a person used an editor command at the cursor; `action`: an editor command that
 * may have taken text from elsewhere.
 */
type Settled =
  | { readonly kind: 'by'; readonly by: By }
  | { readonly kind: 'restored' }
  | { readonly kind: 'pasted' }
  /** An editor tool that a person used: who composed the text is unknown. `extension`: whose tool it is. */
  | { readonly kind: 'tool'; readonly by: By; readonly extension?: string }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'command' }
  | { readonly kind: 'action' };

/** The sources that the editor itself classifies as an assistant's work. */
const BY_ASSISTANT: ReadonlySet<string> = new Set([
  'inlineCompletionAccept',
  'inlineCompletionPartialAccept',
  'Chat.applyEdits',
  'inlineChat.applyEdits',
]);

export const SUGGESTION = 'suggestion';

/** Sources for a tool that a person used: who composed the text is unknown. */
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

/** `vendor|group|id` is the model `id`; `auto` is a setting and not a model. */
function modelOf(id: unknown): string | undefined {
  const name = cleanName(id)?.split(/[|/]/).at(-1);
  return name === undefined || name === '' || name === 'auto' ? undefined : cleanName(name);
}
