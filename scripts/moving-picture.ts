/**
 * `npx tsx scripts/moving-picture.ts`: makes `docs/images/moving.webp`, the moving picture of the README, in the real
 * editor with the packaged extension: an assistant changes a protected database, the warning, who wrote it, and what the
 * next step asks.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installGitHooks } from '../src/provenance/commits';
import { Repository } from '../src/git';
import { agentWrites } from '../test/editor/agent';
import { startEditor, until, type Editor } from '../test/editor/host';
import { SENIOR_FOR_PRODUCTION } from '../test/editor/policies';
import { packQuietly } from './packed';
import { animated, type Frame } from './animated-webp';

const TARGET = path.resolve(import.meta.dirname, '..', 'docs', 'images', 'moving.webp');
const CLI = path.resolve(import.meta.dirname, '..', 'dist', 'cli.js');
const MOST_BYTES = 1_500_000;
const SIZE = { width: 1120, height: 660 };

const DATABASE = `resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m6g.xlarge"
  deletion_protection = true
  multi_az            = true
}
`;

async function main(): Promise<void> {
  const editor = await startEditor({
    extensions: [await packQuietly()],
    viewport: SIZE,
    settings: { 'editor.fontSize': 15 },
  });
  try {
    const pictures = await play(editor);
    const frames = await framesOf(editor, pictures);
    writeFileSync(TARGET, animated(frames, SIZE));
  } finally {
    await editor.close();
  }
  const bytes = statSync(TARGET).size;
  console.log(`${path.basename(TARGET)}: ${String(Math.round(bytes / 1024))} KB`);
  if (bytes > MOST_BYTES) throw new Error(`The moving picture is larger than ${String(MOST_BYTES)} bytes.`);
}

interface Picture {
  readonly file: string;
  /** For how long it is shown, in milliseconds. */
  readonly during: number;
}

async function play(editor: Editor): Promise<readonly Picture[]> {
  const pictures: Picture[] = [];
  const take = async (during: number): Promise<void> => {
    pictures.push({ file: await editor.screenshot(`moving-${String(pictures.length)}`), during });
  };
  const workspace = await editor.openRepository((made) => {
    made.write('.linekeeper.yml', SENIOR_FOR_PRODUCTION);
    made.write('prod/main.tf', DATABASE);
    made.commit('Add the database');
    made.git('remote', 'add', 'origin', 'https://github.com/acme/orders.git');
    made.git('switch', '--quiet', '--create', 'smaller-database');
  });
  const repository = Repository.find(workspace.root);
  if (repository === undefined) throw new Error('no repository');
  await installGitHooks(repository, { executable: process.execPath, cli: CLI, electron: false });
  await editor.notices.clear();
  await editor.command('Linekeeper: Show AI Changes');
  await editor.text.open('prod/main.tf');
  await take(1_600);
  const smaller = DATABASE.replace('xlarge', 'large');
  await agentWrites(workspace, 'prod/main.tf', smaller);
  await editor.text.waitLine('m6g.large');
  await until(async () => (await editor.gutter()).length > 0, { what: 'the mark' });
  await take(1_200);
  await agentWrites(
    workspace,
    'prod/main.tf',
    smaller.replace('deletion_protection = true', 'deletion_protection = false'),
  );
  await editor.workbench.waitStatus(/sign-off needed/);
  const isWarned = async (): Promise<boolean> =>
    (await editor.diagnostics('prod/main.tf')).some(({ message }) => message.startsWith('deletion_protection'));
  await until(isWarned, { timeout: 60_000, what: 'the warning' });
  await until(async () => (await editor.workbench.paneText('AI Changes')).includes('+2 −2'), {
    what: 'what the next commit will say',
  });
  await take(2_200);
  await editor.hover('deletion_protection', /deletion_protection/);
  await take(4_000);
  await editor.press('Escape');
  await editor.host.page.mouse.move(SIZE.width / 2, SIZE.height - 80); // over no row of the list
  await editor.run('linekeeper.requestSeniorReview');
  await editor.quick.wait(/Request Senior Review/);
  await take(4_000);
  await editor.press('Escape');
  return pictures;
}

/** The browser that shows the editor encodes them, so that no program for it is needed. */
async function framesOf({ host }: Editor, pictures: readonly Picture[]): Promise<readonly Frame[]> {
  const browser = host.page.context().browser();
  if (browser === null) throw new Error('The editor must be shown by a browser: its kind is "served".');
  const page = await browser.newPage(); // the editor's own closes what it opens
  const frames: Frame[] = [];
  for (const { file, during } of pictures) {
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
