/** The file system of a command that finds nothing there. */
import type { LookUps } from '../../src/danger/shell';

export const NO_FILES: LookUps = {
  matching: () => [],
  text: () => undefined,
  isRevision: () => false,
  isCommitted: () => false,
  alias: () => undefined,
};
