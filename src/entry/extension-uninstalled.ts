/**
 * What VS Code starts once this extension is uninstalled (`vscode:uninstall` in package.json), without `vscode`, and with a
 * word of its own: *Undo Set Up* everywhere. Where another editor or npm has brought Linekeeper too, hooks go on to start
 * that one.
 */
import path from 'node:path';
import { part } from './code-cache';

process.argv.splice(1, Infinity, path.join(__dirname, 'cli.js'), 'uninstall', '--everywhere', '--if-last');
part(__dirname, './main.js', require);
