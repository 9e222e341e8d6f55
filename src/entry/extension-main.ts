/** What the editor activates, as loaded by `src/entry/extension.ts`. */
export { activateEditor as activate } from '../editor/activate';
