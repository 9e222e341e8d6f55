/** The SSH key that a person signs with. */
import path from 'node:path';
import { configuredKey } from '../../base/signatures';
import { CannotSay, type Call } from '../verb';

/** `--key FILE`, else git's `user.signingKey` if that is an SSH key (git-config(1)). Throws a {@link CannotSay}. */
export async function signersKey(call: Call): Promise<string> {
  const option = call.values['key'];
  if (typeof option === 'string' && option.trim() !== '') return fileOf(call, option);
  const configured = (await call.repository().text(['config', '--get', 'user.signingKey'], { codes: [0, 1] })).trim();
  const key = configuredKey(configured, { home: call.terminal.home, folder: call.terminal.cwd });
  if (key !== undefined) return key;
  throw new CannotSay(
    'No signing key is named. Name an SSH key with --key FILE, or once for all: git config --global user.signingKey ~/.ssh/id_ed25519.pub',
  );
}

/** A file that an option names, also in the home folder. */
export const fileOf = ({ terminal }: Call, name: string): string =>
  /^~[/\\]/.test(name) ? path.join(terminal.home, name.slice(2)) : path.resolve(terminal.cwd, name);
