/** The door of kept copies. */
export { type KeptCopy, keepCopy, keptCopies, restoreCopy } from './keep-and-restore-copies';
