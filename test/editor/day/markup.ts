/** Markup as a person writes it: what the editor closes, mirrors, wraps and counts for them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../host';
import type { Stage } from '../kinds/stage';
import { ready } from './ready';
import type { Scene } from './scene';

/** Runs a command that asks for a line of text, and answers it. */
async function answered(stage: Stage, command: string, answer: string): Promise<void> {
  const { editor } = stage;
  await editor.command(command);
  await until(async () => (await editor.quick.state())?.items.length === 0, { what: `the box of ${command}` });
  await editor.type(answer);
  await editor.press('Enter');
  await editor.host.page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
  await editor.text.focus();
}

export const MARKUP: readonly Scene[] = [
  {
    title: 'A small HTML page, with its closing tags',
    files: { 'markup/page.html': '<!doctype html>\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(2, 1);
      for (const [typed, becomes] of [
        ['<html>', /<html><\/html>$/],
        ['\n<body>', /<body><\/body>/],
        ['\n<h1>', /<h1><\/h1>/],
      ] as const) {
        await stage.editor.type(typed);
        await stage.waitText(becomes);
      }
      await stage.editor.type('Costs');
      await stage.waitText(/<h1>Costs<\/h1>/);
    },
  },
  {
    title: 'JSX: closing tags and a fragment',
    files: { 'markup/view.jsx': 'export const view = () => (\n  null\n);\n' },
    perform: async (stage) => {
      await ready(stage);
      await stage.select([2, 3], [2, 7]);
      await stage.editor.type('<section>');
      await stage.waitText(/<section><\/section>/);
      await stage.editor.type('<b>');
      await stage.waitText(/<b><\/b>/);
      await stage.editor.type('Costs');
      await stage.waitText(/<b>Costs<\/b>/);
    },
  },
  {
    title: 'HTML: a tag closed by typing its slash',
    files: { 'markup/slash.html': '<div>\n  <p>one</p>\n\n' },
    settings: { 'html.autoClosingTags': true },
    perform: async (stage) => {
      await stage.caret(3, 1);
      await stage.editor.type('</');
      await stage.waitText(/\n<\/div>/);
    },
  },
  {
    title: 'HTML: linked editing of a pair of tags',
    isPlayedEachTime: true,
    files: { 'markup/linked.html': '<div>\n  <p>one</p>\n</div>\n' },
    settings: { 'editor.linkedEditing': true },
    perform: async (stage) => {
      await ready(stage);
      await stage.caret(1, 5);
      await sleep(1_000); // the editor asks which tags belong together a moment after the caret stands
      await stage.editor.type('x');
      await stage.waitText(/^<divx>[^]*<\/divx>/);
      await stage.editor.type('y');
      await stage.waitText(/^<divxy>[^]*<\/divxy>/);
    },
  },
  {
    title: 'Emmet: wrap with an abbreviation',
    files: { 'markup/wrap.html': '<main>\n<p>one</p>\n</main>\n' },
    perform: async (stage) => {
      await stage.select([2, 1], [2, 11]);
      await answered(stage, 'Emmet: Wrap with Abbreviation', 'div.box>section');
      await stage.waitText(/<div class="box">\s*<section>\s*<p>one<\/p>\s*<\/section>\s*<\/div>/);
    },
  },
  {
    title: 'Emmet: count up and down',
    files: { 'markup/count.css': 'a {\n  margin: 9px;\n  order: 5;\n}\n' },
    perform: async (stage) => {
      await stage.caret(2, 12);
      await stage.editor.command('Emmet: Increment by 1');
      await stage.waitText(/margin: 10px/);
      await stage.caret(3, 11);
      await stage.editor.command('Emmet: Decrement by 1');
      await stage.waitText(/order: 4/);
    },
  },
  {
    title: 'Emmet: rename, remove and split a tag',
    files: { 'markup/tags.html': '<ul>\n  <li>one</li>\n</ul>\n<p><b>two</b></p>\n<div></div>\n' },
    perform: async (stage) => {
      await stage.caret(1, 2);
      await answered(stage, 'Emmet: Update Tag', 'ol');
      await stage.waitText(/^<ol>[^]*<\/ol>/);
      await stage.caret(4, 5);
      await stage.editor.command('Emmet: Remove Tag');
      await stage.waitText(/<p>two<\/p>/);
      await stage.caret(5, 3);
      await stage.editor.command('Emmet: Split/Join Tag');
      await stage.waitText(/<div ?\/>/);
    },
  },
  {
    title: 'CSS: a colour from the picker',
    files: { 'markup/colour.css': 'a {\n  color: #ff0000;\n}\n' },
    perform: async (stage) => {
      await stage.editor.widgets.pickColour();
      await stage.waitText(/color: (?!#ff0000)/);
      await stage.editor.press('Escape');
      await stage.editor.text.focus();
    },
  },
];
