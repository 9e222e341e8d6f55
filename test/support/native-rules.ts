/** Rules of a policy, and a machine on which they are written into assistants' settings. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assistantOf } from '../../src/provenance/assistants';
import {
  dialectOf,
  type NativeRules,
  type RulesOptions,
  type RulesScope,
} from '../../src/provenance/assistants/native-rules';

export const rulesOf = (root: string, more: Partial<NativeRules> = {}): NativeRules => ({
  roots: [root],
  closedPaths: ['infra/**', '**/*.tf'],
  askedPaths: ['migrations/**'],
  openInside: ['**/*.md'],
  closedReads: ['**/.env.production', '~/.aws/credentials'],
  askedReads: ['**/.env'],
  refusedCommands: [
    ['terraform', 'destroy'],
    ['npm', 'unpublish'],
  ],
  askedCommands: [['gh', 'auth', 'token']],
  refusedTools: ['prod__*'],
  askedTools: [],
  hiddenVariables: ['PROD_TOKEN', 'LIVE_*'],
  ...more,
});

/** A machine in a folder of its own: a home, a repository and the machine's own files. */
export class Machine {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper rules ')));
  readonly home = this.made('home');
  readonly root = this.made('repo');
  readonly top = this.made('machine');

  made(name: string): string {
    const folder = path.join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  options(scope: RulesScope, more: Partial<RulesOptions> = {}): RulesOptions {
    return {
      scope,
      home: this.home,
      env: {},
      platform: 'linux',
      repositoryRoot: this.root,
      top: this.top,
      sandbox: false,
      stateDir: path.join(this.folder, `state-${scope}`),
      program: ['/opt/node', '/opt/linekeeper.js'],
      electron: false,
      ...more,
    };
  }

  put(file: string, text: string): string {
    const full = path.join(this.folder, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
    return full;
  }

  text(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  /** Every file but our own record, with its text. */
  files(): Record<string, string> {
    return Object.fromEntries(
      readdirSync(this.folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !path.join(entry.parentPath, '').includes(`${path.sep}state-`))
        .map((entry) => path.join(entry.parentPath, entry.name))
        .map((file) => [path.relative(this.folder, file), readFileSync(file, 'utf8')]),
    );
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const known = (id: string) => {
  const [assistant, dialect] = [assistantOf(id), dialectOf(id)];
  assert.ok(assistant && dialect, id);
  return { assistant, dialect };
};
