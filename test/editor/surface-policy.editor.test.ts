/** The policy while it is edited. Findings, offers and notices are tried in test/editor/policy. */
import { until } from './host';
import { SENIOR_FOR_PRODUCTION } from './policies';
import { useSurfaces } from './surfaces';

const FILE = '.linekeeper.yml';

describe('surface: the policy (stock build)', function () {
  this.timeout(120_000);
  const shared = useSurfaces();
  const isBroken = async (): Promise<boolean> =>
    (await shared().editor.diagnostics(FILE)).some(({ severity }) => severity === 0);

  it('a mistake: is shown in the status bar and a notification, and a quick fix corrects it', async () => {
    const { editor } = shared();
    await editor.text.open(FILE);
    editor.workspace.write(FILE, SENIOR_FOR_PRODUCTION.replace('from: senior', 'from: seniro'));
    await until(isBroken, { what: 'the mistake' });
    await editor.workbench.waitStatus('Policy broken');
    await editor.notices.wait(/\.linekeeper\.yml is broken/);
    await editor.notices.clear();
    const line = SENIOR_FOR_PRODUCTION.split('\n').findIndex((text) => text.includes('from: senior'));
    const column = SENIOR_FOR_PRODUCTION.split('\n')[line]?.indexOf('from: senior') ?? 0;
    await editor.text.focus();
    await editor.text.goto(line + 1, column + 9);
    await editor.text.quickFix('Change to senior');
    await editor.text.save();
    await until(async () => !(await isBroken()), { what: 'no mistake' });
  });

  it('the hover over a key: explains it', async () => {
    await shared().editor.hover('paths', /as in \.gitignore/);
  });
});
