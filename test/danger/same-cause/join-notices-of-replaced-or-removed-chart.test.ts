/** What a change of a whole chart weighs. */
import assert from 'node:assert/strict';
import { findInChanges } from '../../../src/danger';
import type { Change } from '../../../src/danger/types';
import { TOOLS } from '../../support/grammars';

const FOLDER = 'deploy/charts/logs';
const packed = (version: string, name = 'logs'): string =>
  `apiVersion: v2\ndescription: Logs\nhome: https://logs.example.com\nname: ${name}\nversion: ${version}\n`;
const byHand = (version: string): string =>
  `apiVersion: v2\nname: logs\nhome: https://logs.example.com\nversion: ${version}\n`;
const change = (path: string, before: string | null, after: string | null): Change => ({
  path: `${FOLDER}/${path}`,
  from: null,
  before,
  after,
});
const pod = (name: string, more = ''): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec:\n  template:\n    spec:\n${more}      containers: []\n`;
const OPENED = ['api', 'web', 'sync', 'jobs'].map((name) =>
  change(`templates/${name}.yaml`, pod(name), pod(name, '      hostNetwork: true\n')),
);
const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data }\n';

const found = async (changes: readonly Change[]): Promise<readonly string[]> =>
  (await findInChanges(changes, TOOLS)).map(
    ({ rule, severity, alsoIn = [] }) => `${severity} ${rule} ${String(alsoIn.length)}`,
  );

describe('a chart as a whole', () => {
  it("another's chart: is one low finding of a rule when it gets a new version", async () => {
    const jump = change('Chart.yaml', packed('1.0.0'), packed('2.0.0'));
    assert.deepEqual(await found([jump, ...OPENED]), ['low permissions/k8s-privileged 3']);
    const [finding] = await findInChanges([jump, ...OPENED], TOOLS);
    assert.match(finding?.message ?? '', /The chart in deploy\/charts\/logs\/ looks like another's/);
  });

  it("another's chart: keeps each finding when its version stays or only few of its files change", async () => {
    const [first, ...others] = OPENED;
    assert.ok(first);
    const stays = await found([change('Chart.yaml', packed('1.0.0'), packed('1.0.0', 'log')), ...OPENED]);
    assert.deepEqual(stays, Array(4).fill('high permissions/k8s-privileged 0'));
    const few = await found([change('Chart.yaml', packed('1.0.0'), packed('2.0.0')), first]);
    assert.deepEqual(few, ['high permissions/k8s-privileged 0']);
    assert.equal(others.length, 3);
  });

  it('a chart that people wrote: keeps each finding whatever its version', async () => {
    const jump = change('Chart.yaml', byHand('1.0.0'), byHand('2.0.0'));
    assert.deepEqual(await found([jump, ...OPENED]), Array(4).fill('high permissions/k8s-privileged 0'));
  });

  it('what only lies beside the files of a chart: keeps its severity when the chart is replaced or leaves', async () => {
    const beside = change('prod/claim.yaml', claim, null);
    const jump = change('Chart.yaml', packed('1.0.0'), packed('2.0.0'));
    const [first, ...others] = await found([jump, ...OPENED, beside]);
    assert.deepEqual([first, ...others].sort(), ['high destructive/k8s-removed 0', 'low permissions/k8s-privileged 3']);
    assert.deepEqual(await found([change('Chart.yaml', byHand('1.0.0'), null), beside]), [
      'high destructive/k8s-removed 0',
    ]);
  });

  it('a chart whose keys are sorted in the same change: keeps each finding', async () => {
    const sorted = change('Chart.yaml', byHand('1.0.0'), packed('2.0.0'));
    assert.deepEqual(await found([sorted, ...OPENED]), Array(4).fill('high permissions/k8s-privileged 0'));
  });

  it('a chart whose files leave: is low, as they uninstall nothing', async () => {
    const gone = change('templates/claim.yaml', claim, null);
    assert.deepEqual(await found([gone]), ['high destructive/k8s-removed 0']);
    assert.deepEqual(await found([change('Chart.yaml', byHand('1.0.0'), null), gone]), [
      'low destructive/k8s-removed 0',
    ]);
  });
});
