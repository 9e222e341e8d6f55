/** Who else is in the window on a person's day. */
import { until, type EditorOptions } from '../host';
import { COMPLETIONS } from '../kinds/plays/completions';
import { ASSISTANTS } from '../kinds/plays/assistants';
import type { Stage } from '../kinds/stage';
import type { Scene } from './scene';

/** What an assistant does, and what stands only in lines that it wrote. */
export type Deed = Scene & {
  readonly by: RegExp;
  /** Its lines are known as AI's: nobody's are too few. */
  readonly isKnown?: true;
  /** Each other line that changed is the person's. */
  readonly areOthersTheirs?: true;
};

export interface Setting {
  /** Of its recordings, see `recorded/`. */
  readonly name: string;
  readonly title: string;
  /** What the person does; by default the scenes of a day. */
  readonly scenes?: readonly Scene[];
  /** The setting whose recordings of the scenes are also told again as if they were made here. */
  readonly scenesOf?: string;
  readonly options: Pick<EditorOptions, 'settings' | 'proposedApi' | 'copilot'>;
  /** Brings the window there. */
  readonly prepare?: (stage: Stage) => Promise<void>;
  /** The other side: these edits are never the person's. */
  readonly assistants?: readonly Deed[];
}

const OFFER = '// Costs\n';

const GHOST_TEXT: readonly Deed[] = [
  {
    title: 'Ghost text accepted with the mouse',
    files: { 'deeds/mouse.ts': OFFER },
    settings: {},
    perform: async (stage) => {
      await stage.editor.settings(COMPLETIONS.mouse.settings);
      await COMPLETIONS.mouse.perform(stage);
    },
    by: /leastRate/,
    isKnown: true,
  },
  {
    title: 'Ghost text accepted with a key',
    files: { 'deeds/tab.ts': OFFER },
    perform: COMPLETIONS.tab.perform,
    by: /sumOfRates/,
    isKnown: true,
  },
  {
    title: "Ghost text accepted line by line, with a key of the person's own",
    files: { 'deeds/line.ts': OFFER },
    perform: COMPLETIONS.nextLine.perform,
    by: /meanRate/,
    isKnown: true,
  },
  {
    title: 'A next edit accepted with the mouse',
    files: { 'deeds/next-edit-mouse.ts': COMPLETIONS.nextEdit.content },
    perform: async (stage) => {
      await stage.caret(4, 1);
      await stage.editor.type('// from now on with tax');
      await stage.editor.widgets.waitNextEdit('rateOfTaxes');
      await stage.editor.widgets.clickNextEdit('rateOfTaxes');
      await stage.waitText(/rateOfTaxes/);
    },
    by: /rateOfTaxes/,
  },
  {
    title: 'A next edit accepted with a key',
    files: { 'deeds/next-edit.ts': COMPLETIONS.nextEdit.content },
    perform: COMPLETIONS.nextEdit.perform,
    by: /rateOfTaxes/,
  },
];

/** What Copilot's extension puts in by itself, where nothing of the stable API tells that it was Copilot. */
const BY_EXTENSION: readonly Deed[] = [
  {
    title: 'A suggestion of a code review, applied',
    files: { 'deeds/review.ts': 'charge(net, 0);\nend();\n' },
    perform: async (stage) => {
      await stage.caret(1, 8);
      await stage.editor.inside.run(async (api) => {
        await api.window.activeTextEditor?.edit((builder) => {
          builder.replace(new api.Range(0, 0, 1, 0), 'charge(netWithTaxes, 0);\n');
        });
      });
      await stage.waitText(/netWithTaxes/);
    },
    by: /netWithTaxes/,
  },
  {
    title: 'A solution of the panel of completions, taken',
    files: { 'deeds/panel.ts': 'start();\n' },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.inside.run(async (api) => {
        const uri = api.window.activeTextEditor?.document.uri;
        if (!uri) throw new Error('no file is open');
        const edit = new api.WorkspaceEdit();
        edit.replace(uri, new api.Range(1, 0, 1, 0), 'solvedInThePanel();');
        await api.workspace.applyEdit(edit);
      });
      await stage.waitText(/solvedInThePanel/);
    },
    by: /solvedInThePanel/,
  },
];

/** The other side in the chat: see `kinds-of-edit.editor.full.test.ts`. */
export const CHAT_DEEDS: readonly Deed[] = [
  {
    title: "The chat's code put over a selection",
    files: { 'deeds/over.txt': 'first line;\n' },
    perform: async (stage) => {
      const { editor, model } = stage;
      await stage.select([1, 1], [1, 12]);
      await editor.chat.open();
      model.play([{ say: 'Here:\n\n```ts\nexport const overSelected = 1;\n```\n' }]);
      await editor.chat.ask('Show me some code');
      await editor.chat.wait('overSelected');
      await editor.chat.insertAtCursor();
      await stage.waitText(/overSelected = 1;/);
    },
    by: /overSelected/,
  },
  {
    title: 'Inline chat, in a file with unsaved changes',
    files: { 'deeds/unsaved.ts': 'const rate = 1;\n\n' },
    perform: async (stage) => {
      await stage.caret(2, 1);
      await stage.editor.type('const mine = 2;');
      await ASSISTANTS.inlineChat.perform(stage);
    },
    by: /rate = 7/,
  },
];

export const BESIDE_COPILOT: Setting = {
  name: 'day-copilot-idle',
  title: 'beside Copilot, which is silent',
  options: { copilot: true, proposedApi: ['GitHub.copilot-chat'] },
  prepare: async ({ editor }) => {
    await editor.command('Extensions: Enable All Extensions');
    await until(
      () => editor.inside.run((api) => api.extensions.getExtension('GitHub.copilot-chat')?.isActive === true),
      { timeout: 60_000, what: 'Copilot' },
    );
  },
  assistants: [...GHOST_TEXT, ...BY_EXTENSION],
};

/** No scene differs but in who is there: `replayed-day.test.ts` tells those beside Copilot again without it. */
export const ALONE: Setting = { name: 'day-alone', title: 'alone', scenesOf: BESIDE_COPILOT.name, options: {} };
