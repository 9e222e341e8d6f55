import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { ALARM, indented, OUTAGE } from '../after-merge';
import { FROM_TERMINAL } from '../commits';
import type { Step } from '../step';

export const outage: Step = {
  title: 'The database was deleted and recreated: "linekeeper incident new" finds the suspect in a log',
  async play(stage) {
    const { editor, linekeeper, later } = stage;
    const log = stage.outside('alarm.log');
    const began = new Date().toISOString();
    writeFileSync(log, `${began} ${ALARM}`);
    const words = ['--title', OUTAGE, '--began', began, '--service', 'costs', '--trace', log];
    const found = await linekeeper.run('incident', 'new', ...words);
    assert.deepEqual([found.code, found.err], [0, '']);
    const cause = editor.workspace.git('log', '-1', '--format=%H', `--grep=${FROM_TERMINAL.subject}`).trim();
    assert.match(found.out, new RegExp(`^1\\. ${cause.slice(0, 10)} `, 'm'), `the first suspect of\n${found.out}`);
    assert.match(found.out, /destructive\/tf-/);
    assert.match(found.out, /github-copilot/);
    const { incidents } = await linekeeper.json<{
      readonly incidents: readonly { readonly id: string; readonly file: string }[];
    }>('incident', 'list');
    assert.equal(incidents.length, 1);
    const [incident] = incidents;
    assert.ok(incident);
    later.incident = incident;
    await editor.workbench.tidy();
    await editor.text.open(incident.file);
    await stage.shot('the-incident-file');
    return [...indented(ALARM), '', ...indented(found.out)];
  },
};
