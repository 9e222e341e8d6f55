/** Commands that Terraform runs on a machine, and that delete data. */
import { anyOf } from '../../../base/patterns';
import { factAt } from '../../rule-rows/facts-from-sentences';
import type { NoticedIn } from '../../types';
import { plainName, type Setting } from './flat-settings-and-addresses';

const DELETES = /* @__PURE__ */ anyOf(
  String.raw`\b(?:gcloud|az|kubectl|helm|doctl)\b[^\n]*\b(?:delete|purge|uninstall|destroy)\b \bDROP\s+(?:TABLE|DATABASE)\b
  \baws\s+(?:s3\s+(?:rm|rb)\b|[\w-]+\s+(?:delete|terminate|purge)-) \bg(?:cloud|sutil)\s+(?:storage\s+)?rm\b
  \brm\s+-\w*[rR]\w*\s+(?!(?:\.?/?|/var/)(?:tmp|build|dist)\b) \bterraform\s+destroy\b`,
  { before: String.raw``, after: String.raw``, flags: 'i' },
);

/** What the commands of a block delete from now on. */
export function provisioners(
  { before, after }: { readonly before: ReadonlyMap<string, Setting>; readonly after: ReadonlyMap<string, Setting> },
  path: string,
  subject: string,
): readonly NoticedIn[] {
  return [...after.values()].flatMap(({ path: where, name, value }): NoticedIn[] =>
    where.startsWith('provisioner.') &&
    name === 'command' &&
    DELETES.test(value.text ?? '') &&
    before.get(where)?.value.text !== value.text
      ? [
          {
            ...factAt('destructive/cloud-delete: A provisioner of {subject} deletes data.', value, {
              subject: plainName(subject),
            }),
            path,
          },
        ]
      : [],
  );
}
