import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { agentWrites } from '../agent';
import { compiledOf, startEditor, until, type Editor } from '../host';
import { packedProduct } from '../../support/product';

describe('first run of the extension (stock build)', function () {
  this.timeout(180_000);
  let editor: Editor | undefined;
  const running = (): Editor => {
    if (editor === undefined) throw new Error('the editor did not start');
    return editor;
  };

  before('start an editor that nobody used yet', async function () {
    this.timeout(20 * 60_000);
    editor = await startEditor({
      extensions: [await packedProduct()],
      settings: { 'linekeeper.setUp.offer': true },
    });
  });
  after('end it', () => editor?.close());

  const ours = async (): Promise<readonly string[]> =>
    (await running().notices.all()).map(({ message }) => message).filter((one) => /Linekeeper|wrote/.test(one));
  /** Written, seen and shown, so that there was an occasion to say something. */
  const aiWrites = async (file: string, text: string): Promise<void> => {
    const editor = running();
    await agentWrites(editor.workspace, file, text);
    await editor.workbench.waitStatus(/AI line/);
    await delay(1000);
  };

  it('then offers to set up, in a notification of two sentences', async () => {
    const { notices, workspace } = running();
    await agentWrites(workspace, 'cost.txt', 'one\ntwo\n');
    const notice = await notices.wait(/wrote 2 lines here/);
    assert.equal(notice.message, 'Claude Code wrote 2 lines here. Name the assistant in your commits?');
    assert.deepEqual(notice.buttons, ['Set Up…', 'Not Now', 'Never Ask']);
    await running().screenshot('first-run');
    await notices.press(/wrote 2 lines here/, 'Set Up…');
    await running().quick.wait('Set Up Linekeeper');
    await running().screenshot('set-up-first');
    await running().press('Escape');
    await aiWrites('cost.txt', 'one\ntwo\nthree\n');
    assert.deepEqual(await ours(), [], 'once for each repository');
  });

  it('keeps its compiled code for the next start', async () => {
    const kept = (): readonly string[] => compiledOf(running().host.folder.extensions, 'linekeeper.linekeeper-');
    await until(
      () => ['background', 'editor'].every((bundle) => kept().some((name) => name.startsWith(`${bundle}-`))),
      { what: 'what was compiled to be beside the bundles' },
    );
  });

  it('a request to another machine: is blocked, and the tests of the network see it, when a page makes one', async () => {
    const { page, outside } = running().host;
    const loaded = await page.evaluate<boolean>(`new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve(true);
      image.onerror = () => resolve(false);
      image.src = 'https://outside.example/picture.png';
    })`);
    assert.equal(loaded, false);
    assert.ok(outside.includes('https://outside.example/picture.png'));
  });

  it('its page has no broken picture in a dark and a light theme', async () => {
    const { host, inside } = running();
    for (const theme of ['Default Dark Modern', 'Default Light Modern']) {
      await running().settings({ 'workbench.colorTheme': theme });
      await inside.run(async (vscode) =>
        vscode.commands.executeCommand('extension.open', 'linekeeper.linekeeper', 'readme'),
      );
      const page = host.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
      await page.getByRole('heading', { name: 'Linekeeper', exact: true }).first().waitFor();
      const widths = (): Promise<readonly number[]> =>
        page
          .locator('img')
          .evaluateAll((all) => (all as unknown as { naturalWidth: number }[]).map(({ naturalWidth }) => naturalWidth));
      await page.getByText('deletion_protection is switched off').first().waitFor();
      assert.ok((await widths()).every((width) => width > 0));
      await running().screenshot(`page-${theme.split(' ')[1]?.toLowerCase() ?? ''}`);
    }
    await running().workbench.tidy();
  });

  it('its walkthrough has a picture for each step', async () => {
    const { host, inside } = running();
    await inside.run(async (vscode) =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', 'linekeeper.linekeeper#start', false),
    );
    const steps = host.page.locator('.getting-started-step:visible');
    await until(async () => (await steps.count()) === 4, { what: 'the steps' });
    for (const theme of ['Default Dark Modern', 'Default Light Modern', 'Default High Contrast']) {
      await running().settings({ 'workbench.colorTheme': theme });
      for (const title of ['See who wrote what', 'Name AI in your commits', 'Catch dangerous', 'Request Review']) {
        await steps.filter({ hasText: title }).first().click();
        await until(
          async () => (await steps.filter({ hasText: title }).first().getAttribute('class'))?.includes('expanded'),
          { what: title },
        );
        await until(() => host.page.frames().length > 1, { what: 'the picture' });
        await running().screenshot(
          `walkthrough-${title.split(' ').at(-1)?.toLowerCase() ?? ''}-${theme.split(' ')[1]?.toLowerCase() ?? ''}`,
        );
      }
    }
  });
});
