/** What an assistant's ghost text brings when a person takes it: every line of it is AI's. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../../kinds/stage';
import type { Deed } from '../settings';

const BEGIN = '// Costs\n';

/** Types a beginning in the last line and waits for what is offered for it. */
async function offered(stage: Stage, typed: string, ghost: string): Promise<void> {
  const line = await stage.editor.inside.run((api) => api.window.activeTextEditor?.document.lineCount ?? 1);
  await stage.caret(line, 1);
  await stage.editor.type(typed);
  await stage.editor.text.waitGhost(ghost);
}

const taken = (
  name: string,
  by: RegExp,
  perform: Deed['perform'],
  { content = BEGIN, type = 'ts', ...more }: Partial<Deed> & { readonly content?: string; readonly type?: string } = {},
): Deed => ({
  title: `Ghost text taken: ${name}`,
  files: { [`taken/${name.replaceAll(/\W+/g, '-')}.${type}`]: content },
  perform,
  by,
  isKnown: true,
  ...more,
});

const SUM = /sumOfRates = .*;$/;
const sum = async (stage: Stage): Promise<void> => {
  await offered(stage, '// sum of all rates', 'sumOfRates');
  await stage.editor.press('Tab');
  await stage.waitText(/sumOfRates = .*;\s*$/);
};

export const ACCEPTED: readonly Deed[] = [
  taken('a function of six lines', /percent|return total/, async (stage) => {
    await offered(stage, 'export function withDiscount(', 'percent');
    await stage.editor.press('Tab');
    await stage.waitText(/return total - /);
  }),
  taken('with a bracket behind the caret', /item\.|let total/, async (stage) => {
    await offered(stage, 'export function monthlyCost(', 'items');
    await stage.editor.press('Tab');
    await stage.waitText(/total \* 100/);
  }),
  taken('word by word to its end', /leastRate = .*/, async (stage) => {
    await offered(stage, '// least of all rates', 'leastRate');
    for (let words = 0; words < 24; words++) await stage.editor.press('Control+ArrowRight');
    await stage.waitText(/leastRate/);
  }),
  taken('line by line', /meanRate = .*/, async (stage) => {
    await offered(stage, '// mean of all rates', 'meanRate');
    await stage.execute('linekeeper.acceptNextLineOfInlineSuggestion');
    await stage.editor.text.waitGhost('meanRate');
    await stage.execute('linekeeper.acceptNextLineOfInlineSuggestion');
    await stage.waitText(/meanRate = .*;/);
  }),
  taken('after an explicit request', SUM, async (stage) => {
    await stage.caret(2, 1);
    await stage.editor.type('// sum of all rates');
    await stage.editor.press('Escape');
    await stage.execute('editor.action.inlineSuggest.trigger');
    await stage.editor.text.waitGhost('sumOfRates');
    await stage.editor.press('Tab');
    await stage.waitText(/sumOfRates = .*;$/);
  }),
  taken('undone and redone', SUM, async (stage) => {
    await sum(stage);
    await stage.editor.press('Control+Z');
    await stage.waitText(/rates$/);
    await stage.editor.press('Control+Y');
    await stage.waitText(/sumOfRates = .*;$/);
  }),
  taken('and formatted on save', SUM, sum, { settings: { 'editor.formatOnSave': true } }),
  taken('in a plain text', SUM, sum, { type: 'txt' }),
  taken('in a file with line ends of Windows', SUM, sum, { content: '// Costs\r\n' }),
  taken('twice in a row', /sumOfRates = .*;$|leastRate = .*;$/, async (stage) => {
    await sum(stage);
    await stage.editor.press('Enter');
    await stage.waitText(/;\n$/); // the extension host hears of the new line after the key
    await offered(stage, '// least of all rates', 'leastRate');
    await stage.editor.press('Tab');
    await stage.waitText(/leastRate = .*;$/);
  }),
  taken(
    'the first letters typed, the rest taken',
    /totalOfTheYear/,
    async (stage) => {
      await offered(stage, 'export const t', 'otalOfTheYear');
      await stage.editor.type('ot');
      await stage.editor.text.waitGhost('alOfTheYear');
      await stage.editor.press('Tab');
      await stage.waitText(/totalOfTheYear = 365;/);
    },
    {
      settings: {
        'testCompletions.offers': ['export const t', 'export const to', 'export const tot'].map((after) => ({
          after,
          insert: 'export const totalOfTheYear = 365;',
        })),
      },
    },
  ),
  taken('then moved, commented and taken back', SUM, async (stage) => {
    await sum(stage);
    await stage.editor.press('Alt+ArrowUp');
    await stage.waitText(/sumOfRates = .*;\n\/\/ sum/);
    await stage.editor.press('Control+/');
    await stage.waitText(/\n\/\/ export const sumOfRates/);
    await stage.editor.press('Control+/');
    await sleep(200);
    await stage.waitText(/\nexport const sumOfRates/);
  }),
  taken('in the second group of a file', SUM, async (stage) => {
    await stage.execute('workbench.action.splitEditor');
    await sleep(500);
    await stage.editor.text.focus();
    await sum(stage);
    await stage.save();
    await stage.execute('workbench.action.joinAllGroups');
    await stage.show();
  }),
  taken('after Escape and a second look', SUM, async (stage) => {
    await offered(stage, '// sum of all rates', 'sumOfRates');
    await stage.editor.press('Escape', 'Backspace');
    await stage.editor.type('s');
    await stage.editor.text.waitGhost('sumOfRates');
    await stage.editor.press('Tab');
    await stage.waitText(/sumOfRates = .*;$/);
  }),
  taken('and cut, and pasted in another place', SUM, async (stage) => {
    await sum(stage);
    await stage.caret(3, 5);
    await stage.editor.press('Control+X');
    await stage.caret(1, 1);
    await stage.editor.press('Control+V');
    await stage.waitText(/^export const sumOfRates/);
  }),
];
