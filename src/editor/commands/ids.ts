/** The ids of all commands; the manifest has the same. Pure. */

/** Commands that people see. The manifest has the same ids. */
export const COMMANDS = [
  'linekeeper.requestSeniorReview',
  'linekeeper.previewTrailers',
  'linekeeper.showProvenance',
  'linekeeper.showChanges',
  'linekeeper.openSessionDiff',
  'linekeeper.revertSession',
  'linekeeper.toggleAttribution',
  'linekeeper.acknowledge',
  'linekeeper.declareAuthor',
  'linekeeper.setUp',
  'linekeeper.previewSetUp',
  'linekeeper.undoSetUp',
  'linekeeper.showCoverage',
  'linekeeper.openPolicy',
] as const;

export type CommandId = (typeof COMMANDS)[number];

/** Commands behind keys, and the editor's own that each passes on to. */
export const ACCEPT_COMMANDS: Readonly<Record<string, string>> = {
  'linekeeper.acceptInlineSuggestion': 'editor.action.inlineSuggest.commit',
  'linekeeper.acceptNextWordOfInlineSuggestion': 'editor.action.inlineSuggest.acceptNextWord',
  'linekeeper.acceptNextLineOfInlineSuggestion': 'editor.action.inlineSuggest.acceptNextLine',
};
