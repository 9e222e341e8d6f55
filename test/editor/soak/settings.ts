import { COMPLETIONS } from './offered';

/** What a soak needs of the editor: nothing that writes by itself, and completions that are never the same. */
export const SOAK_SETTINGS: Readonly<Record<string, unknown>> = {
  'workbench.editor.enablePreview': false,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.parameterHints.enabled': false,
  'testCompletions.offers': COMPLETIONS.all,
};
