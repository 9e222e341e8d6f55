/** Opens a web page in the person's browser. */
import * as vscode from 'vscode';

/**
 * Passes the address on exactly as it is: parsing would re-encode it, and an `&` or `#` inside a value would then end
 * it.
 */
export async function openPage(address: string): Promise<void> {
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error(`not a web page: ${url.protocol}`);
  await vscode.commands.executeCommand('vscode.open', address);
}
