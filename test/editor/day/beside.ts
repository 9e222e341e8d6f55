/** The same day with assistants beside: ghost text, the editor's chat agent and an agent in a terminal. */
import { until } from '../host';
import type { Stage } from '../kinds/stage';
import { chosen, ready } from './ready';

export const BEGINNING = 'export const net = 1;\nexport const tax = 2;\n';

/** What stands only in lines that an assistant wrote, however the person moves them. */
export const BY_ASSISTANTS = /sumOfRates|agentWasHere|fromTerminal/;

const SUM = '// sum of all rates';

/** Works on a file with all of them in turn. */
export async function workBeside(stage: Stage): Promise<void> {
  const { editor, model } = stage;
  await ready(stage);

  // A completion, and names from the list around it.
  await stage.caret(3, 1);
  await editor.type(SUM);
  await editor.text.waitGhost('sumOfRates');
  await editor.press('Tab');
  await stage.waitText(/sumOfRates = .*;$/);
  await editor.press('Escape', 'Enter');
  await editor.type('export const mine = net.toFix');
  await chosen(stage, 'toFixed');
  await editor.press('Tab');
  await stage.waitText(/net\.toFixed$/);
  await editor.type('(2);');
  await editor.press('Enter');
  await stage.save();

  // The chat agent, while the file is open.
  await editor.chat.enable();
  await editor.chat.open();
  const input = {
    filePath: editor.workspace.at(stage.file),
    oldString: 'export const tax = 2;',
    newString: 'export const tax = 2;\nexport const agentWasHere = tax * 19;',
  };
  model.play([{ calls: [{ name: 'replace_string_in_file', input }] }, { say: 'The agent is done.' }]);
  await editor.chat.ask('Please work');
  await editor.chat.wait('The agent is done.');
  await editor.chat.keepAll();
  await stage.waitText(/agentWasHere/);
  await until(() => editor.workspace.read(stage.file).includes('agentWasHere'), { what: "the agent's save" });
  await editor.text.focus();
  await until(async () => (await editor.text.activeTab())?.dirty === false, { what: "the agent's save to be over" });

  // Commands of the editor over everybody's lines.
  await stage.caret(1, 14);
  await editor.press('F2');
  await editor.widgets.renameBox();
  await editor.type('gross');
  await editor.press('Enter');
  await stage.waitText(/export const gross = 1;[^]*gross\.toFixed/);
  await editor.text.focus();
  const lines = await editor.inside.run((api) => api.window.activeTextEditor?.document.lineCount ?? 1);
  await stage.caret(lines, 1);
  await editor.type('export const   messy=  [gross,tax];');
  await editor.press('Enter', 'Control+Shift+I');
  await stage.waitText(/export const messy = \[gross, tax\];/);
  await stage.select([1, 1], [3, 4]);
  await stage.execute('editor.action.sortLinesDescending');
  await stage.waitText(/^export const tax = 2;\nexport const gross = 1;\nexport const agentWasHere/);
  await editor.press('Control+Z');
  await stage.waitText(/^export const gross/);
  await editor.press('Control+Y');
  await stage.waitText(/^export const tax/);
  await stage.save();

  // An agent in a terminal, and a person's quick work behind it.
  await stage.agent(`${editor.workspace.read(stage.file)}export const fromTerminal = 3;\n`);
  await stage.waitText(/fromTerminal = 3;\n$/);
  await stage.caret(1, 1);
  await editor.press('Control+Shift+K');
  await stage.caret(1, 1);
  await editor.type('export const tax = 4;');
  await editor.press('Enter');
  await stage.save();
}
