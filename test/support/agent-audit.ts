/** A machine with configurations of assistants, and what the audit says of it. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { audit, AUDITORS, type AuditResult } from '../../src/provenance/assistants/permissions';
import type { Environment } from '../../src/provenance/assistants/types';

/** Texts by file name: below `home/`, `repository/` or `machine/` (the top of the file system). */
export function looked(files: Readonly<Record<string, string>>, env: Environment = {}): AuditResult {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper audit ')));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const places = {
      home: path.join(folder, 'home'),
      platform: 'linux' as const,
      top: path.join(folder, 'machine'),
      repositoryRoot: path.join(folder, 'repository'),
    };
    return audit(AUDITORS, {
      ...places,
      env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value?.replace('~', places.home)])),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is allowed: `SCOPE GRANT KEY @LINE`, of one assistant. */
export const toldOf = (id: string, files: Readonly<Record<string, string>>, env: Environment = {}): string[] =>
  looked(files, env)
    .allowed.filter(({ assistant }) => assistant === id)
    .map(({ scope, grant, key, line }) => `${scope} ${grant} ${key.join('.')} @${String(line)}`);
