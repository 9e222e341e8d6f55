/**
 * Opens a web page in the browser of the person at this machine.
 */
import { spawn } from 'node:child_process';
import { startOf, SYSTEM } from '../../base/platform';

/** Programs that pass an address to the browser, in the order to try them. None of them is a shell. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly (readonly string[])[]>>> = {
  darwin: [['open']],
  // `start` belongs to the command shell, which would interpret the address
  win32: [['rundll32.exe', 'url.dll,FileProtocolHandler']],
};
const OTHERWISE = [['xdg-open'], ['wslview']] as const;

/** How long an opener may take to fail, in milliseconds. One that is still running then is showing the page. */
const PATIENCE = 3_000;

/** Whether the page was opened. Never throws; anything but http and https is refused. */
export async function openInBrowser(
  url: string,
  openers: readonly (readonly string[])[] = OPENERS[SYSTEM] ?? OTHERWISE,
): Promise<boolean> {
  if (!/^https?:\/\//.test(url)) return false;
  for (const [program, ...words] of openers)
    if (program !== undefined && (await started(program, [...words, url]))) return true;
  return false;
}

function started(program: string, words: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const { program: file, words: all, ...how } = startOf(program, words);
    const child = spawn(file, all, { ...how, stdio: 'ignore', detached: true, shell: false, windowsHide: true });
    const timer = setTimeout(resolve, PATIENCE, true);
    const end = (opened: boolean): void => {
      clearTimeout(timer);
      resolve(opened);
    };
    child.once('error', () => {
      end(false);
    });
    child.once('exit', (code) => {
      end(code === 0);
    });
    child.unref();
  });
}
