import assert from 'node:assert/strict';
import path from 'node:path';
import { guardTouchedRepositories, type Action } from '../../../src/guard';
import { managedFolder } from '../../../src/base/platform';
import { permissionPlaces } from '../../../src/provenance/assistants/permissions/permission-places';

const HOME = path.resolve('/home/dev');
const verdictOn = async (action: Partial<Action>): Promise<string> =>
  (
    await guardTouchedRepositories(
      undefined,
      { files: [], command: undefined, cwd: HOME, ...action },
      {
        home: HOME,
        hookFiles: () => [],
        permissions: () => permissionPlaces({ home: HOME, env: {} }).map(({ file }) => ({ path: file, what: file })),
      },
    )
  ).answer.verdict;

describe('what the administrator of a machine keeps', () => {
  const folder = managedFolder();
  const floor = path.join(folder, 'policy.yml');
  const settings = path.join(folder, 'settings.json');

  it("an administrator's file: is refused when a tool writes it", async () => {
    for (const file of [
      floor,
      settings,
      ...(process.platform === 'linux'
        ? [
            '/etc/claude-code/managed-settings.d/50-linekeeper.json',
            '/etc/codex/requirements.toml',
            '/etc/cursor/hooks.json',
          ]
        : []),
    ])
      assert.equal(await verdictOn({ files: [file] }), 'deny', file);
  });

  it("an administrator's file: is refused when a command moves, writes, links or hides it, by sudo too", async () => {
    for (const command of [
      `mv '${folder}' '${folder}.old'`,
      `echo x > '${settings}'`,
      `sed -i s/deny/allow/ '${floor}'`,
      `chmod 000 '${floor}'`,
      `chown dev '${floor}'`,
      `ln -sf /dev/null '${floor}'`,
      `echo x | tee '${settings}'`,
      `cat x | sudo tee '${settings}'`,
      `sudo cp /tmp/x '${settings}'`,
      `sudo sh -c "echo x > '${settings}'"`,
      `install -m 600 /tmp/x '${floor}'`,
      `truncate -s 0 '${floor}'`,
      `sudo chmod -R 700 '${folder}'`,
      `touch '${folder}/settings.json'`,
    ])
      assert.equal(await verdictOn({ command }), 'deny', command);
  });

  it("an administrator's file: stays readable when a command only reads it, or writes beside it", async () => {
    for (const command of [
      `cat '${floor}'`,
      `ls -l '${folder}'`,
      `grep deny '${floor}'`,
      `cp '${floor}' /tmp/policy.yml`,
      `diff '${floor}' .linekeeper.yml`,
      `sed -n 1,5p '${floor}'`,
      `linekeeper policy check '${floor}'`,
      `echo x > '${folder}-notes.txt'`,
    ])
      assert.equal(await verdictOn({ command }), 'allow', command);
  });
});
