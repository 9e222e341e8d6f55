import assert from 'node:assert/strict';
import path from 'node:path';
import { guardTouchedRepositories, type Action, type GuardedPlace } from '../../../src/guard';
import { managedFolder } from '../../../src/base/platform';
import { permissionPlaces } from '../../../src/provenance/assistants/permissions/permission-places';

const HOME = path.resolve('/home/dev');
const verdictOn = async (action: Partial<Action>, kept: readonly GuardedPlace[] = []): Promise<string> =>
  (
    await guardTouchedRepositories(
      undefined,
      { files: [], command: undefined, cwd: HOME, ...action },
      {
        home: HOME,
        hookFiles: () => kept,
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

  it("an administrator's folder: is refused when a command mounts something over it or above it, or takes its mount away", async () => {
    for (const command of [
      `mount -t tmpfs x '${folder}'`,
      `mount --bind /tmp/own '${folder}'`,
      `sudo mount -o bind /tmp/own '${folder}'`,
      `mount --target='${folder}' --source=/tmp/own -o bind`,
      `mount --target '${folder}' -B /tmp/own`,
      `mount --move '${folder}' /mnt`,
      `umount '${folder}'`,
      `sudo umount -l '${folder}'`,
      `umount -R -t tmpfs '${folder}'`,
      `bindfs /tmp/own '${folder}'`,
      `fusermount -u '${folder}'`,
      `systemd-mount /tmp/own '${folder}'`,
      `unshare -m sh -c "mount -t tmpfs x '${folder}'; sh"`,
      `unshare --map-root-user --mount mount --bind /tmp/own '${folder}'`,
      `nsenter -t 1 -m mount -t tmpfs x '${folder}'`,
      `nsenter --target 1 --mount -- umount '${folder}'`,
      `chroot /proc/1/root umount '${folder}'`,
      // another name of the same files
      `mount --bind '${folder}' /mnt/b`,
    ])
      assert.equal(await verdictOn({ command }), 'deny', command);
    const above = path.dirname(__dirname); // of a file that exists
    for (const command of [
      `mount -t tmpfs x '${above}'`,
      `mount -t overlay overlay -o lowerdir='${above}',upperdir=/tmp/u,workdir=/tmp/w '${above}'`,
      `mount --rbind '${above}' /mnt/b`,
      `umount '${above}'`,
    ])
      assert.equal(await verdictOn({ command }, [{ path: __filename, what: 'a record' }]), 'deny', command);
    for (const command of [
      'mount',
      'mount -a',
      'mount -t ext4',
      'mount /dev/sdb1 /mnt',
      'mount -t tmpfs -o size=1g tmpfs /tmp/ram',
      'mount --bind /srv/a /srv/b',
      'mount -o remount,rw /',
      'mount --make-rprivate /',
      'umount /mnt',
      'unshare -m sh -c "mount -t tmpfs x /tmp/own"',
      `cat '${floor}' && umount /mnt`,
    ])
      assert.equal(await verdictOn({ command }), 'allow', command);
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
