/**
 * The served editor in a browser that the driver presses keys in.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ExternalUrls, watchPopups } from './external';
import { openWorkbench, type Host } from './host';
import type { EditorOptions } from './options';
import { serveEditor, type ServedEditor } from './serve';

const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // Nothing leaves the machine, even where there is a network.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** Each frame of an animation is painted by the processor, also of those that less motion leaves, such as a spinner. */
const NO_ANIMATIONS = `{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*, *::before, *::after { animation: none !important }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}`;

export async function startServed(options: EditorOptions): Promise<Host> {
  const served = await serveEditor(options);
  const { folder } = served;
  try {
    const browser = await chromium.launch({
      executablePath: served.paths.chromium,
      headless: options.headed !== true,
      timeout: 60_000,
      args: BROWSER_ARGS,
      env: { ...folder.env },
    });
    const close = async (): Promise<void> => {
      await Promise.race([browser.close(), sleep(10_000, undefined, { ref: false })]);
      await served.close();
    };
    try {
      return await openWindow(browser, served, options, close);
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (error) {
    await served.close();
    throw error;
  }
}

async function openWindow(
  browser: Browser,
  served: ServedEditor,
  options: EditorOptions,
  close: () => Promise<void>,
): Promise<Host> {
  const { folder } = served;
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1440, height: 900 },
    reducedMotion: 'reduce', // without a graphics card each step of an animation is painted by the processor
  });
  await context.addInitScript(NO_ANIMATIONS);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(served.url('/')).origin });
  const page = await context.newPage();
  const external = new ExternalUrls();
  watchPopups(context, page, external);
  const outside = watchRequests(page);
  const openFolder = (root: string): Promise<void> =>
    openWorkbench(page, folder.probeFile, () =>
      page.goto(served.url(root), { waitUntil: 'domcontentloaded', timeout: 60_000 }),
    );
  return {
    kind: 'served',
    page,
    folder,
    external,
    outside,
    openFolder,
    newWindow: () => openWindow(browser, served, options, close),
    log: served.log,
    close,
  };
}

/** The host under which a web view asks for its own files. Its service worker answers from this machine. */
const OWN_FILES = '.vscode-resource.vscode-cdn.net';

/** Collects the requests of the window that would leave the machine. */
function watchRequests(page: Page): string[] {
  const outside: string[] = [];
  const remove = (url: string): void => {
    const place = outside.indexOf(url);
    if (place >= 0) outside.splice(place, 1);
  };
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && !/^(127\.0\.0\.1|localhost)$/.test(url.hostname))
      outside.push(request.url());
  });
  page.on('response', (response) => {
    if (response.fromServiceWorker()) remove(response.url());
  });
  // A web view that is closed while it loads no longer waits for its worker.
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText === 'net::ERR_ABORTED' && new URL(request.url()).hostname.endsWith(OWN_FILES))
      remove(request.url());
  });
  return outside;
}
