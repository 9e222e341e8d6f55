/** Shell scripts, Makefiles and justfiles. */
import { newOnes } from '../../compare';
import { isTest, isVendored } from '../../paths';
import type { Change, Noticed, PackOfFiles } from '../../types';
import { guardsGone } from './guards';
import { noticeShell } from './notice';
import { recipesOfJust, recipesOfMake, type ShellPart } from './recipes';

export { noticeShell, type ShellTextOptions } from './notice';

const SCRIPT = /\.(?:sh|bash|zsh|ksh|dash|bats)$/i;
const MAKE = /(?:^|\/)(?:GNU)?[Mm]akefile(?:\.\w+)?$|\.mk$/;
const JUST = /(?:^|\/)\.?[Jj]ustfile$|\.just$/;
const NO_ENDING = /(?:^|\/)[^/.]+$|(?:^|\/)\.(?:husky|githooks)\/[^/]+$/;
const SHEBANG = /^#!\s*\S*\b(?:env\s+(?:-\S+\s+)*)?(?:ba|z|da|k|a)?sh\b/;

export const shell: PackOfFiles = {
  id: 'shell',
  concerns: ({ path, after }) =>
    after !== null &&
    !isVendored(path) &&
    (SCRIPT.test(path) || MAKE.test(path) || JUST.test(path) || (NO_ENDING.test(path) && SHEBANG.test(after))),
  notice: ({ path, before, after }: Change) => {
    if (after === null) return [];
    const [old, now] = [before === null ? [] : noticesIn(path, before), noticesIn(path, after)];
    const gone = before === null || MAKE.test(path) || JUST.test(path) ? [] : guardsGone(before, after, now.length > 0);
    return [...newOnes(old, now, before, after), ...gone];
  },
};

/** A test cleans up after itself; what it does elsewhere counts. */
const noticesIn = (path: string, text: string): readonly Noticed[] =>
  partsOf(path, text).flatMap((part) => noticeShell(part.text, part.line, isTest(path) ? { throwaway: true } : {}));

function partsOf(path: string, text: string): readonly ShellPart[] {
  if (MAKE.test(path)) return recipesOfMake(text);
  return JUST.test(path) ? recipesOfJust(text) : [{ text, line: 1 }];
}
