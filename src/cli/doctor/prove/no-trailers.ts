/** Why a commit of the scratch work tree got no trailers, and what to do. */
import { gitHooksState, runGit, type HooksState, type Repository, type Runtime } from '../../../git';

const INSTALL = 'Run "linekeeper install --git".';
const WHY: Readonly<Record<Exclude<HooksState, 'installed'>, string>> = {
  absent: `git's hooks are not installed. ${INSTALL}`,
  partly: `some of git's hooks are missing. ${INSTALL}`,
  outdated: `git's hooks start another Linekeeper than this one. ${INSTALL}`,
  displaced: `another tool has pointed git's core.hooksPath at its own hooks. ${INSTALL}`,
};

/** `said`: what git and its hook said to the commit. */
export async function whyNoTrailers(repository: Repository, runtime: Runtime, said: string): Promise<string> {
  const state = await gitHooksState(repository, runtime);
  if (state !== 'installed' && state !== 'outdated') return `The commit got no trailer: ${WHY[state]}`;
  if (!(await runsShell(repository)))
    return 'The commit got no trailer: git finds no "sh" here, without which it runs no hook at all. Install Git for Windows (https://gitforwindows.org), which has one, and let its git come first in PATH.';
  const [line] = said.trim().split('\n');
  if (line !== undefined && line !== '') return `The commit got no trailer. Its hook said: ${line.slice(0, 400)}`;
  return state === 'outdated'
    ? `The commit got no trailer: ${WHY.outdated}`
    : 'The commit got no trailer, though git\'s hooks are installed. "linekeeper doctor" says how they are; please report this with what it says.';
}

/** Whether git finds the shell that its hooks need: outside of Windows it knows where that is. A blank makes git use it. */
async function runsShell({ root }: Repository): Promise<boolean> {
  try {
    return (await runGit(['-c', 'alias.lk-shell=!exit 0', 'lk-shell'], { cwd: root })).code === 0;
  } catch {
    return false;
  }
}
