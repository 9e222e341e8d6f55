/** GitHub workflows and actions. */
import { compare, entriesOf, get, sidesOf, textAt, type Tree } from '../../tree';
import type { Change, Noticed } from '../../types';
import { noticeScripts, type NoticeScript, type Script } from '../scripts';
import { noticeGates } from './gates';
import { noticeToken } from './permissions';
import { noticePins } from './pins';
import { noticeHead, noticeInjection, noticeUnsecure, stepsOf } from './untrusted';

export const isGithub = (path: string): boolean =>
  /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/i.test(path) || /(?:^|\/)action\.ya?ml$/i.test(path);

export function noticeGithub(change: Change, shell: NoticeScript): readonly Noticed[] {
  const sides = sidesOf(change);
  const [before, after] = [sides?.before[0], sides?.after[0]];
  if (after === undefined) return [];
  const found: Noticed[] = [
    ...noticeToken(before, after),
    ...noticeHead(before, after),
    ...noticeInjection(before, after),
    ...noticePins(before, after),
    ...noticeGates(before, after),
  ];
  compare(before, after, ({ key, before: old, after: now }) => {
    if (key === 'env') found.push(...noticeUnsecure(old, now));
  });
  return [...found, ...noticeScripts(scriptsOf(before), scriptsOf(after), shell)];
}

function scriptsOf(workflow: Tree | undefined): readonly Script[] {
  const steps = [
    ...entriesOf(get(workflow, 'jobs')).flatMap(([, job]) => stepsOf(job)),
    ...(get(workflow, 'runs', 'steps')?.list ?? []),
  ];
  return steps.flatMap((step) => {
    const run = get(step, 'run');
    return run === undefined || run.text === null || /^(?:pwsh|powershell|cmd|python)/.test(textAt(step, 'shell') ?? '')
      ? []
      : [{ text: run.text.replace(/\$\{\{[^}]*\}\}/g, (one) => one.replace(/[^\n]/g, '_')), line: run.textLine }];
  });
}
