import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ACCEPT_COMMANDS, COMMANDS, EDITOR_COMMANDS } from '../../../src/editor/commands/ids';

const TOP = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(TOP, file), 'utf8');

interface Manifest {
  readonly engines: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly when: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
    readonly colors: readonly { readonly id: string; readonly defaults: Readonly<Record<string, string>> }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly svg: string } }[] }[];
    readonly chatPlugins: readonly { readonly path: string }[];
    readonly yamlValidation: readonly { readonly url: string }[];
  };
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const { contributes } = manifest;
const sources = readdirSync(path.join(TOP, 'src/editor'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => read(path.join('src/editor', file)))
  .join('\n');

/** Commands of ours with keys. */
const REVIEW_COMMANDS: readonly string[] = ['linekeeper.nextUnread', 'linekeeper.readAndNext'];

describe('the manifest', () => {
  it('has exactly the commands that there are', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...COMMANDS].sort());
  });

  it('has a text for every key, and no text without one', () => {
    const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
    const used = new Set([...read('package.json').matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]));
    assert.deepEqual([...used].sort(), Object.keys(texts).sort());
  });

  it("binds keys only to commands that pass on to the editor's own, and gives way to others", () => {
    for (const { command, key, when } of contributes.keybindings.filter(
      ({ command: one }) => !REVIEW_COMMANDS.includes(one),
    )) {
      assert.ok(command in ACCEPT_COMMANDS || command in EDITOR_COMMANDS, command);
      const isForTyping = command in ACCEPT_COMMANDS || EDITOR_COMMANDS[command]?.kind === 'suggestion';
      const others = isForTyping ? ['vim.mode', 'neovim.mode', '!cpp.shouldAcceptTab'] : [];
      for (const term of [
        'config.linekeeper.keybindings.enabled',
        'linekeeper.recording',
        '!editorReadonly',
        ...others,
      ])
        assert.ok(when.includes(term), `${command} without ${term}`);
      // A key that writes text elsewhere is taken only while the editor has something to accept or to do with it.
      if (/^(?:tab|enter)$/.test(key))
        assert.match(
          when,
          /inlineSuggestionVisible|inlineEditIsVisible|suggestWidgetHasFocusedSuggestion|replaceInputFocussed/,
        );
    }
  });

  it('binds keys of its own only in its own comparisons and its own view, and none that writes text', () => {
    const own = contributes.keybindings.filter(({ command }) => REVIEW_COMMANDS.includes(command));
    assert.equal(own.length, REVIEW_COMMANDS.length);
    for (const { command, key, when } of own) {
      assert.match(key, /^alt\+/, command);
      assert.match(
        when,
        /^config\.linekeeper\.keybindings\.enabled && linekeeper\.reviewing && \(resourceScheme == linekeeper-review && isInDiffEditor && editorTextFocus \|\| focusedView == linekeeper\.review\)$/,
        command,
      );
    }
  });

  it('has only settings that are read, and names files that are there', () => {
    for (const setting of Object.keys(contributes.configuration.properties)) {
      const name = setting.replace(/^linekeeper\./, '');
      assert.ok(sources.includes(`'${name}'`) || read('package.json').includes(`config.${setting}`), setting);
    }
    for (const file of [
      manifest.icon,
      ...contributes.chatPlugins.map((one) => one.path),
      ...contributes.yamlValidation.map((one) => one.url),
    ])
      assert.ok(existsSync(path.join(TOP, file)), file);
  });

  it('has each setting, with its default, and each colour in docs/editor.md', () => {
    const page = read('docs/editor.md');
    for (const [name, setting] of Object.entries(contributes.configuration.properties))
      assert.ok(
        page.includes(`| \`${name}\` | \`${String((setting as { readonly default: unknown }).default)}\` |`),
        name,
      );
    for (const { id } of contributes.colors) assert.ok(page.includes(`\`${id}\``), id);
  });

  it('has colours for all four kinds of theme, and a picture for each step of the walkthrough', () => {
    for (const { id, defaults } of contributes.colors)
      assert.deepEqual(Object.keys(defaults).sort(), ['dark', 'highContrast', 'highContrastLight', 'light'], id);
    for (const { steps } of contributes.walkthroughs)
      for (const { media } of steps)
        assert.match(read(media.svg), /^<svg [^>]*viewBox[^]*var\(--vscode-editor-background\)/);
  });

  it('asks for the oldest editor whose API is used, and is checked against that API', () => {
    assert.equal(manifest.engines['vscode'], `^${manifest.devDependencies['@types/vscode'] ?? ''}`);
  });

  it('has an icon of at least 128 × 128 pixels', () => {
    const png = readFileSync(path.join(TOP, manifest.icon));
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    assert.ok(width === height && width >= 128, `${String(width)} × ${String(height)}`);
  });
});
