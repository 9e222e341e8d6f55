import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  ACCEPT_COMMANDS,
  COMMANDS,
  COMMANDS_OF_BUTTONS,
  EDITOR_COMMANDS,
} from '../../../src/editor/commands/command-ids';

const TOP = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(TOP, file), 'utf8');

interface Manifest {
  readonly engines: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly mac?: string;
      readonly when: string;
    }[];
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

describe('package.json of the extension', () => {
  it('contributes exactly the commands in COMMANDS', () => {
    const behindKeys = [...Object.keys(ACCEPT_COMMANDS), ...Object.keys(EDITOR_COMMANDS)];
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...COMMANDS, ...behindKeys].sort());
    for (const command of behindKeys)
      assert.deepEqual(
        contributes.menus['commandPalette']?.filter((one) => one.command === command),
        [{ command, when: 'false' }],
        command,
      );
  });

  it('commands that people see: are 24 or fewer when those behind keys are left out', () => {
    const behindKeys = Object.keys({ ...ACCEPT_COMMANDS, ...EDITOR_COMMANDS });
    const seen = contributes.commands.map(({ command }) => command).filter((command) => !behindKeys.includes(command));
    assert.ok(seen.length > 10 && seen.length <= 24, String(seen.length));
  });

  it('a command of a button: is run by a row, a link, a fix or a list when the manifest lacks it', () => {
    const listing = /const COMMANDS_OF_BUTTONS = \[[^\]]*\]/;
    const places = sources.replace(listing, '') + read('package.nls.json');
    for (const command of COMMANDS_OF_BUTTONS)
      assert.match(places, new RegExp(`'${command}'(?!:)|command:${command}\\b`), command);
  });

  it('titles: are five words or fewer when a command is in the palette', () => {
    const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
    for (const { command, title } of contributes.commands) {
      if (contributes.menus['commandPalette']?.some((row) => row.command === command && row.when === 'false')) continue;
      const shown = texts[title.replaceAll('%', '')] ?? title;
      assert.ok(shown.split(' ').length <= 5, shown);
    }
  });

  it('titles: are orders and no questions when the editor lists them', () => {
    const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
    const shown = contributes.commands.map(({ title }) => texts[title.replaceAll('%', '')] ?? title);
    assert.deepEqual(
      shown.filter((title) => /\?|^(?:who|what|which|how|where|next|previous)\b/i.test(title)),
      [],
    );
  });

  it('every key: has a title, a key for macOS and, beyond accepting a completion, the setting that Set Up turns on', () => {
    for (const { command, mac, when } of contributes.keybindings) {
      assert.ok(
        contributes.commands.some((one) => one.command === command && one.title !== ''),
        command,
      );
      assert.ok((mac ?? '') !== '', command);
      const isCompletion = command in ACCEPT_COMMANDS || EDITOR_COMMANDS[command]?.kind === 'suggestion';
      assert.equal(when.includes('&& config.linekeeper.keybindings.commands &&'), !isCompletion, command);
    }
    const setting = contributes.configuration.properties['linekeeper.keybindings.commands'];
    assert.deepEqual(
      [(setting as { default: boolean }).default, (setting as { scope: string }).scope],
      [false, 'application'],
    );
  });

  it('every %key% has a text in package.nls.json, and every text is used', () => {
    const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
    const used = new Set([...read('package.json').matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]));
    assert.deepEqual([...used].sort(), Object.keys(texts).sort());
  });

  it("binds Tab, Enter and other keys only while the editor's own command applies", () => {
    for (const { command, key, when } of contributes.keybindings.filter(
      ({ command: one }) => !REVIEW_COMMANDS.includes(one),
    )) {
      assert.ok(command in ACCEPT_COMMANDS || command in EDITOR_COMMANDS, command);
      const isForTyping = command in ACCEPT_COMMANDS || EDITOR_COMMANDS[command]?.kind === 'suggestion';
      const others = isForTyping ? ['vim.mode', 'neovim.mode', '!cpp.shouldAcceptTab'] : [];
      for (const term of [
        'config.linekeeper.keybindings.enabled',
        'linekeeper.recording',
        EDITOR_COMMANDS[command]?.kind === 'delete' ? 'filesExplorerFocus && !inputFocus' : '!editorReadonly',
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

  it('binds the review keys only in its own diffs and its own view', () => {
    const own = contributes.keybindings.filter(({ command }) => REVIEW_COMMANDS.includes(command));
    assert.equal(own.length, REVIEW_COMMANDS.length);
    for (const { command, key, when } of own) {
      assert.match(key, /^alt\+/, command);
      assert.match(
        when,
        /^config\.linekeeper\.keybindings\.enabled && config\.linekeeper\.keybindings\.commands && linekeeper\.reviewing && \(resourceScheme == linekeeper-review && isInDiffEditor && editorTextFocus \|\| focusedView == linekeeper\.review\)$/,
        command,
      );
    }
  });

  it('each setting is read by the code, and each file it names exists', () => {
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

  it('docs/settings.md lists each setting with its default, and docs/editor.md each colour', () => {
    const page = read('docs/settings.md');
    for (const [name, setting] of Object.entries(contributes.configuration.properties))
      assert.ok(
        page.includes(`| \`${name}\` | \`${String((setting as { readonly default: unknown }).default)}\` |`),
        name,
      );
    for (const { id } of contributes.colors) assert.ok(read('docs/editor.md').includes(`\`${id}\``), id);
  });

  it('colours have four kinds of theme, and each step of the walkthrough has a picture', () => {
    for (const { id, defaults } of contributes.colors)
      assert.deepEqual(Object.keys(defaults).sort(), ['dark', 'highContrast', 'highContrastLight', 'light'], id);
    for (const { steps } of contributes.walkthroughs)
      for (const { media } of steps)
        assert.match(read(media.svg), /^<svg [^>]*viewBox[^]*var\(--vscode-editor-background\)/);
  });

  it('engines.vscode is the version of the API types', () => {
    assert.equal(manifest.engines['vscode'], `^${manifest.devDependencies['@types/vscode'] ?? ''}`);
  });

  it('the icon is a square PNG of at least 128 pixels', () => {
    const png = readFileSync(path.join(TOP, manifest.icon));
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    assert.ok(width === height && width >= 128, `${String(width)} × ${String(height)}`);
  });
});
