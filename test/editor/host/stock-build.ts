/**
 * code-server patches VS Code so that every extension gets every proposed API. Users of a stock VS Code get none, so a
 * copy of it (hard links, but for two files) has that patch taken back.
 */
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { EditorPaths } from './cache';

const WORKBENCH = 'out/vs/code/browser/workbench/workbench.js';
const EXTENSION_HOST = 'out/vs/workbench/api/node/extensionHostProcess.js';

/** Makes the copy at `paths.stock`. Fails loudly when a new version of code-server no longer looks as expected. */
export function makeStockBuild(paths: EditorPaths): void {
  if (existsSync(path.join(paths.stock, '.complete'))) return;
  const draft = `${paths.stock}.${String(process.pid)}`;
  rmSync(draft, { recursive: true, force: true });
  linkTree(paths.vscode, draft);
  mend(draft, WORKBENCH, (text) => {
    const checked = giveBodyBack(text, /!([\w$]+)\(\w+\.description,"defaultChatParticipant"\)/, WORKBENCH);
    return replaceOnce(checked, /_envEnablesProposedApiForAll=!0/, '_envEnablesProposedApiForAll=!1', WORKBENCH);
  });
  mend(draft, EXTENSION_HOST, (text) =>
    giveBodyBack(text, /([\w$]+)\(\w+,"textDocumentChangeReason"\)/, EXTENSION_HOST),
  );
  writeFileSync(path.join(draft, '.complete'), '');
  rmSync(paths.stock, { recursive: true, force: true });
  renameSync(draft, paths.stock);
}

/**
 * `isProposedApiEnabled(extension, proposal)` became `return true`: find its minified name by a use of it, then make it
 * look at the extension again.
 */
function giveBodyBack(text: string, use: RegExp, file: string): string {
  const name = use.exec(text)?.[1];
  if (name === undefined)
    throw new Error(
      `stock build: ${file} has no use of isProposedApiEnabled; this version of code-server must be looked at anew`,
    );
  const always = new RegExp(`function ${name.replaceAll('$', '\\$')}\\((\\w+),(\\w+)\\)\\{return!0\\}`);
  const body = `function ${name.replaceAll('$', '$$$$')}($1,$2){return!!$1.enabledApiProposals&&$1.enabledApiProposals.includes($2)}`;
  return replaceOnce(text, always, body, file);
}

function replaceOnce(text: string, pattern: RegExp, by: string, file: string): string {
  const found = [...text.matchAll(new RegExp(pattern, 'g'))].length;
  if (found !== 1)
    throw new Error(
      `stock build: ${String(pattern)} matches ${String(found)} times in ${file}; this version of code-server must be looked at anew`,
    );
  return text.replace(pattern, by);
}

/** Copies a folder with hard links for its files; on file systems without them, with copies. */
function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else {
      try {
        linkSync(source, target);
      } catch {
        copyFileSync(source, target);
      }
    }
  }
}

/** Writes a new file in place of the hard link, so that the original keeps its content. */
function mend(build: string, file: string, change: (text: string) => string): void {
  const target = path.join(build, file);
  const changed = change(readFileSync(target, 'utf8'));
  rmSync(target);
  writeFileSync(target, changed);
}
