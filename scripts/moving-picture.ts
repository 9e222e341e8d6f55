/**
 * `npx tsx scripts/moving-picture.ts`: makes `docs/images/moving.webp`, the moving picture of the README, in the real
 * editor with the packaged extension: an assistant changes a protected database, the warning, who wrote it, and what the
 * next step asks.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { agentWrites } from '../test/editor/agent';
import { startEditor, until, type Editor } from '../test/editor/host';
import { SENIOR_FOR_PRODUCTION } from '../test/editor/policies';
import { packQuietly } from './packed';
import { animated, type Frame } from './animated-webp';

const TARGET = path.resolve(import.meta.dirname, '..', 'docs', 'images', 'moving.webp');
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
    made.git('switch', '--quiet', '--create', 'smaller-database');
  });
  await editor.notices.clear();
  await editor.command('Linekeeper: Show AI Changes');
  await editor.text.open('prod/main.tf');
  await editor.text.goto(1, 1);
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
  await until(async () => (await editor.inside.diagnostics(workspace.at('prod/main.tf'))).length > 0, {
    what: 'the warning',
  });
  await take(2_200);
  await editor.hover('deletion_protection');
  await take(4_000);
  await editor.press('Escape');
  await editor.run('linekeeper.requestSeniorReview');
  await editor.quick.wait(/Request Senior Review/);
  await take(4_000);
  await editor.press('Escape');
  return pictures;
}

/** The browser that shows the editor encodes them, so that no program for it is needed. */
async function framesOf({ host }: Editor, pictures: readonly Picture[]): Promise<readonly Frame[]> {
  const page = await host.page.context().newPage();
  const frames: Frame[] = [];
  for (const { file, during } of pictures) {
    const webp = await page.evaluate<number[]>(encoding(readFileSync(file).toString('base64')));
    frames.push({ webp: Buffer.from(webp), during });
  }
  await page.close();
  return frames;
}

/** What the page does: a text, because the types of a page are not Node's. */
const encoding = (png: string): string => `(async () => {
  const bitmap = await createImageBitmap(await (await fetch('data:image/png;base64,${png}')).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d').drawImage(bitmap, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.86 });
  return [...new Uint8Array(await blob.arrayBuffer())];
})()`;

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
