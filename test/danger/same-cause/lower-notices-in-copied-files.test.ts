/** A new file that is a copy of one of its name. */
import assert from 'node:assert/strict';
import { findInChanges, type Change } from '../../../src/danger';
import type { TextOfFile, Tools } from '../../../src/danger/types';
import { TOOLS } from '../../support/grammars';

const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: admins
rules:
  - apiGroups: ["*"]
    resources: ["*"]
    verbs: ["*"]
`;

const binding = (subject: string): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: builders-are-administrators
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: admin
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: second
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin
# the cluster's own
subjects:
  - kind: ServiceAccount
    namespace: builds
    name: ${subject}
`;

const SCRIPT = `#!/bin/bash
set -eu
# Format the disk for caches
mkfs -t xfs /dev/nvme1n1
mkdir -p /mnt/caches
mount /dev/nvme1n1 /mnt/caches
`;

/** The severities in a change, beside files that it leaves as they are. */
async function severities(
  changes: readonly Change[],
  files: readonly TextOfFile[],
): Promise<readonly (string | undefined)[]> {
  const tools: Tools = {
    ...TOOLS,
    copies: (_path, lines) => Promise.resolve(files.filter(({ text }) => lines.every((line) => text.includes(line)))),
  };
  return (await findInChanges(changes, tools)).map(({ severity }) => severity);
}

const added = (path: string, after: string): Change => ({ path, from: null, before: null, after });

