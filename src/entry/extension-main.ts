/** What the editor activates, as loaded by `src/extension.ts`. */
export { activateEditor as activate } from '../editor/activate';
