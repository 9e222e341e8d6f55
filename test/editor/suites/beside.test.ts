import assert from 'node:assert/strict';
import { authorsOf } from '../authors';
import { BEGINNING, BY_ASSISTANTS, workBeside } from '../day/beside';
import { until } from '../host';
import { Stage } from '../kinds';
import { useEditor } from '../shared';

describe('a person with assistants beside them, in the stock editor', function () {
  this.timeout(180_000);
  const shared = useEditor('stock');

  it("no line of either is called the other's", async () => {
    const { editor, model } = shared();
    const stage = new Stage(editor, model, 'stock', 'beside.ts');
    await editor.workbench.tidy();
    await stage.begin(BEGINNING);
    await workBeside(stage);
    let lines: readonly string[] = [];
    await until(
      async () =>
        (lines = await authorsOf(editor.workspace, stage.file)).every(
          (line) => line.startsWith('A') || !line.includes('fromTerminal'),
        ),
      { what: "the terminal agent's record" },
    );
    const changed = lines.filter((line) => /^[AH?] /.test(line));
    console.log(lines.map((line) => `      ${line}`).join('\n'));
    for (const line of changed) assert.doesNotMatch(line, BY_ASSISTANTS.test(line) ? /^H/ : /^A/, line);
    assert.ok(
      changed.some((line) => line.startsWith('A')) && changed.some((line) => line.startsWith('H')),
      changed.join('\n'),
    );
  });
});
