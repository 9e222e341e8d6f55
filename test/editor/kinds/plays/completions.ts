import { setTimeout as sleep } from 'node:timers/promises';
import type { Play } from '../play';
import type { Stage } from '../stage';

interface Offered {
  readonly comment: string;
  readonly name: string;
  readonly text: string;
}
const SUM: Offered = {
  comment: '// sum of all rates',
  name: 'sumOfRates',
  text: 'export const sumOfRates = (rates: readonly number[]): number => rates.reduce((sum, rate) => sum + rate, 0);',
};
// What nobody is seen to accept must not be there already: a copy of a line that AI is known to have written is AI's.
const LEAST: Offered = {
  comment: '// least of all rates',
  name: 'leastRate',
  text: 'export const leastRate = (costs: readonly number[]): number => Math.min(...costs);',
};
const MEAN: Offered = {
  comment: '// mean of all rates',
  name: 'meanRate',
  text: 'export const meanRate = (fees: readonly number[]): number => fees.reduce((all, fee) => all + fee, 0) / fees.length;',
};

/** Types what makes the test's completion provider offer a function as ghost text. */
async function offered(stage: Stage, { comment, name }: Offered): Promise<void> {
  await stage.caret(2, 1);
  await stage.editor.type(comment);
  await stage.editor.text.waitGhost(name);
}

const accepted =
  (accept: (stage: Stage) => Promise<void>, becomes = /;$/, offer = SUM) =>
  async (stage: Stage): Promise<void> => {
    await offered(stage, offer);
    await accept(stage);
    await stage.waitText(becomes);
    await stage.editor.press('Escape');
  };

const whole = ({ comment, text }: Offered): readonly string[] => ['. // Costs', `H ${comment}`, `@ ${text}`];
const CONTENT = '// Costs\n';

/** Types the beginning of a word and waits for the list. */
async function listed(stage: Stage): Promise<void> {
  await stage.caret(2, 1);
  await stage.editor.type('return mon');
  await stage.waitText(/return mon$/);
  await stage.execute('editor.action.triggerSuggest');
  await stage.editor.widgets.suggestion('monthlyCosts');
}

export const COMPLETIONS = {
  tab: { content: CONTENT, type: 'ts', perform: accepted(({ editor }) => editor.press('Tab')), lines: whole(SUM) },
  mouse: {
    content: CONTENT,
    type: 'ts',
    perform: accepted(({ editor }) => editor.widgets.inlineToolbar('Accept'), /;$/, LEAST),
    lines: whole(LEAST),
    settings: { 'editor.inlineSuggest.showToolbar': 'always' },
  },
  nextWord: {
    content: CONTENT,
    type: 'ts',
    perform: accepted(({ editor }) => editor.press('Control+ArrowRight', 'Control+ArrowRight'), /export$/),
    lines: ['. // Costs', `H ${SUM.comment}`, '@ export'],
  },
  nextLine: {
    content: CONTENT,
    type: 'ts',
    perform: accepted(
      async (stage) => {
        // The first line is there already: only its end is accepted.
        await stage.execute('editor.action.inlineSuggest.acceptNextLine');
        await stage.waitText(/rates\n$/);
        await stage.editor.text.waitGhost(MEAN.name);
        await stage.execute('editor.action.inlineSuggest.acceptNextLine');
      },
      /;$/,
      MEAN,
    ),
    lines: whole(MEAN),
  },
  nextEdit: {
    content: 'charge(net, 0);\n\n\n\n',
    type: 'ts',
    perform: async (stage) => {
      await stage.caret(4, 1);
      await stage.editor.type('// from now on with tax');
      await stage.editor.widgets.waitNextEdit('rateOfTaxes');
      await stage.editor.press('Tab'); // goes there
      await stage.waitCaret(1);
      await stage.editor.press('Tab');
      await stage.waitText(/rateOfTaxes/);
    },
    lines: ['@ charge(net, rateOfTaxes);', '. ', '. ', 'H // from now on with tax', '-@', '-H'],
  },
  overGhost: {
    content: CONTENT,
    type: 'ts',
    perform: accepted(({ editor }) => editor.type('\nexport c'), /export c$/),
    lines: ['. // Costs', `H ${SUM.comment}`, '@ export c'],
  },
  suggestion: {
    content: 'monthlyCosts;\n',
    perform: async (stage) => {
      await listed(stage);
      await stage.editor.press('Enter');
      await stage.waitText(/return monthlyCosts$/);
    },
    lines: ['. monthlyCosts;', '@ return monthlyCosts'],
  },
  suggestionMouse: {
    content: 'monthlyCosts;\n',
    perform: async (stage) => {
      await listed(stage);
      await sleep(500); // as long as somebody's eyes take to find the item
      await stage.editor.widgets.clickSuggestion('monthlyCosts');
      await stage.waitText(/return monthlyCosts$/);
    },
    lines: ['. monthlyCosts;', '@ return monthlyCosts'],
  },
  snippet: {
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.execute('editor.action.insertSnippet', { snippet: 'for each ${1:item};' });
      await stage.waitText(/for each item;$/);
      await stage.editor.press('Escape');
    },
    lines: ['. first line;', '@ for each item;'],
  },
} as const satisfies Readonly<Record<string, Play>>;
