import assert from 'node:assert/strict';
import { toldOf } from '../../../support/agent-audit';

describe('audit of Cline', () => {
  const extension = (state: object): string[] =>
    toldOf('cline', { 'home/.cline/data/globalState.json': JSON.stringify(state) });
  const cli = (settings: string): string[] =>
    toldOf('cline', { 'home/.cline/data/settings/global-settings.json': settings });

  it('reads the auto-approval settings of its extension', () => {
    assert.deepEqual(
      extension({
        yoloModeToggled: true,
        hooksEnabled: false,
        autoApprovalSettings: {
          actions: { executeSafeCommands: true, executeAllCommands: true, editFiles: true, editFilesExternally: true },
        },
      }),
      [
        'user everything yoloModeToggled @1',
        'user shell autoApprovalSettings.actions.executeAllCommands @1',
        'user edits autoApprovalSettings.actions.editFiles @1',
        'user edits autoApprovalSettings.actions.editFilesExternally @1',
        'user no-hooks hooksEnabled @1',
      ],
    );
    assert.deepEqual(
      extension({ autoApprovalSettings: { enabled: false, actions: { editFiles: true, executeAllCommands: true } } }),
      [],
      'approval is off as a whole',
    );
    assert.deepEqual(
      extension({ autoApprovalSettings: { actions: { editFiles: false, editFilesExternally: true } } }),
      [],
      'one extends the other',
    );
    assert.deepEqual(extension({ mode: 'act' }), []);
  });

  it('reports that its CLI approves all tools unless toolAutoApprove is false', () => {
    assert.deepEqual(cli('{"toolAutoApprove": false}'), []);
    assert.deepEqual(cli('{\n"toolAutoApprove": true}'), ['user everything toolAutoApprove @2']);
    assert.deepEqual(cli('{"planActMode": "act"}'), ['user everything toolAutoApprove @null']);
  });

  it('reads the folder that CLINE_DIR or CLINE_DATA_DIR names', () => {
    const files = { 'home/elsewhere/data/globalState.json': '{"autoApproveAllToggled": true}' };
    assert.deepEqual(toldOf('cline', files, { CLINE_DIR: '~/elsewhere' }), [
      'user everything autoApproveAllToggled @1',
    ]);
    assert.deepEqual(toldOf('cline', files, { CLINE_DATA_DIR: '~/elsewhere/data' }), [
      'user everything autoApproveAllToggled @1',
    ]);
    assert.deepEqual(toldOf('cline', files), []);
  });
});
