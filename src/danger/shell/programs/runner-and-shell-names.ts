/** Programs that run others, by name. */
import { wordSet } from '../../../base/patterns';

/** Programs that start the rest of their arguments, with their options that take a value. */
export const WRAPPERS: Readonly<Record<string, readonly string[]>> = {
  sudo: ['-u', '-g', '-h', '-p', '-C', '-D', '-r', '-t', '-U'],
  doas: ['-u', '-C'],
  env: ['-u', '-C', '--unset', '--chdir'],
  command: [],
  builtin: [],
  exec: ['-a'],
  nohup: [],
  setsid: [],
  time: ['-f', '-o'],
  nice: ['-n'],
  ionice: ['-c', '-n'],
  stdbuf: ['-i', '-o', '-e'],
  timeout: ['-s', '-k', '--signal', '--kill-after'],
  xargs: ['-I', '-n', '-P', '-d', '-a', '-L', '-s', '-E'],
  busybox: [],
  toybox: [],
  flock: ['-w', '--timeout', '-E'],
  strace: ['-o', '-e', '-p'],
  npx: ['-p', '--package', '-c', '--call'],
  bunx: [],
  uvx: ['--from', '--with', '-p', '--python'],
  pnpx: [],
  gxargs: ['-I', '-n', '-P', '-d', '-a', '-L', '-s', '-E'],
  genv: ['-u', '-C'],
  pnpm: [],
  yarn: [],
  winpty: [],
};
/** Packages whose program has another name, for what starts a package's program. */
export const PROGRAM_OF_PACKAGE: Readonly<Record<string, string>> = {
  'aws-cdk': 'cdk',
  'firebase-tools': 'firebase',
  'netlify-cli': 'netlify',
  '@railway/cli': 'railway',
  '@aws-amplify/cli': 'amplify',
  '@shopify/cli': 'shopify',
  '@salesforce/cli': 'sf',
  'eas-cli': 'eas',
};
/** Wrappers whose first non-option argument is their own. */
export const OWN_WORD = new Set(['flock']);
/** Programs that start another one among their arguments, at any position. */
export const RUNNERS = wordSet(`
  unshare chroot systemd-run runuser nsenter uv poetry pipenv bundle direnv conda mise asdf pipx taskset chrt
  prlimit caffeinate arch faketime firejail unbuffer xvfb-run ltrace gdb entr hyperfine dotenv dotenv-cli
  dotenvx aws-vault aws-okta granted assume op doppler chamber infisical teller envconsul summon berglas vals
  sops saml2aws gimme-aws-creds nix devbox flox rye hatch pdm pixi tox nox volta rbenv pyenv nodenv rvm jenv
  setpriv numactl cgexec proot fakeroot pkexec gosu su-exec tini dumb-init perf rlwrap watchexec sem script
  start-stop-daemon daemonize xvfb dbus-run-session systemd-inhibit chronic ts cross-env cross-env-shell env-cmd
  with retry lerna nx turbo rush tsx foreman honcho dagger okteto telepresence mirrord valgrind time cpulimit
  trickle torsocks proxychains proxychains4 bwrap sg setarch linux32 linux64 nsjail catchsegv setpgrp
  screen tmux flatpak-spawn toolbox distrobox wsl gtimeout gnice
`);
/** Those of them behind whose options the command begins, whatever its program is. */
export const FIRST_WORDS = wordSet(
  'systemd-run pkexec chronic unshare nsenter chroot setpriv fakeroot unbuffer torsocks dumb-init tini systemd-inhibit xvfb-run gosu su-exec',
);
/** Programs that run a text which is one of their arguments. */
export const TEXT_RUNNERS = wordSet(`
  tmux screen nix-shell expect osascript tar bsdtar rsync less man vim vi nvim ex hyperfine entr watchexec
  nodemon concurrently
`);
/** Variables whose value some program runs. */
export const RUN_VALUE =
  /^(?:EDITOR|VISUAL|PAGER|PROMPT_COMMAND|GIT_(?:EDITOR|SEQUENCE_EDITOR|PAGER|SSH_COMMAND|EXTERNAL_DIFF|ASKPASS))=([^]+)$/;
export const SHELLS = wordSet('sh bash zsh dash ksh ash fish nu elvish osh ysh csh tcsh mksh yash rbash xonsh');
/** Programs that run a given text, by the option before it. */
export const RUN_TEXT: Readonly<Record<string, RegExp>> = {
  su: /^(?:-c|--command)$/,
  script: /^(?:-[a-z]*c|--command)$/,
};
