/**
 * `npx tsx scripts/pictures.ts`: takes the pictures of the docs in the real editor with the packaged extension, on the
 * story's sample repository. The moving picture of the README has the same scenes.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installGitHooks } from '../src/provenance/commits';
import { Repository } from '../src/git';
import { POLICY_PATH } from '../src/policy';
import { AGENT_SESSION, agentWrites } from '../test/editor/agent';
import { startEditor, until, type Editor } from '../test/editor/host';
import { ADA, JUNE, makeSample } from '../test/story/sample';
import { FOR_COPILOT, TYPED } from '../test/story/plot';
import { ASSISTANTS, MadeHistory, type MadeLine, type MadeWho } from '../test/support/made-history';
import { TestRepository } from '../test/support/repository';
import { sample } from '../test/support/samples';
import { SshKeys } from '../test/support/ssh-keys';
import { packQuietly } from './packed';
import { animated, type Frame } from './animated-webp';

const TOP = path.resolve(import.meta.dirname, '..');
const IMAGES = path.join(TOP, 'docs', 'images');
const CLI = path.join(TOP, 'dist', 'cli.js');
const MOST_BYTES = 1_500_000;
const STILL = { width: 1280, height: 760 };
const MOVING = { width: 1120, height: 660 };
/** Parts of the window of {@link STILL}, in its pixels. */
type Part = NonNullable<NonNullable<Parameters<Editor['host']['page']['screenshot']>[0]>['clip']>;
const LOWER_RIGHT: Part = { x: 451, y: 430, width: 829, height: 330 };
const LOWER_LEFT: Part = { x: 0, y: 425, width: 877, height: 335 };
/** The dialog at the top of the window, with a margin. */
const DIALOG: Part = { x: 320, y: 0, width: 640, height: 190 };
/** Higher than {@link STILL}: all lines of the preview are seen. */
const PREVIEW = { width: 1280, height: 960 };
const CAPTION =
  'position: fixed; z-index: 10000; left: 50%; bottom: 40px; transform: translateX(-50%); padding: 10px 22px; border-radius: 8px; background: #1f2328; color: #fff; font: 600 21px system-ui, sans-serif; white-space: nowrap;';
const DATABASE = 'infra/prod/main.tf';
const THEMES = {
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  dark: 'Default Dark Modern',
} as const;
const REVIEW = 'AI Changes in This Review';

type Framing = (during: number, caption: string) => Promise<void>;

interface Shown {
  readonly file: string;
  /** For how long the moving picture shows it, in milliseconds. */
  readonly during: number;
}

async function main(): Promise<void> {
  const editor = await startEditor({
    extensions: [await packQuietly()],
    viewport: STILL,
    identity: JUNE,
    settings: {
      'workbench.colorTheme': THEMES.light,
      'editor.fontSize': 14,
      'diffEditor.renderSideBySideInlineBreakpoint': 400,
    },
  });
  try {
    const shown: Shown[] = [];
    const frame = async (during: number, caption: string): Promise<void> => {
      const { page } = editor.host;
      await page.setViewportSize(MOVING);
      await page.waitForTimeout(800);
      await page.evaluate(captioning(`${String(shown.length + 1)}. ${caption}`));
      shown.push({ file: await editor.screenshot(`moving-${String(shown.length)}`), during });
      await page.evaluate(captioning(''));
      await page.setViewportSize(STILL);
      await page.waitForTimeout(800);
    };
    await setUp(editor);
    await write(editor, frame);
    await stopped(editor);
    await commit(editor, frame);
    await review(editor, frame);
    await report(editor);
    writeFileSync(path.join(IMAGES, 'moving.webp'), animated(await framesOf(editor, shown), MOVING));
  } catch (error) {
    console.error(await editor.glance(), await editor.screenshot('failed-pictures'));
    throw error;
  } finally {
    await editor.close();
  }
  const bytes = statSync(path.join(IMAGES, 'moving.webp')).size;
  console.log(`moving.webp: ${String(Math.round(bytes / 1024))} KB`);
  if (bytes > MOST_BYTES) throw new Error(`The moving picture is larger than ${String(MOST_BYTES)} bytes.`);
}

