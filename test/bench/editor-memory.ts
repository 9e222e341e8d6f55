/**
 * What the extension holds in memory after a session: the same session is played with it and without it, and what is
 * more with it is its own.
 */
import { agentWrites } from '../editor/agent';
import { until, type Editor } from '../editor/host';
import type { HostMemory } from '../editor/host/probe/events';
import { linesOf } from './repositories';
import type { Fact } from './rows';

const ROUNDS = 60;
const FILES = 10;
const LINES = 2_000;

/** `start`: an editor with extensions. */
export async function memoryOfSession(
  start: (extensions: readonly string[]) => Promise<Editor>,
  product: string,
): Promise<Fact[]> {
  const [own, none] = [await memoryAfterSession(start, [product]), await memoryAfterSession(start, [])];
  const session = `a session of ${String(ROUNDS)} rounds in ${String(FILES)} files (a person types and saves, an assistant edits)`;
  return [
    {
      what: `Memory of the extension after ${session}: its objects and buffers, and its processes`,
      value: megabytes(own.shared + own.beside - none.shared),
      unit: 'MB',
      limit: 60,
    },
    { what: 'Megabytes on the shared thread', value: megabytes(own.shared - none.shared), unit: 'MB', limit: null },
    { what: 'The whole process of all extensions with it', value: megabytes(own.resident), unit: 'MB', limit: null },
    { what: 'The same without it', value: megabytes(none.resident), unit: 'MB', limit: null },
  ];
}

const megabytes = (bytes: number): number => bytes / 2 ** 20;

async function memoryAfterSession(
  start: (extensions: readonly string[]) => Promise<Editor>,
  extensions: readonly string[],
): Promise<HostMemory> {
  const editor = await start(extensions);
  try {
    const { workspace } = editor;
    const nameOf = (file: number): string => `session-${String(file)}.ts`;
    for (let file = 0; file < FILES; file++) workspace.write(nameOf(file), linesOf(LINES, `s${String(file)}`).join(''));
    workspace.commit('Add files');
    for (let round = 0; round < ROUNDS; round++) {
      const name = nameOf(round % FILES);
      await editor.inside.run(async (api, file) => {
        await api.window.showTextDocument(api.Uri.file(file), { preview: false });
      }, workspace.at(name));
      await editor.text.focus();
      await editor.text.goto(round * 10 + 1, 1);
      await editor.type(`// ${String(round)} `, 1);
      await editor.text.save();
      await agentWrites(
        workspace,
        name,
        workspace.read(name).replaceAll(new RegExp(`compute\\((?=${String(round % 9)})`, 'g'), 'calculate('),
      );
      await until(
        async () =>
          (await editor.inside.run((api) => api.window.activeTextEditor?.document.getText())) === workspace.read(name),
        { what: 'what the assistant wrote to be shown' },
      );
    }
    return await editor.inside.measure('memory');
  } finally {
    await editor.close();
  }
}
