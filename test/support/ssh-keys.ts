/** SSH keys of the people in a test, and allowed-signers files that list them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export class SshKeys {
  constructor(private readonly folder: string) {}

  /** The file of somebody's private key, which is made when there is none. */
  of(name: string): string {
    const file = path.join(this.folder, `key-${name}`);
    if (!existsSync(file)) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file]);
    return file;
  }

  /** An allowed-signers file, one line each; `options` such as `valid-before="20200101"` come before the key. */
  allowed(names: readonly string[], options = ''): string {
    return names
      .map(
        (name) =>
          `${name}@example.com ${options === '' ? '' : `${options} `}${readFileSync(`${this.of(name)}.pub`, 'utf8')}`,
      )
      .join('');
  }
}
