/** Pipelines: what their tokens may do, whose code they run, which versions, and what gates a deployment. */
import type { AnalyzerOfFiles } from '../../types';
import type { NoticeScript } from '../judge-new-embedded-scripts';
import { isGithub, noticeGithub } from './github-workflows';
import { isJenkins, isOther, noticeJenkins, noticeOther } from './other-pipelines';

export const ciWith = (shell: NoticeScript): AnalyzerOfFiles => ({
  id: 'ci',
  concerns: ({ path }) => isGithub(path) || isOther(path) || isJenkins(path),
  notice: (change, tools) =>
    isGithub(change.path)
      ? noticeGithub(change, shell, tools)
      : isJenkins(change.path)
        ? noticeJenkins(change, shell)
        : noticeOther(change, shell),
});
