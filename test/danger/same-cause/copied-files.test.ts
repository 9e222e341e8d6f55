/** A new file that is a copy of one of its name. */
import assert from 'node:assert/strict';
import { findInChanges } from '../../../src/danger';
import type { Tools } from '../../../src/danger/types';
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

const severities = async (
  after: string,
  namesake: string | null,
  before: string | null = null,
): Promise<readonly string[]> => {
  const tools: Tools = {
    ...TOOLS,
    namesakes: (_path, words, around) => {
      const lines = (namesake ?? '').split('\n');
      return Promise.resolve(
        lines.flatMap((line, at) =>
          line.includes(words) ? [...lines.slice(Math.max(0, at - around), at + around + 1), '--'] : [],
        ),
      );
    },
  };
  return (await findInChanges([{ path: 'rings/3/admins.yaml', from: null, before, after }], tools)).map(
    ({ severity }) => severity,
  );
};

describe('a copied file', () => {
  it('a role for everything: is low when a file of that name has the same lines, and high when none has', async () => {
    assert.deepEqual(await severities(ROLE, ROLE), ['low']);
    assert.deepEqual(await severities(ROLE, null), ['high']);
  });

  it('a role for everything: stays high when only its own line stands in a file of that name', async () => {
    assert.deepEqual(await severities(ROLE, '  - x\n    resources: ["*"]\n    verbs: ["get"]\n'), ['high']);
  });

  it('a role that is given everything: stays high when its file was there before', async () => {
    assert.deepEqual(
      await severities(
        ROLE,
        ROLE,
        ROLE.replace('verbs: ["*"]', 'verbs: ["get"]').replace('resources: ["*"]', 'resources: ["pods"]'),
      ),
      ['high'],
    );
  });
});
