import assert from 'node:assert/strict';
import { compiledOf, startEditor, until, type Editor } from '../host';
import { packedProduct } from '../../support/product';

describe('the first run (stock build)', function () {
  this.timeout(180_000);
  let editor: Editor | undefined;
  const running = (): Editor => {
    if (editor === undefined) throw new Error('the editor did not start');
    return editor;
  };

  before('start an editor that nobody used yet', async function () {
    this.timeout(20 * 60_000);
    editor = await startEditor({ extensions: [await packedProduct()] });
  });
  after('end it', () => editor?.close());

  it('tells once what it does, in a few sentences, and offers a preview', async () => {
    const { notices, terminal, text } = running();
    const told = await notices.wait('Linekeeper marks which lines AI wrote.');
    assert.equal(told.message.split(/[.](?= |$)/).filter((sentence) => sentence.trim() !== '').length, 3);
    assert.deepEqual(told.buttons, ['Set Up…', 'Preview', 'Not Now']);
    await terminal.open();
    await terminal.run('gemini -p "hello"'); // it would be told of, were nothing else there
    await terminal.run('true');
    assert.deepEqual(
      (await notices.all()).map(({ message }) => message),
      [told.message],
    );
    await running().screenshot('first-run');
    await notices.press('Linekeeper marks', 'Preview');
    await text.waitLine('Nothing else is written until you run');
    await text.waitLine(/\.git\/hooks$/);
    await running().screenshot('set-up-preview');
  });

  it('keeps what was compiled of it, so that the next start need not compile', async () => {
    const kept = (): readonly string[] => compiledOf(running().host.folder.extensions, 'linekeeper.linekeeper-');
    await until(
      () => ['background', 'editor'].every((bundle) => kept().some((name) => name.startsWith(`${bundle}-`))),
      { what: 'what was compiled to be beside the bundles' },
    );
  });

  it('says nothing in the next folder', async () => {
    const { inside, notices } = running();
    await running().openFolder();
    await until(() => inside.run((vscode) => vscode.extensions.getExtension('linekeeper.linekeeper')?.isActive), {
      what: 'the extension to be active',
    });
    await running().command('Linekeeper: Show AI Changes');
    await until(async () => (await running().workbench.paneText('AI Changes')).includes('Set Up Linekeeper'), {
      what: 'the view to know what is set up',
    });
    assert.deepEqual(
      (await notices.all()).filter(({ message }) => message.includes('Linekeeper')),
      [],
    );
  });

  it('has a walkthrough with a picture for each step', async () => {
    const { host, inside } = running();
    await inside.run(async (vscode) =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', 'linekeeper.linekeeper#start', false),
    );
    const steps = host.page.locator('.getting-started-step:visible');
    await until(async () => (await steps.count()) === 6, { what: 'the steps' });
    for (const theme of ['Default Dark Modern', 'Default Light Modern', 'Default High Contrast']) {
      await running().settings({ 'workbench.colorTheme': theme });
      for (const title of ['See who wrote what', 'Review AI code']) {
        await steps.filter({ hasText: title }).first().click();
        await until(
          async () => (await steps.filter({ hasText: title }).first().getAttribute('class'))?.includes('expanded'),
          { what: title },
        );
        await until(() => host.page.frames().length > 1, { what: 'the picture' });
        await running().screenshot(
          `walkthrough-${title.split(' ')[0]?.toLowerCase() ?? ''}-${theme.split(' ')[1]?.toLowerCase() ?? ''}`,
        );
      }
    }
  });
});
