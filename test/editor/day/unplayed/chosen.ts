/** What a person chooses from a list or a menu with the mouse, and what that does away from the caret. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../../kinds/stage';
import { chosen, fixed, newNameBox, ready } from '../ready';
import type { Scene } from '../scene';
import type { Deed } from '../settings';
import { sought } from './commands';

/** A row of the list that asks for something in the middle of the window. */
const picked = (stage: Stage, row: string): Promise<void> =>
  stage.editor.host.page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().click();

export const CHOSEN: readonly Scene[] = [
  {
    title: 'An item of the list below the selected one, taken with the mouse',
    files: { 'chosen/below.ts': 'export const quarterCosts = 1;\nexport const quarterRate = 2;\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(3, 1);
      await stage.editor.type('const all = quarter');
      await chosen(stage, 'quarterCosts');
      await stage.editor.widgets.clickSuggestion('quarterRate');
      await stage.waitText(/all = quarterRate$/);
      await stage.editor.type(';');
    },
  },
  {
    title: 'A name that brings its import, taken with the mouse',
    files: {
      'chosen/use.ts': '// Uses the library\n\n',
      'chosen/lib.ts': 'export const tollOfTheYear = 1;\n',
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(3, 1);
      await stage.editor.type('const due = tollOf');
      await chosen(stage, 'tollOfTheYear');
      await stage.editor.widgets.clickSuggestion('tollOfTheYear');
      await stage.waitText(/import \{ tollOfTheYear \}[^]*due = tollOfTheYear$/);
      await stage.editor.type(';');
    },
  },
  {
    title: 'A snippet of the list, taken with the mouse and filled in',
    files: { 'chosen/snippet.ts': 'export const list = [1];\n' },
    settings: { 'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' } },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(2, 1);
      await stage.editor.type('forof');
      await chosen(stage, 'forof');
      await stage.editor.widgets.clickSuggestion('forof');
      await stage.waitText(/for \(const element of object\) \{/);
      await stage.editor.type('item');
      await stage.editor.press('Escape');
      await stage.waitText(/for \(const item of object\)/);
    },
  },
  {
    title: 'A function moved into another file that is chosen',
    files: {
      'chosen/source.ts': 'export const kept = 1;\nexport function goesAway(): number {\n  return kept;\n}\n',
      'chosen/target.ts': 'export const there = 2;\n',
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.select([2, 1], [4, 2]);
      await fixed(stage, 'Move to file');
      await picked(stage, 'target.ts');
      await stage.waitText(/^export const kept = 1;\n*$/);
      await stage.execute('workbench.action.files.saveAll');
      await stage.show('chosen/target.ts');
      await stage.waitText(/goesAway/);
      await stage.show('chosen/source.ts');
    },
  },
  {
    title: 'A function moved into another file, with a line typed before',
    files: {
      'chosen/typed.ts': 'export const kept = 1;\nexport function goesToo(): number {\n  return kept;\n}\n',
      'chosen/typed-target.ts': 'export const there = 2;\n',
    },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(1, 23);
      await stage.editor.press('Enter');
      await stage.editor.type('export const also = 3;');
      await stage.save();
      await stage.select([3, 1], [5, 2]);
      await fixed(stage, 'Move to file');
      await picked(stage, 'typed-target.ts');
      await stage.waitText(/also = 3;\n*$/);
      await stage.execute('workbench.action.files.saveAll');
      await stage.show('chosen/typed-target.ts');
      await stage.waitText(/goesToo/);
      await stage.show('chosen/typed.ts');
    },
  },
  {
    title: 'Whole lines taken out by a pattern, with the caret at one of them',
    files: { 'chosen/lines.txt': 'one\ndebug a\ntwo\ndebug b\nthree\n' },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await sought(stage, '^debug.*\\n', '', true);
      await stage.execute('editor.action.replaceAll');
      await stage.waitText(/^one\ntwo\nthree/);
      await stage.editor.press('Escape');
      await stage.editor.text.focus();
    },
  },
  {
    title: 'One whole line taken out by a pattern',
    files: { 'chosen/line.txt': 'one\ntwo\ndebug b\nthree\n' },
    perform: async (stage) => {
      await sought(stage, '^debug.*\\n', '', true);
      await stage.execute('editor.action.replaceAll');
      await stage.waitText(/^one\ntwo\nthree/);
      await stage.editor.press('Escape');
      await stage.editor.text.focus();
    },
  },
];

