/** Package scripts. */
import { entriesOf, get, readJson, type Tree } from '../../yaml-and-json';
import type { AnalyzerOfFiles } from '../../types';
import { noticeScripts, type NoticeScript, type Script } from '../judge-new-embedded-scripts';

export const npmWith = (shell: NoticeScript): AnalyzerOfFiles => ({
  id: 'npm',
  concerns: ({ path }) => /(?:^|\/)(?:package|composer|deno)\.jsonc?$/.test(path),
  notice: ({ before, after }) => {
    const [old, now] = [readJson(before ?? ''), readJson(after ?? '')];
    if (now === undefined || now === null || old === undefined) return [];
    return noticeScripts(scriptsOf(old ?? undefined), scriptsOf(now), shell);
  },
});

const scriptsOf = (tree: Tree | undefined): readonly Script[] =>
  [...entriesOf(get(tree, 'scripts')), ...entriesOf(get(tree, 'tasks'))].flatMap(([, { text, list, line }]) =>
    (list ?? [{ text, line }]).flatMap((one) => (one.text === null ? [] : [{ text: one.text, line: one.line }])),
  );