/** A picture of the window, or of the part of it that the docs speak of. */
async function still(editor: Editor, name: string, part?: Part): Promise<void> {
  const { page } = editor.host;
  await page.waitForTimeout(500);
  if (part === undefined) copyFileSync(await editor.screenshot(`still-${name}`), path.join(IMAGES, `${name}.png`));
  else await page.screenshot({ path: path.join(IMAGES, `${name}.png`), clip: part });
  console.log(name);
}

/** Script for the page: shows a line of text over the window, or takes it away where there is none. */
const captioning = (text: string): string => `(() => {
  document.getElementById('caption')?.remove();
  const text = ${JSON.stringify(text)};
  if (text === '') return;
  const line = document.createElement('div');
  line.id = 'caption';
  line.textContent = text;
  line.style.cssText = ${JSON.stringify(CAPTION)};
  document.body.append(line);
})()`;

/** June opens the sample in her home, so that paths begin with `~`. */
async function setUp(editor: Editor): Promise<void> {
  mkdirSync(path.join(editor.home, '.claude'));
  mkdirSync(path.join(editor.home, '.ssh'));
  const { root } = makeSample(editor.home);
  const keys = new SshKeys(path.join(editor.home, '.ssh'));
  const workspace = await editor.openFolder(root);
  workspace.git('switch', '--quiet', 'main');
  workspace.write('.github/allowed_signers', keys.allowed(['ada']));
  const policy = workspace.read(POLICY_PATH).replace('    review:\n', '    agents: deny-destructive\n    review:\n');
  workspace.write(POLICY_PATH, policy);
  workspace.commit('List the keys of the seniors, and hold agents back');
  workspace.git('push', '--quiet', 'origin', 'main');
  workspace.git('switch', '--quiet', '-C', 'team-budgets');
  workspace.git('config', 'user.signingKey', keys.of('ada'));
  workspace.git('config', 'gpg.format', 'ssh');
  await editor.notices.clear();
  await editor.run('linekeeper.previewSetUp');
  await editor.text.waitLine('Files that Set Up writes');
  await editor.notices.clear();
  await editor.host.page.setViewportSize(PREVIEW);
  await editor.host.page.waitForTimeout(800);
  await still(editor, 'set-up-preview');
  await editor.host.page.setViewportSize(STILL);
  await editor.workbench.tidy();
}

/** An assistant changes the service and the database, and June types a function. */
async function write(editor: Editor, frame: Framing): Promise<void> {
  const { workspace } = editor;
  const repository = Repository.find(workspace.root);
  if (repository === undefined) throw new Error('no repository');
  await installGitHooks(repository, { executable: process.execPath, cli: CLI, electron: false });
  await editor.text.open(TYPED.path);
  await editor.text.goto(workspace.read(TYPED.path).split('\n').length, 1);
  await editor.type(TYPED.keys.join('\n'));
  await editor.text.save();
  await editor.run('linekeeper.showChanges');
  await widen(editor);
  await closePanes(editor, ['Graph']);
  await editor.text.open(DATABASE);
  await editor.text.goto(16, 1);
  await frame(1_800, 'June opens the database of production');
  for (const change of FOR_COPILOT.changes) {
    if ('create' in change) await agentWrites(workspace, change.create.path, change.create.text);
    else {
      const { path: file, old, new: text } = change.replace;
      await agentWrites(workspace, file, workspace.read(file).replace(old, text));
    }
  }
  await editor.text.waitLine('storage_encrypted');
  workspace.write(DATABASE, workspace.read(DATABASE).replace('desired_count = 3', 'desired_count = 2'));
  await editor.text.waitLine('desired_count = 2');
  const areWarned = async (): Promise<boolean> =>
    (await editor.diagnostics(DATABASE)).some(({ message }) => message.startsWith('deletion_protection'));
  await until(areWarned, { timeout: 90_000, what: 'the warning' });
  await until(async () => (await editor.workbench.paneText('AI Changes')).includes('Next commit'), {
    timeout: 90_000,
    what: 'the trailers of the next commit',
  });
  await editor.notices.clear();
  await frame(2_600, 'An assistant changes it: the margin marks its lines');
  await still(editor, 'changes', LOWER_LEFT);
  for (const [name, theme] of Object.entries(THEMES)) {
    await editor.settings({ 'workbench.colorTheme': theme });
    await editor.hover('deletion_protection', /deletion_protection/);
    if (name === 'light') await frame(4_400, 'Linekeeper warns: this change is dangerous');
    await editor.hover('deletion_protection', /deletion_protection/);
    await still(editor, `editor-${name}`);
    await editor.press('Escape');
  }
  await editor.settings({ 'workbench.colorTheme': THEMES.light });
}

