/**
 * The software bill of materials of a release, as CycloneDX: the packages whose code is in the bundles, with the versions,
 * licenses and digests of package-lock.json. The same sources give the same file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './assemble';
import { filesOfOthers } from './build';
import { npm } from './npm';

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
}

interface Bill {
  readonly serialNumber?: string;
  readonly metadata: { readonly component: Component; readonly timestamp?: string };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** The folder of the package that a file in `node_modules` belongs to, and its name. */
const PACKAGE = /^(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/;

/** The packages in the bundles of all products: `NAME@VERSION` → folder. */
async function bundledPackages(): Promise<ReadonlyMap<string, string>> {
  const folders = new Map<string, string>();
  for (const file of await filesOfOthers(['extension', 'action'])) {
    const [, folder = '', name = ''] = PACKAGE.exec(file) ?? [];
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
    folders.set(`${name.replace('\\', '/')}@${version}`, folder);
  }
  return folders;
}

/** The licenses of the packages in the bundles, as their owners ask to pass them on: equal texts once. */
export async function licensesOfOthers(): Promise<string> {
  return licenseTexts(await bundledPackages());
}

/** `packages`: `NAME@VERSION` → folder. One without a file for its license is said to be under that of its manifest. */
export function licenseTexts(packages: ReadonlyMap<string, string>): string {
  const owners = new Map<string, string[]>();
  for (const [id, folder] of [...packages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const file = readdirSync(folder).find((name) => /^(?:licen[cs]e|copying)(?:[.-]|$)/i.test(name));
    const { license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { license?: string };
    const text =
      file === undefined
        ? `License: ${license ?? 'not said'}`
        : readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
    owners.set(text, [...(owners.get(text) ?? []), id]);
  }
  return [...owners].map(([text, ids]) => `${ids.join(', ')}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}

/** Of what npm says of all packages, tools included, what is in the bundles. Throws for one that npm does not list. */
export function billOf(all: Bill, bundled: ReadonlySet<string>, name: string): object {
  const listed = new Map(all.components.map((component) => [`${component.name}@${component.version}`, component]));
  const components = [...bundled].sort().map((id) => {
    const component = listed.get(id);
    if (component === undefined) throw new Error(`package-lock.json does not have ${id}, which is in a bundle`);
    // For npm all are tools, since the package that it installs has them inside.
    return { ...component, scope: 'required', properties: undefined };
  });
  const refs = new Set([all.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])]);
  const { serialNumber: _serial, ...bill } = all;
  const { timestamp: _time, ...metadata } = all.metadata;
  return {
    ...bill,
    metadata: { ...metadata, component: { ...metadata.component, name, properties: undefined } },
    components,
    dependencies: all.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((needed) => refs.has(needed)) })),
  };
}

export async function billOfMaterials(): Promise<string> {
  const all = JSON.parse(await npm(['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], ROOT)) as Bill;
  const { name } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { name: string };
  return `${JSON.stringify(billOf(all, new Set((await bundledPackages()).keys()), name), null, 2)}\n`;
}
