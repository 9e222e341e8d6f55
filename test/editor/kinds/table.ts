/**
 * Which edit has which author: the table of docs/authors.md, and what the tests in the real editor expect. Each row is
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
  stable: person('a command of the editor, and no assistant can have made it'),
  beside: unknown('looks like what any extension may put in'),
};
/** The same, called with its key. */
const called = person("our key binding brackets the editor's own command");
const kept = (how: string): Answer => ({ author: 'kept', how });

const typing = (title: string, how: string): KindOfEdit => ({ group: 'Typing', title, stable: person(how) });

export const KINDS_OF_EDIT = {
  typed: typing('Typed characters', 'put in at the caret, and the selection moves as after a key'),
  dedent: typing('Bracket that dedents its line', 'one character in place of the blanks before the caret'),
  overLines: typing('Typed over selected lines', 'one character in place of the selection'),
  enter: typing('Enter', 'a line break and blanks at the caret'),
  pair: typing('Auto-closed brackets and quotes', 'come with the typed character'),
  composed: typing('Input methods', 'what is composed is replaced at the caret, then stays'),
  backspace: typing('Backspace and Delete', 'what goes touches the caret or was selected'),
  word: typing('Deleted words', 'what goes touches the caret'),
  line: typing('Delete Line', 'whole lines of the caret go'),
  cursors: typing('Several cursors', 'the same at each of them'),
  column: typing('Column selection', 'the same at each of its carets'),
  indent: typing('Tab and re-indenting', 'only blanks, on the lines of the selection'),
  comment: typing('Toggle Comment', 'only comment marks, on the lines of the selection'),
  vim: typing('Vim and other emulations of a keyboard', 'an extension passes the key on to the editor'),
  cut: {
    group: 'Moving text',
    title: 'Cut and paste in one file',
    stable: kept('what is cut is remembered with its authors'),
  },
  cutAcross: {
    group: 'Moving text',
    title: 'Cut and paste into another file',
    stable: kept('what is cut is remembered with its authors'),
  },
  copied: {
    group: 'Moving text',
    title: 'Copy and paste within the repository',
    stable: kept('what is copied is remembered with its authors'),
  },
  pasted: {
    group: 'Moving text',
    title: 'Paste from elsewhere',
    stable: unknown('where the text comes from is not seen', 'pasted'),
  },
  pastedLines: {
    group: 'Moving text',
    title: 'Paste of several lines from elsewhere',
    stable: unknown('where the text comes from is not seen', 'pasted'),
  },
  pastedHuman: {
    group: 'Moving text',
    title: 'Paste from elsewhere, with `linekeeper.paste` set to `human`',
    stable: { author: 'person', evidence: 'declared', how: 'the setting says so' },
  },
  moveLine: {
    group: 'Moving text',
    title: 'Move Line Up and Down',
    stable: kept('goes out and comes in within one change'),
  },
  copyLine: {
    group: 'Moving text',
    title: 'Copy Line Up and Down',
    stable: kept('the lines of the selection come in once more beside them'),
  },
  drag: {
    group: 'Moving text',
    title: 'Drag and drop of text',
    stable: kept('goes out and comes in within one change'),
  },
  undo: {
    group: 'Moving text',
    title: 'Undo and redo',
    stable: kept('the editor says so, and the text is one that was there before'),
  },
  tab: {
    group: 'Suggestions and completions',
    title: 'Inline completion, accepted with Tab',
    stable: ai('observed', "our key binding brackets the editor's own command"),
    detailed: ai('reported', 'the editor says so, with the extension that offered it'),
  },
  mouse: {
    group: 'Suggestions and completions',
    title: 'Inline completion, accepted with the mouse',
    stable: unknown('a click is not seen'),
    detailed: ai('reported', 'the editor says so, with the extension that offered it'),
  },
  nextWord: {
    group: 'Suggestions and completions',
    title: 'Next word of an inline completion',
    stable: ai('observed', "our key binding brackets the editor's own command"),
    detailed: ai('reported', 'the editor says so, with the extension that offered it'),
  },
  nextLine: {
    group: 'Suggestions and completions',
    title: 'Next line of an inline completion',
    stable: unknown(
      'the editor has no key for it to bracket; bind one to `linekeeper.acceptNextLineOfInlineSuggestion`',
    ),
    detailed: ai('reported', 'the editor says so, with the extension that offered it'),
  },
  nextEdit: {
    group: 'Suggestions and completions',
    title: 'Next-edit suggestion, accepted with Tab',
    stable: ai('observed', "our key binding brackets the editor's own command"),
    detailed: ai('reported', 'the editor says so, with the extension that offered it'),
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
      "the editor says so; longer items are unknown when an assistant may have offered them, those of an assistant's extension are AI's",
    ),
  },
  suggestionMouse: {
    group: 'Suggestions and completions',
    title: 'Name from the suggestion list, with the mouse',
    ...alone,
    detailed: person('as with a key'),
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
    beside: unknown('a line with nothing new but blanks and punctuation; no other line changes its author'),
  },
  quickFix: {
    group: 'Tools of the editor',
    title: 'Quick fixes',
    ...alone,
    detailed: person("the editor says whose fix it is; those of an assistant's extension are AI's"),
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
  moved: {
    group: 'Files and git',
    title: 'File renamed in the Explorer',
    stable: kept('what the record knows of its text holds under the new name'),
  },
  notebook: {
    group: 'Files and git',
    title: 'Cell of a notebook',
    stable: person(
      'cells are tracked like files, and their lines found in the saved file; outputs count for whoever was at work',
    ),
  },
  untitled: {
    group: 'Files and git',
    title: 'Untitled file, saved into the repository',
    stable: person('what was typed before it had a name is taken over, with its authors'),
  },
  reload: {
    group: 'Files and git',
    title: 'Another program writes the file',
    stable: unknown("nobody reported who it was; an assistant's hook does"),
  },
  discard: { group: 'Files and git', title: 'Discarded changes', stable: kept('the text is the committed one again') },
  checkout: {
    group: 'Files and git',
    title: 'Checkout of another branch',
    stable: kept('the text is the committed one of that branch'),
  },
  stash: { group: 'Files and git', title: 'Stash and pop', stable: kept('the text is one that the record knows') },
  revert: {
    group: 'Files and git',
    title: 'Revert of selected lines',
    stable: kept('the text is the committed one again'),
  },
  workspaceEdit: {
    group: 'Assistants and extensions',
    title: "Another extension's WorkspaceEdit",
    stable: unknown('the editor does not tell what an extension is about'),
  },
  editorEdit: {
    group: 'Assistants and extensions',
    title: "Another extension's TextEditor.edit",
    stable: unknown('the editor does not tell what an extension is about'),
  },
  terminalAgent: {
    group: 'Assistants and extensions',
    title: 'Agent in a terminal',
    stable: ai('reported', 'its hooks say so'),
  },
  chat: {
    group: 'Assistants and extensions',
    title: "The editor's chat agent",
    stable: ai('reported', 'its hooks say so'),
  },
  insertAtCursor: {
    group: 'Assistants and extensions',
    title: 'Insert At Cursor of a code block in the chat',
    stable: unknown('looks like what any extension may put in'),
    detailed: unknown('the editor gives no reason'),
  },
  inlineChat: {
    group: 'Assistants and extensions',
    title: 'Inline chat',
    stable: ai('reported', "the editor's own record of its session says so, until the person has kept or undone it"),
    detailed: ai('reported', 'the editor says so, with model and session'),
  },
} as const satisfies Readonly<Record<string, KindOfEdit>>;

export type KindId = keyof typeof KINDS_OF_EDIT;