describe('a copied file', () => {
  const namesake = [{ path: 'rings/1/admins.yaml', text: ROLE }];

  it('a role for everything: is low when a file of that name has the same lines, and high when none has', async () => {
    assert.deepEqual(await severities([added('rings/3/admins.yaml', ROLE)], namesake), ['low']);
    assert.deepEqual(await severities([added('rings/3/admins.yaml', ROLE)], []), ['high']);
  });

  it('a role for everything: is low when a file of another name has it, unless most of the new file is new', async () => {
    const path = 'rings/3/all.yaml';
    assert.deepEqual(await severities([added(path, ROLE)], namesake), ['low']);
    const more = Array.from({ length: 9 }, (_, index) => `key${String(index)}: x`).join('\n');
    assert.deepEqual(await severities([added(path, `${more}\n---\n${ROLE}`)], namesake), ['high']);
  });

  it('a role for everything: is low when the change moved it here from a file, and copied it there', async () => {
    const moved: Change = { path: 'rings/1/admins.yaml', from: 'base/admins.yaml', before: ROLE, after: ROLE };
    assert.deepEqual(await severities([moved, added('rings/2/admins.yaml', ROLE)], []), ['low']);
  });

  it('a role for everything: stays high when only its own line stands in a file of that name', async () => {
    const text = '  - x\n    resources: ["*"]\n    verbs: ["get"]\n';
    assert.deepEqual(
      await severities(
        [added('rings/3/admins.yaml', ROLE)],
        namesake.map((file) => ({ ...file, text })),
      ),
      ['high'],
    );
  });

  it('a role for everything: stays high in production when it was tried in staging alone', async () => {
    const change = added('clusters/production/admins.yaml', ROLE);
    assert.deepEqual(await severities([change], [{ path: 'clusters/staging/admins.yaml', text: ROLE }]), ['high']);
    assert.deepEqual(await severities([change], [{ path: 'clusters/production-2/admins.yaml', text: ROLE }]), ['low']);
  });

  it('a role for everything: stays high in production when only another word has the letters of production', async () => {
    for (const folder of ['products', 'delivery', 'live'])
      assert.deepEqual(
        await severities(
          [added(`${folder}/prod/admins.yaml`, ROLE)],
          [{ path: `${folder}/dev/admins.yaml`, text: ROLE }],
        ),
        ['high'],
        folder,
      );
  });

  it('an administrator: stays critical when only the number in a name differs', async () => {
    const change = added('b/rbac.yaml', binding('user-7'));
    assert.ok((await severities([change], [{ path: 'a/rbac.yaml', text: binding('user-42') }])).includes('critical'));
  });

  it('a script that removes a folder: keeps its severity when the copied one has another folder in its variable', async () => {
    const script = (folder: string, more = ''): string =>
      `#!/bin/bash\nset -eu\nDIR=${folder}\necho "cleaning now"\nif [ -d "$DIR" ]; then\n  echo "it will go"\n  rm -rf "$DIR"\n  echo "it is gone"\nfi\n${more}`;
    const more = Array.from({ length: 60 }, (_, index) => `echo "line ${String(index)}"\n`).join('');
    for (const folder of ['/home', '/opt/shop/data'])
      for (const rest of ['', more]) {
        const change = added('b/run.sh', script(folder, rest));
        const alone = await severities([change], []);
        assert.equal(alone.length, 1);
        assert.deepEqual(
          await severities([change], [{ path: 'a/run.sh', text: script('/tmp/cache', rest) }]),
          alone,
          folder,
        );
        assert.deepEqual(
          await severities([change], [{ path: 'a/run.sh', text: script(folder, rest) }]),
          ['low'],
          folder,
        );
      }
  });

  it('an administrator: stays critical when the copied binding names somebody else', async () => {
    const change = added('b/rbac.yaml', binding('deployer'));
    const isCritical = async (text: string): Promise<boolean> =>
      (await severities([change], [{ path: 'a/rbac.yaml', text }])).includes('critical');
    assert.equal(await isCritical(binding('deployer')), false);
    assert.equal(await isCritical(binding('builder')), true);
  });

  it('an administrator of a namespace: keeps its severity when the folder is called as who becomes one', async () => {
    const ofGroup = (group: string): string =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: namespace-admin\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: admin\nsubjects:\n  - apiGroup: rbac.authorization.k8s.io\n    kind: Group\n    name: ${group}\n`;
    const files = [{ path: 'bindings/builders/rbac.yaml', text: ofGroup('builders') }];
    assert.deepEqual(await severities([added('bindings/guests/rbac.yaml', ofGroup('guests'))], files), ['medium']);
    assert.deepEqual(await severities([added('bindings/guests/rbac.yaml', ofGroup('builders'))], files), ['low']);
  });

  it('a value of a Secret: is low when the file stands elsewhere as it is, and git is not asked for the value', async () => {
    const secret = (value: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: database-credentials\nstringData:\n  database: shop\n  password: ${value}\n`;
    const change = added('b/secret.yaml', secret('x9-Jk2-Qp7-Lm4'));
    assert.deepEqual(await severities([change], [{ path: 'a/secret.yaml', text: secret('x9-Jk2-Qp7-Lm4') }]), ['low']);
    const said = secret('x9-Jk2-Qp7-Lm4 # made up');
    assert.deepEqual(await severities([change], [{ path: 'a/secret.yaml', text: said }]), ['low']);
    assert.deepEqual(await severities([change], [{ path: 'a/secret.yaml', text: secret('y9-Jk2-Qp7-Lm4') }]), ['high']);
    const asked: string[] = [];
    const copies: Tools['copies'] = (_path, lines) => (asked.push(...lines), Promise.resolve([]));
    await findInChanges([change], { ...TOOLS, copies });
    assert.ok(asked.length > 0 && !asked.join(' ').includes('x9-Jk2'), asked.join('\n'));
  });

  it('a script of a machine: is low when it stood in a manifest before', async () => {
    const manifest = `data:\n  user-data: |\n${SCRIPT.replaceAll(/^/gm, '    ')}  next: x\n`;
    const change = added('files/boot.sh', SCRIPT);
    assert.deepEqual(await severities([change], [{ path: 'templates/hosts.yaml', text: manifest }]), ['low']);
    assert.deepEqual(await severities([change], []), ['critical']);
  });

  it('a role that is given everything: stays high when its file was there before', async () => {
    const before = ROLE.replace('verbs: ["*"]', 'verbs: ["get"]').replace('resources: ["*"]', 'resources: ["pods"]');
    assert.deepEqual(await severities([{ ...added('rings/3/admins.yaml', ROLE), before }], namesake), ['high']);
  });
});