/** The guard refuses a command of the assistant: a notification says so, and the session's row in AI Changes. */
async function stopped(editor: Editor): Promise<void> {
  const { workspace } = editor;
  const payload = {
    ...sample('claude-code/session', 'PreToolUse', 'Bash'),
    cwd: workspace.root,
    session_id: AGENT_SESSION,
    tool_use_id: 'call-destroy',
    tool_name: 'Bash',
    tool_input: { command: 'terraform -chdir=infra/prod destroy -auto-approve' },
  };
  const answer = spawnSync(process.execPath, [CLI, 'record', 'claude-code'], {
    cwd: workspace.root,
    input: JSON.stringify(payload),
    env: { ...process.env, ...editor.host.folder.env },
    encoding: 'utf8',
  });
  if (!/"permissionDecision":\s*"deny"/.test(answer.stdout))
    throw new Error(`the guard did not refuse: ${answer.stdout}${answer.stderr}`);
  await until(async () => (await editor.workbench.tree('AI Changes'))?.some(({ text }) => text.includes('refused')), {
    timeout: 60_000,
    what: 'the refusal in AI Changes',
  });
  await editor.notices.wait(/wanted to run/);
  await still(editor, 'agent-stopped', LOWER_RIGHT);
  await editor.notices.clear();
}

/** The commit with its trailers, and the dialog that requests the review. */
async function commit(editor: Editor, frame: Framing): Promise<void> {
  const { workspace, host } = editor;
  workspace.git('add', '--all');
  await editor.terminal.open();
  await editor.terminal.run('clear; git commit -qm "Encrypt the database"; git log -1 --format=%B');
  await editor.terminal.wait(/AI-Risk/);
  await until(
    async () => (await editor.workbench.tree('AI Changes'))?.some(({ text }) => text.startsWith('This Branch')),
    { timeout: 60_000, what: 'the commit in AI Changes' },
  );
  await frame(3_600, 'The commit says what AI wrote');
  await editor.command('View: Toggle Panel Visibility');
  await host.page.mouse.move(700, 400);
  await editor.run('linekeeper.requestSeniorReview');
  await editor.quick.wait(/Request .*Review/);
  await frame(3_200, 'June requests a review by a senior');
  await still(editor, 'request-review', DIALOG);
  await editor.press('Escape');
}

/** Ada reads the change hunk by hunk, and signs it off. */
async function review(editor: Editor, frame: Framing): Promise<void> {
  editor.identity(ADA);
  for (const [name, value] of [
    ['user.name', ADA.name],
    ['user.email', ADA.email],
  ] as const)
    editor.workspace.git('config', name, value);
  await editor.workbench.tidy();
  await editor.run('linekeeper.showReview');
  await closePanes(editor, ['Changes', 'Graph', 'AI Changes']);
  await until(async () => (await editor.workbench.tree(REVIEW))?.some(({ text }) => text.startsWith('critical')), {
    what: 'the hunks',
  });
  await widen(editor);
  await editor.workbench.clickTree(REVIEW, /^main\.tf/);
  await until(
    async () => (await editor.host.page.locator('.editor.modified .glyph-margin-widgets .cgmr').count()) > 0,
    {
      what: 'the marks',
    },
  );
  await editor.notices.clear();
  await still(editor, 'review-hunks');
  await editor.run('linekeeper.signReview');
  await until(async () => (await editor.notices.dialog()) ?? ((await editor.quick.state()) && editor.press('Enter')), {
    what: 'the dialog',
  });
  await editor.notices.waitDialog(/Sign off/);
  await frame(4_400, 'Ada, a senior, reads the reasons and signs off');
  await still(editor, 'sign-off');
  await editor.notices.answerDialog('Cancel');
}

