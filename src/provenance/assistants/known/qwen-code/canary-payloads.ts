/** What its hooks would receive when it creates one file, for `doctor --prove`. */
import { claudeShaped, type SelfTest } from '../../hook-self-test/canary-edit';

export const qwenCode: SelfTest = { windowsShell: 'cmd', canaries: claudeShaped('write_file', 'file_path') };
