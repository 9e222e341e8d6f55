/**
 * Which edit has which author: the table of docs/dev/edits.md, and what the tests in the real editor expect. Each row is
 * played by the test of the same id in `plays/`.
 */
import type { Evidence } from '../../../src/provenance/authorship/types';

export interface Answer {
  /** `kept`: whoever wrote the text before. */
  readonly author: 'person' | 'AI' | 'unknown' | 'kept';
  /** What the record says; none for unknown and kept. */
  readonly evidence?: Evidence;
  /** How it is known, or why it can't be. */
  readonly how: string;
  /** The record's reason for an unknown author, which the hover tells. */
  readonly reason?: string;
}

export interface KindOfEdit {
  readonly group: Group;
  readonly title: string;
  /** On the stable API alone, as every user has it, with nothing in the window that could be an assistant. */
  readonly stable: Answer;
  /** The same with an assistant's extension active; the same where it is left out. */
  readonly beside?: Answer;
  /** With `detailedReason` too; the same where it is left out. */
  readonly detailed?: Answer;
}

export const GROUPS = [
  'Typing',
  'Moving text',
  'Suggestions and completions',
  'Tools of the editor',
  'Files and git',
  'Assistants and extensions',
] as const;
export type Group = (typeof GROUPS)[number];

const person = (how: string): Answer => ({ author: 'person', evidence: 'observed', how });
const ai = (evidence: Evidence, how: string): Answer => ({ author: 'AI', evidence, how });
const unknown = (how: string, reason?: string): Answer => ({
  author: 'unknown',
  how,
  ...(reason === undefined ? {} : { reason }),
});
/** A command of the editor that nothing saw being called. */
const alone: Pick<KindOfEdit, 'stable' | 'beside'> = {
  stable: person('an editor command, and no assistant can have made the change'),
  beside: unknown('any extension could make this change'),
};
/** The same, called with its key. */
const called = person("Linekeeper's key binding calls the editor's command");
const kept = (how: string): Answer => ({ author: 'kept', how });

const typing = (title: string, how: string): KindOfEdit => ({ group: 'Typing', title, stable: person(how) });

