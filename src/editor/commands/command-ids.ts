/** The ids of all commands; the manifest has the same. Pure. */

/** Commands that people see. The manifest has the same ids. */
export const COMMANDS = [
  'linekeeper.requestSeniorReview',
  'linekeeper.previewTrailers',
  'linekeeper.showProvenance',
  'linekeeper.openSessionDiff',
  'linekeeper.revertSession',
  'linekeeper.toggleAttribution',
  'linekeeper.declareAuthor',
  'linekeeper.setUp',
  'linekeeper.undoSetUp',
  'linekeeper.installCommandLine',
  'linekeeper.showCoverage',
  'linekeeper.openPolicy',
  'linekeeper.openReport',
  'linekeeper.allowForAWhile',
  'linekeeper.approveRun',
  'linekeeper.whatWillCiSay',
  'linekeeper.requestChanges',
  'linekeeper.investigateIncident',
  'linekeeper.nextUnread',
  'linekeeper.readAndNext',
  'linekeeper.openReviewedFile',
  'linekeeper.approveOnForge',
  'linekeeper.signReview',
  'linekeeper.fetchNotes',
] as const;

/** Commands that only a row, a link, a quick fix or another command's list runs. The manifest does not have them. */
export const COMMANDS_OF_BUTTONS = [
  'linekeeper.showChanges',
  'linekeeper.acknowledge',
  'linekeeper.previewSetUp',
  'linekeeper.declareUnknown',
  'linekeeper.explainRule',
  'linekeeper.switchRuleOff',
  'linekeeper.takeBackAcknowledgement',
  'linekeeper.traceLine',
  'linekeeper.askTeams',
  'linekeeper.showReview',
  'linekeeper.endAllowance',
] as const;

export type CommandId = (typeof COMMANDS)[number] | (typeof COMMANDS_OF_BUTTONS)[number];

/** Commands behind keys, and the editor's own command that each delegates to. */
export const ACCEPT_COMMANDS: Readonly<Record<string, string>> = {
  'linekeeper.acceptInlineSuggestion': 'editor.action.inlineSuggest.commit',
  'linekeeper.acceptNextWordOfInlineSuggestion': 'editor.action.inlineSuggest.acceptNextWord',
  'linekeeper.acceptNextLineOfInlineSuggestion': 'editor.action.inlineSuggest.acceptNextLine',
};

/** A command of the editor that a person runs through one of ours. */
interface Passed {
  readonly command: string;
  /**
   * `imports`, `rename`: the editor reports completion before it has changed anything; a rename may change other
   * documents too. `delete`: in the Explorer.
   */
  readonly kind: 'suggestion' | 'command' | 'rename' | 'imports' | 'delete';
}

const passed = (command: string, kind: Passed['kind'] = 'command'): Passed => ({ command, kind });

/** Commands that take over the keys of the editor's own commands, so that the author of the change is known. */
export const EDITOR_COMMANDS: Readonly<Record<string, Passed>> = {
  'linekeeper.acceptSelectedSuggestion': passed('acceptSelectedSuggestion', 'suggestion'),
  'linekeeper.renameSymbol': passed('editor.action.rename', 'rename'),
  'linekeeper.formatDocument': passed('editor.action.formatDocument'),
  'linekeeper.formatSelection': passed('editor.action.formatSelection'),
  'linekeeper.organizeImports': passed('editor.action.organizeImports', 'imports'),
  'linekeeper.replaceOne': passed('editor.action.replaceOne'),
  'linekeeper.replaceAll': passed('editor.action.replaceAll'),
  'linekeeper.moveFileToTrash': passed('moveFileToTrash', 'delete'),
  'linekeeper.deleteFile': passed('deleteFile', 'delete'),
};