/** Clicks on the mark beside what an assistant offers in another place, first to go there, until the text has it. */
const clickedMark = (stage: Stage, match: RegExp): Promise<void> =>
  stage.untilText(async () => {
    await stage.editor.host.page.locator('[class*="gutter-indicator"] .icon').first().click({ timeout: 10_000 });
  }, match);

/** Ghost text that is taken behind a comment, which is typed into the blank second line. */
async function takenBehindComment(stage: Stage): Promise<void> {
  await stage.caret(2, 1);
  await stage.editor.type('// sum of all rates');
  await stage.editor.text.waitGhost('sumOfRates');
  await stage.editor.press('Tab');
  await stage.waitText(/sumOfRates = .*;/);
}

/** An assistant's suggestions that are taken beside more than the caret, or changed by what follows. */
export const TAKEN_BESIDE: readonly Deed[] = [
  {
    title: 'A next edit of two lines, accepted with the mouse',
    files: { 'taken/next-lines.ts': 'first(net, 0);\nother(gross, 0);\n\n\n' },
    perform: async (stage) => {
      await stage.caret(4, 1);
      await stage.editor.type('// both from now on with tax');
      await clickedMark(stage, /net, rateOfTaxes[^]*gross, rateOfTaxes/);
    },
    by: /rateOfTaxes/,
  },
  {
    title: 'A next edit that deletes at two places, accepted with the mouse',
    files: { 'taken/next-deletions.ts': 'all(net, feeOne, tax, feeTwo, rest);\n\n\n' },
    perform: async (stage) => {
      await stage.caret(3, 1);
      await stage.editor.type('// from now on without fees');
      await clickedMark(stage, /all\(net, tax, rest\)/);
    },
    by: /all\(net, tax, rest\)/,
  },
  {
    title: 'Ghost text taken in a blank line behind a typed comment, undone and redone',
    files: { 'taken/blank.ts': '// Costs\n\nend();\n' },
    perform: async (stage) => {
      await takenBehindComment(stage);
      await stage.editor.press('Control+Z');
      await stage.waitText(/rates\nend/);
      await stage.editor.press('Control+Y');
      await stage.waitText(/sumOfRates = .*;/);
    },
    by: /sumOfRates/,
    isKnown: true,
    areOthersTheirs: true,
  },
  {
    title: 'Ghost text taken in a blank line, then saved with line ends of Windows',
    files: { 'taken/ends.ts': '// Costs\n\nend();\n' },
    perform: async (stage) => {
      await takenBehindComment(stage);
      await sleep(1_200); // in the second after it, an assistant may add imports: what changes other lines is nobody's
      await stage.editor.run('workbench.action.editor.changeEOL');
      await stage.editor.quick.pick('CRLF');
      await sleep(500);
      await stage.editor.text.focus();
    },
    by: /sumOfRates/,
    isKnown: true,
    areOthersTheirs: true,
  },
];

/** Ghost text of an assistant that a language's service moves. */
export const MOVED_BY_SERVICES: readonly Deed[] = [
  {
    title: 'Ghost text taken: an expression of it extracted into a constant',
    files: { 'taken/extracted.ts': '// Costs\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(2, 1);
      await stage.editor.type('// least of all rates');
      await stage.editor.text.waitGhost('leastRate');
      await stage.editor.press('Tab');
      await stage.waitText(/leastRate = .*;$/);
      await fixed(stage, 'Extract to constant in enclosing scope', () => stage.select([3, 64], [3, 82]));
      await stage.waitText(/const newLocal = Math\.min\(\.\.\.costs\)/);
      await newNameBox(stage, 'newLocal');
      await stage.editor.press('Enter');
    },
    by: /Math\.min/,
    isKnown: true,
  },
  {
    title: "A name of TypeScript's as ghost text, by a setting",
    files: { 'taken/names.ts': 'export const chargesOfWeeks = 1;\n' },
    settings: { 'editor.quickSuggestions': { other: 'inline', comments: 'off', strings: 'off' } },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(2, 1);
      await stage.editor.type('const due = charge');
      await stage.editor.text.waitGhost('sOfWeeks');
      await stage.editor.press('Tab');
      await stage.waitText(/due = chargesOfWeeks$/);
    },
    by: /chargesOfWeeks$/,
  },
];
