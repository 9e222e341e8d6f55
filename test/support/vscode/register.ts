/**
 * Makes `vscode` the stand-in beside this file, for the code that is loaded after it: whoever tries the editor's parts
 * in this process imports this first. There is no other `vscode` outside of an editor.
 */
import Module from 'node:module';

type Resolve = (request: string, ...rest: readonly unknown[]) => string;

const STAND_IN = require.resolve('./index');

const resolver = Module as unknown as { _resolveFilename: Resolve }; // not in Node's types, and what tsx uses itself
const resolve = resolver._resolveFilename.bind(Module);
resolver._resolveFilename = (request, ...rest) => (request === 'vscode' ? STAND_IN : resolve(request, ...rest));
