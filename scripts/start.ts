/**
 * Opens the real editor with the extension: `npm start` on a sample repository, `npm start FOLDER` on one's own.
 * `npm start -- --once`, or without a terminal, instead plays the story on the sample repository and exits with 0 when
 * all of it really happened. `--browser` uses the editor in the browser even if there is desktop VS Code.
 */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AGENT_SETTINGS, scriptedModel } from '../test/editor/host';
import { completionsVsix } from '../test/editor/host/extensions';
import { copilotCalls } from '../test/story/agents';
import { putOnPath } from '../test/story/on-path';
import { playStory } from '../test/story/play';
import { FOR_COPILOT } from '../test/story/plot';
import { JUNE, makeSample } from '../test/story/sample';
import { CHAT_COMPLETIONS } from '../test/support/model/chat-completions';
import { ScriptedModel } from '../test/support/model/server';
import { packQuietly } from './packed';
import { openInServedEditor } from './start/browser';
import { findDesktop, openDesktop } from './start/desktop';
import { commands, tryThis, yourOwn } from './start/words';

const TOP = path.resolve(import.meta.dirname, '..');
const OUT = path.join(TOP, 'out');

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { once: { type: 'boolean' }, browser: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [folder] = positionals;
  if (folder !== undefined && !existsSync(folder)) {
    console.error(`There is no folder ${path.resolve(folder)}.`);
    return 2;
  }
  say('Building and packing the extension …');
  const vsix = await packQuietly();
  const desktop = values.browser === true ? undefined : findDesktop();
  if (values.once === true || (folder === undefined && !process.stdout.isTTY))
    return (await playStory(vsix, say)) ? 0 : 1;
  if (folder !== undefined) await openOwn(path.resolve(folder), vsix, desktop);
  else await openSample(vsix, desktop);
  return 0;
}

async function openOwn(root: string, vsix: string, desktop: string | undefined): Promise<void> {
  const keep = path.join(OUT, 'start', desktop === undefined ? 'browser' : 'desktop');
  const told = yourOwn(root, path.join(TOP, 'dist', 'cli.js'));
  if (desktop !== undefined) {
    say(`Opening VS Code …\n${told}\nThis ends when you close the window.`);
    await openDesktop({ program: desktop, root, extensions: [vsix], keep, settings: {} });
    return;
  }
  await openInServedEditor({
    root,
    extensions: [vsix],
    keep,
    home: 'own',
    say,
    ready: (url) => {
      say(inBrowser(url) + told + END);
    },
  });
}

async function openSample(vsix: string, desktop: string | undefined): Promise<void> {
  const keep = path.join(OUT, 'start', desktop === undefined ? 'sample-browser' : 'sample-desktop');
  const place = path.join(OUT, 'sample');
  rmSync(place, { recursive: true, force: true });
  rmSync(keep, { recursive: true, force: true });
  const { root } = makeSample(place);
  const extensions = [vsix, await completionsVsix()];
  const model = await startAgentsModel(root);
  try {
    if (desktop === undefined) {
      const ready = (url: string, home: string, installed: string): void => {
        putOnPath(home, installed);
        say(
          inBrowser(url) +
            tryThis(root, 'Run "Extensions: Enable All Extensions", open the chat view, and') +
            commands('linekeeper') +
            END,
        );
      };
      await openInServedEditor({
        root,
        extensions,
        keep,
        home: 'private',
        identity: JUNE,
        settings: AGENT_SETTINGS,
        models: [scriptedModel(`${model.url}/v1`)],
        say,
        ready,
      });
      return;
    }
    say(
      `Opening VS Code …\n${tryThis(root, 'Open the chat view, choose the model "Scripted", and')}${commands(`node ${path.join(TOP, 'dist', 'cli.js')}`)}\nThis ends when you close the window.`,
    );
    await openDesktop({
      program: desktop,
      root,
      extensions,
      keep,
      settings: { ...AGENT_SETTINGS, 'workbench.startupEditor': 'none' },
      models: [scriptedModel(`${model.url}/v1`)],
    });
  } finally {
    await model.stop();
  }
}

/** Whatever the first question is, the agent does what it does to the database in the story. */
async function startAgentsModel(root: string): Promise<ScriptedModel> {
  const model = await ScriptedModel.start(CHAT_COMPLETIONS, null);
  const database = FOR_COPILOT.changes.filter((change) => 'replace' in change && change.replace.path.endsWith('.tf'));
  model.play([
    { say: 'I will switch on encryption.', calls: copilotCalls(database, (file) => path.join(root, file)) },
    { say: 'Done: the database is encrypted.' },
  ]);
  return model;
}

const inBrowser = (url: string): string => `\nVS Code with Linekeeper is ready in your browser:\n\n  ${url}\n`;

const END = '\n  Ctrl+C ends it.';

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
