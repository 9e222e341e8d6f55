/** What the editor starts, as `src/extension.ts` loads it. */
export { activateEditor as activate } from '../editor/activate';