export const KINDS_OF_EDIT = {
  typed: typing('Typed characters', 'inserted at the caret, and the selection moves as after a key press'),
  dedent: typing('Bracket that dedents its line', 'one character replaces the white space before the caret'),
  overLines: typing('Typed over selected lines', 'one character replaces the selection'),
  enter: typing('Enter', 'a line break and white space at the caret'),
  pair: typing('Auto-closed brackets and quotes', 'inserted together with the typed character'),
  composed: typing('Input methods', 'the composed text is replaced at the caret and then stays'),
  backspace: typing('Backspace and Delete', 'the deleted text touches the caret or was selected'),
  word: typing('Deleted words', 'the deleted text touches the caret'),
  line: typing('Delete Line', 'the lines at the caret are deleted whole'),
  cursors: typing('Several cursors', 'the same edit at each cursor'),
  column: typing('Column selection', 'the same edit at each caret'),
  indent: typing('Tab and re-indenting', 'only white space changes, on the selected lines'),
  comment: typing('Toggle Comment', 'only comment marks change, on the selected lines'),
  vim: typing('Vim and other keyboard emulations', 'an extension passes the key on to the editor'),
  cut: {
    group: 'Moving text',
    title: 'Cut and paste in one file',
    stable: kept('Linekeeper remembers the cut text with its authors'),
  },
  cutAcross: {
    group: 'Moving text',
    title: 'Cut and paste into another file',
    stable: kept('Linekeeper remembers the cut text with its authors'),
  },
  copied: {
    group: 'Moving text',
    title: 'Copy and paste within the repository',
    stable: kept('Linekeeper remembers the copied text with its authors'),
  },
  pasted: {
    group: 'Moving text',
    title: 'Paste from elsewhere',
    stable: unknown('Linekeeper cannot see the source of the text', 'pasted'),
  },
  pastedLines: {
    group: 'Moving text',
    title: 'Paste of several lines from elsewhere',
    stable: unknown('Linekeeper cannot see the source of the text', 'pasted'),
  },
  pastedHuman: {
    group: 'Moving text',
    title: 'Paste from elsewhere, with `linekeeper.paste` set to `human`',
    stable: { author: 'person', evidence: 'declared', how: 'the setting says so' },
  },
  moveLine: {
    group: 'Moving text',
    title: 'Move Line Up and Down',
    stable: kept('one change removes and inserts the text'),
  },
  copyLine: {
    group: 'Moving text',
    title: 'Copy Line Up and Down',
    stable: kept('one change inserts the selected lines again beside them'),
  },
  drag: {
    group: 'Moving text',
    title: 'Drag and drop of text',
    stable: kept('one change removes and inserts the text'),
  },
  undo: {
    group: 'Moving text',
    title: 'Undo and redo',
    stable: kept('the editor reports it, and the file had this text before'),
  },
  tab: {
    group: 'Suggestions and completions',
    title: 'Inline completion, accepted with Tab',
    stable: ai('observed', "Linekeeper's key binding calls the editor's command"),
    detailed: ai('reported', 'the editor names the extension that offered it'),
  },
  mouse: {
    group: 'Suggestions and completions',
    title: 'Inline completion, accepted with the mouse',
    stable: unknown('Linekeeper sees the click only where Copilot is the only assistant'),
    detailed: ai('reported', 'the editor names the extension that offered it'),
  },
  nextWord: {
    group: 'Suggestions and completions',
    title: 'Next word of an inline completion',
    stable: ai('observed', "Linekeeper's key binding calls the editor's command"),
    detailed: ai('reported', 'the editor names the extension that offered it'),
  },
  nextLine: {
    group: 'Suggestions and completions',
    title: 'Next line of an inline completion',
    stable: unknown('Linekeeper sees the command only where Copilot is the only assistant'),
    detailed: ai('reported', 'the editor names the extension that offered it'),
  },
  nextEdit: {
    group: 'Suggestions and completions',
    title: 'Next-edit suggestion, accepted with Tab',
    stable: ai('observed', "Linekeeper's key binding calls the editor's command"),
    detailed: ai('reported', 'the editor names the extension that offered it'),
  },
  overGhost: {
    group: 'Suggestions and completions',
    title: 'Typed over the ghost text of a completion',
    stable: person('each character is typed'),
  },
  suggestion: {
    group: 'Suggestions and completions',
    title: 'Name from the suggestion list',
    stable: called,
    detailed: person(
      "the editor reports it; longer items are unknown if an assistant may have offered them, and AI's if its extension did",
    ),
  },
  suggestionMouse: {
    group: 'Suggestions and completions',
    title: 'Name from the suggestion list, with the mouse',
    stable: person('the editor tells which item the list has selected'),
    detailed: person('the editor reports it, as with a key'),
  },
  snippet: {
    group: 'Suggestions and completions',
    title: 'Snippet',
    ...alone,
    detailed: unknown('the editor does not report who wrote the snippet', 'snippet'),
  },
  rename: { group: 'Tools of the editor', title: 'Rename Symbol', stable: called },
  format: { group: 'Tools of the editor', title: 'Format Document', stable: called },
  formatOnSave: {
    group: 'Tools of the editor',
    title: 'Format on save',
    ...alone,
    beside: unknown('only lines with nothing new but white space and punctuation; other lines keep their author'),
  },
  fixOnSave: {
    group: 'Tools of the editor',
    title: 'Fix on save',
    ...alone,
    detailed: person('the editor names the extension, as with a quick fix'),
  },
  quickFix: {
    group: 'Tools of the editor',
    title: 'Quick fixes',
    ...alone,
    detailed: person("the editor names the extension; a fix by an assistant's extension is AI's"),
  },
  organize: { group: 'Tools of the editor', title: 'Organize Imports', stable: called },
  replaceAll: {
    group: 'Tools of the editor',
    title: 'Replace All in a file',
    ...alone,
    detailed: person('the editor names the command'),
  },
  replaceAcross: {
    group: 'Tools of the editor',
    title: 'Replace All in the Search view',
    ...alone,
    detailed: unknown('the editor gives no reason'),
  },
  sort: {
    group: 'Tools of the editor',
    title: 'Sort Lines',
    ...alone,
    detailed: person('the editor names the command'),
  },
  upperCase: { group: 'Tools of the editor', title: 'Transform to Uppercase', ...alone },
  deleted: {
    group: 'Files and git',
    title: 'File deleted in the Explorer',
    stable: person("Linekeeper's key binding calls the editor's command; without it, no assistant can have done it"),
  },
  moved: {
    group: 'Files and git',
    title: 'File renamed in the Explorer',
    stable: kept('the record follows the file to its new name'),
  },
  notebook: {
    group: 'Files and git',
    title: 'Notebook cell',
    stable: person('cells are tracked like files; outputs count for the author at work'),
  },
  untitled: {
    group: 'Files and git',
    title: 'Untitled file, saved into the repository',
    stable: person('the record keeps the text typed before the file had a name'),
  },
  reload: {
    group: 'Files and git',
    title: 'Another program writes the file',
    stable: unknown("no report names the program; an assistant's hook would"),
  },
  discard: { group: 'Files and git', title: 'Discarded changes', stable: kept('the text is the committed text again') },
  checkout: {
    group: 'Files and git',
    title: 'Checkout of another branch',
    stable: kept('the text is the committed text of that branch'),
  },
  stash: { group: 'Files and git', title: 'Stash and pop', stable: kept('the record knows this text') },
  revert: {
    group: 'Files and git',
    title: 'Revert of selected lines',
    stable: kept('the text is the committed text again'),
  },
  workspaceEdit: {
    group: 'Assistants and extensions',
    title: "Another extension's WorkspaceEdit",
    stable: unknown('the editor does not name the extension'),
  },
  editorEdit: {
    group: 'Assistants and extensions',
    title: "Another extension's TextEditor.edit",
    stable: unknown('the editor does not name the extension'),
  },
  terminalAgent: {
    group: 'Assistants and extensions',
    title: 'Agent in a terminal',
    stable: ai('reported', 'its hooks report it'),
  },
  chat: {
    group: 'Assistants and extensions',
    title: "The editor's chat agent",
    stable: ai('reported', 'its hooks report it'),
  },
  insertAtCursor: {
    group: 'Assistants and extensions',
    title: 'Insert At Cursor for a code block in the chat',
    stable: ai('reported', "the chat's transcript has this code"),
  },
  inlineChat: {
    group: 'Assistants and extensions',
    title: 'Inline chat',
    stable: ai('reported', "the editor's record of the session says so, until you keep or undo the change"),
    detailed: ai('reported', 'the editor names model and session'),
  },
} as const satisfies Readonly<Record<string, KindOfEdit>>;

export type KindId = keyof typeof KINDS_OF_EDIT;
