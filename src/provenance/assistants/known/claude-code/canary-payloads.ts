/** What its hooks would receive when it creates one file, for `doctor --prove`. */
import { claudeShaped, type SelfTest } from '../../hook-self-test/canary-edit';

export const claudeCode: SelfTest = { windowsShell: 'sh', canaries: claudeShaped('Write', 'file_path') };