async function closePanes(editor: Editor, titles: readonly string[]): Promise<void> {
  const { page } = editor.host;
  await page
    .locator('.pane-header .title', { hasText: /^AI Changes$/ })
    .first()
    .waitFor();
  await page.waitForTimeout(1_500); // the other panes come a little later
  for (const title of titles) {
    const header = page
      .locator('.pane-header', { has: page.locator('.title', { hasText: new RegExp(`^${title}$`) }) })
      .first();
    if ((await header.count()) > 0 && (await header.getAttribute('aria-expanded')) === 'true')
      await header.click({ position: { x: 30, y: 10 } });
  }
  await page.mouse.move(900, 700); // a tooltip would hide a row
}

/** Gives the rows room, as people do. */
async function widen(editor: Editor): Promise<void> {
  const { page } = editor.host;
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box || box.width > 390) return;
  await page.mouse.move(box.x + box.width + 1, 600);
  await page.mouse.down();
  await page.mouse.move(box.x + 400, 600, { steps: 8 });
  await page.mouse.up();
}

/** A team's service over some months. AI's share grows. */
function monthsOfWork(): MadeHistory {
  const made = new MadeHistory(7);
  const files = ['src/orders.ts', 'src/invoices.ts', 'infra/prod/main.tf', 'test/orders.test.ts'];
  const people = ['ada', 'ben', 'june'];
  const start = Date.parse('2026-05-04T09:00:00Z') / 1000;
  let parents: readonly ReturnType<MadeHistory['commit']>[] = [];
  for (let step = 0; step < 150; step++) {
    const dice = made.random(100);
    const by: MadeWho =
      dice < 20 + step / 4
        ? (ASSISTANTS[made.random(ASSISTANTS.length)] ?? { author: 'human' })
        : { author: dice < 96 ? 'human' : 'unknown' };
    const head = made.commit(
      {
        time: start + step * 1.38 * 86_400 + made.random(30_000),
        person: people[step % people.length] ?? 'ada',
        parents,
        by,
        main: true,
      },
      (self, before) => {
        const file = files[made.random(files.length)] ?? 'src/orders.ts';
        const lines: readonly MadeLine[] = before.get(file) ?? [];
        const at = made.random(lines.length + 1);
        const removed = lines.length > 60 ? made.random(12) : 0;
        return new Map([
          [
            file,
            [...lines.slice(0, at), ...made.newLines(8 + made.random(30), by, self), ...lines.slice(at + removed)],
          ],
        ]);
      },
    );
    parents = [head];
  }
  return made;
}

/** The head of the report's page. */
async function report(editor: Editor): Promise<void> {
  const repository = await TestRepository.create();
  await monthsOfWork().into(repository);
  await repository.git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
  const file = path.join(editor.home, 'report.html');
  execFileSync(process.execPath, [CLI, 'report', '--format', 'html', '--output', file], { cwd: repository.root });
  const browser = editor.host.page.context().browser();
  if (browser === null) throw new Error('The editor must be shown by a browser: its kind is "served".');
  const page = await browser.newPage({ viewport: { width: 1000, height: 830 } });
  await page.setContent(readFileSync(file, 'utf8'));
  await page.screenshot({ path: path.join(IMAGES, 'report.png') });
  await page.close();
  console.log('report');
}

/** The browser that shows the editor encodes them, so that no program for it is needed. */
async function framesOf({ host }: Editor, shown: readonly Shown[]): Promise<readonly Frame[]> {
  const browser = host.page.context().browser();
  if (browser === null) throw new Error('The editor must be shown by a browser: its kind is "served".');
  const page = await browser.newPage(); // the editor's own closes what it opens
  const frames: Frame[] = [];
  for (const { file, during } of shown) {
    const webp = await page.evaluate<string>(encoding(readFileSync(file).toString('base64')));
    frames.push({ webp: Buffer.from(webp.replace(/^data:image\/webp;base64,/, ''), 'base64'), during });
  }
  await page.close();
  return frames;
}

/** What the page does: a text, because the types of a page are not Node's. */
const encoding = (png: string): string => `(async () => {
  const image = new Image();
  image.src = 'data:image/png;base64,${png}';
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', 0.86);
})()`;

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
