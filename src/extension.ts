/** The extension's entry. */
export { activateEditor as activate } from './editor/activate';
