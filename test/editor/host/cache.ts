import { existsSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../../support/cache';

/** Where the served editor is, or will be once installed. All paths are absolute. */
export interface EditorPaths {
  readonly cache: string;
  /** Name of the npm package that brings Node for this machine. */
  readonly nodePackage: string;
  readonly nodeHome: string;
  readonly node: string;
  readonly codeServer: string;
  /** VS Code's server and workbench as code-server ships them: every proposal is granted to every extension. */
  readonly vscode: string;
  /** The same with proposals granted as Microsoft's builds do. */
  readonly stock: string;
  readonly chromium: string;
}

const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** `LINEKEEPER_CHROMIUM` names a browser that is somewhere else. */
export function editorPaths(cache = cacheFolder('.')): EditorPaths {
  const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const nodeHome = path.join(cache, 'node', 'node_modules', nodePackage);
  const codeServer = path.join(cache, 'code-server', 'node_modules', 'code-server');
  return {
    cache,
    nodePackage,
    nodeHome,
    node: path.join(nodeHome, 'bin', 'node'),
    codeServer,
    vscode: path.join(codeServer, 'lib', 'vscode'),
    stock: path.join(cache, 'vscode-stock'),
    chromium: process.env['LINEKEEPER_CHROMIUM'] ?? BROWSERS.find((file) => existsSync(file)) ?? '/usr/bin/chromium',
  };
}
