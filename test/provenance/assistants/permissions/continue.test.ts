import assert from 'node:assert/strict';
import { toldOf } from '../../../support/agent-audit';

describe('audit of Continue', () => {
  const permissions =
    '# kept by cn\nallow:\n  - Read(*)\n  - Bash(npm test*)\n  - "Bash(terraform *)"\n  - Bash\n  - Write(docs/**)\n  - Edit\nask:\n  - Write\n';

  it('reports each rule of permissions.yaml with its line', () => {
    assert.deepEqual(toldOf('continue', { 'home/.continue/permissions.yaml': permissions }), [
      'user commands allow.2 @5',
      'user shell allow.3 @6',
      'user edits allow.5 @8',
    ]);
    assert.deepEqual(toldOf('continue', { 'home/.continue/permissions.yaml': 'allow: ["*"]\n' }), [
      'user everything allow.0 @1',
    ]);
  });

  it('reads the folder that CONTINUE_GLOBAL_DIR names', () => {
    assert.deepEqual(
      toldOf('continue', { 'home/c/permissions.yaml': 'allow: [Bash]\n' }, { CONTINUE_GLOBAL_DIR: '~/c' }),
      ['user shell allow.0 @1'],
    );
  });
});
