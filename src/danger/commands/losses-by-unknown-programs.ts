/**
 * Programs that no rule knows. New services bring new command lines every month, and nearly all of them delete by the same
 * few verbs: `PROGRAM apps destroy NAME`, `PROGRAM delete cluster NAME`, `PROGRAM sites:delete NAME`. A person is asked about
 * these. Programs of everyday work, which say the same of files, packages or words, are left alone.
 */
import { anyOf } from '../../base/patterns';
import { spaced } from '../identifier-words';
import { fact } from '../rule-rows/facts-from-sentences';
import { takesOf } from '../shell';
import { plain, type Call, type CommandNotice } from './program-call';
import { doesInCloud } from './describe-losses';

/** Programs of everyday work on this machine. */
const EVERYDAY = `7z [ aapt aapt2 act adb ag agy aider alembic amp ansible-galaxy ant antigravity apk apropos apt apt-get aptitude
  ar arch asdf ast-grep at autoconf automake avdmanager awk awslocal babel basename bash bat batch bazel bc bear behave biome
  black blender bloop bower brew buck2 builtin bun bundle bundler cabal cal cargo cask cat ccache cd cdklocal chafa chezmoi
  choco cider clang clang-format clang-tidy claude cline clippy cmake cmd cmp code codespell codex colima column comm
  command conda convert cookiecutter copier copilot corepack cowsay cp cpan cpanm cpplint crc crontab crystal cspell
  csplit csvkit ctags ctest cucumber cursor cut cypress dart date dc dd ddev declare defaults delta deno df diff difft
  direnv dirname dnf dotnet doxygen dpkg du dvc earthly echo ed eget egrep electron elixir elm emacs emacsclient env
  envsubst erb erl esbuild eslint espeak eval ex exa exec exiftool expand expo export expr eza factor false fastlane
  fc fd fdfind ffmpeg fgrep file find fish flake8 flatpak flutter fmt fold ftp fvm fzf g++ gcc gdb gem gemini getopt
  getopts ghc ghcup ghq git-absorb git-branchless git-cliff git-machete git-spice git-town gitui glow go gofmt
  goimports golangci-lint gpg gradle gradlew grep groff grunt gulp gum gunzip gzip hadolint hash hatch head hexdump hg
  history hugo husky hx hyperfine icdiff iconv id idea info inkscape install invoke ipython isort ispell jar java
  javac jbang jekyll jest jj jo joe join jq jrnl jshell jsonlint julia junit just k3d k9s kakoune karma kate kill kind kitchen kitchen
  kotlin kotlinc ktlint lando lazygit ldd lefthook leiningen less let libtool lima limactl lint lit ln local locate
  logger look lpr ls lsd lsof lua luarocks m4 maestro magick mail make mamba man mapfile markdownlint mason mdbook
  meld meson micro micromamba minikube mise mix mkcert mkdir mkdocs mkfifo mktemp mocha molecule moon mop multipass multitail
  mutt mv mvn mvnw mypy nano nasm nb ncdu neovim nice nim nimble ninja nix nix-env nix-shell nl nm node nodemon nohup
  notify-send nox npm npx nu nuget nushell nvim nvm nx nyc objdump od ollama opam open opencode orb orbctl org
  osascript oxlint p4 pacman pandoc paru paste patch pathchk pdf pdflatex pdm perl perldoc phing php phpstan phpunit pip
  pip3 pipenv pipx pixi pkg pkg-config pkill playwright pnpm poe poetry ponysay popd port pr pre-commit prettier
  printenv printf protoc ps psalm pushd pwd pwsh pyenv pylint pyright pytest python python3 quarto qwen r racket rails
  rake ranger rbenv rdctl react-native read readelf readlink readonly realpath rector rename renv repo rev rg ripgrep
  rm rmdir robot rollup rpm rscript rspec rsync rubocop ruby ruff rush rust-analyzer rustc rustfmt rustup rvm rye sass
  samlocal say sbt scala scalac screen script sd sdk sdkmanager sed seq set sh shellcheck shfmt shift shuf simctl skaffold sl slay sleep
  snap sort source spack spell split sqlfluff ssh-add stack standard starship stat storybook strace strings stylelint
  su subl sublime sudo svn swc swift swiftc swiftlint t tac tail tar tart task tasklist taskwarrior tee terser test
  tex texlab tflocal tig tilt time timew tldr tmux todo tokei toolbox top touch tox tr trap tree tree-sitter true truncate tsc
  tslint tsort tsx ttok tty turbo txt type typeset typos unalias uname unexpand uniq unlink unset unzip uv uvx v vale
  valgrind vcpkg venv vi view vim vimdiff virtualenv vite vitest vlc volta w wait warden watch watchman wc web-ext
  webpack whatis where whereis which who winget wp-env write xargs xcodebuild xcodes xcrun xdg-open xed xmake xmllint
  xmlstarlet xsltproc xvfb-run xxd yadm yamllint yard yarn yay yes yq yt-dlp zed zellij zgrep zig zip zoxide zsh
  zypper`;

/** What takes something away by its very meaning. */
const STRONG =
  /^(?:delete|destroy|terminate|purge|wipe|deprovision|decommission|undeploy|teardown|nuke|obliterate|drop|erase|truncate)$/;
/** What needs no word for what it is. */
const ALONE = /^(?:destroy|teardown|undeploy|deprovision|decommission|nuke)$/;
/** What does so of something that others rely on. */
const WEAK =
  /^(?:remove|rm|uninstall|clear|empty|flush|reset|revoke|disable|deactivate|deregister|unregister|suspend|failover|switchover|restore|rollback|evict)$/;
/** What others rely on. */
const SHARED = /* @__PURE__ */ anyOf(
  `accounts? addons? alert-rules? aliases? apis? apps? applications? backups? blobs? brokers? buckets? caches? certs? certificates? channels? clients?
  clusters? collections? connections? connectors? credentials? customers? databases? datasets? dbs? deployments? devices? distributions? disks? domains? environments? envs? events? experiments?
  feature-?flags? firewalls? flags? fleets? functions? gateways? groups? hosts? images? index(?:es)? indices instances? integrations? jobs? keys? keyspaces? load-?balancers? machines?
  members? messages? models? monitors? namespaces? networks? nodes? objects? offsets? orgs? organizations? partitions? permissions? pipelines? pods? policies policy pools? projects? queues?
  realms? records? regions? releases? replicas? repos? repositor(?:y|ies) roles? routes? schemas? secrets? segments? servers? services? sessions? shards? sites?
  slots? snapshots? stacks? stages? states? streams? subscriptions? tables? tasks? teams? tenants? tokens? topics? tunnels? users? vaults? vms? volumes? warehouses? webhooks? workers? workflows? workspaces? zones?`,
  { before: '^(?:', after: ')$' },
);
/** Verbs behind which a word is a name or something to look for. */
const READS =
  /^(?:list|ls|show|get|describe|create|add|new|update|info|view|status|logs?|print|search|find|read|diff|plan|tail|watch|inspect|open|dev|history|help|generate|completion|set|exec|test|lint|format|init)$/;
/** On this machine only. */
const NEARBY =
  /(?:^|[=/@:])(?:localhost|127\.0\.0\.1|\[?::1\]?|0\.0\.0\.0|host\.docker\.internal)(?::\d+)?(?:\/|$)|^--?(?:local|offline|emulator)$/;
/** Settings of the program itself. */
const ITSELF =
  /^(?:config|configuration|auth|profiles?|contexts?|plugins?|extensions?|completions?|telemetry|cache|self|alias)$/;
/** Programs' names; a path leads to a program of the repository, which can be read. */
const BARE = /^(?:\/(?:usr|opt)\/(?:\w+\/)*)?[A-Za-z][\w.-]*$/;

let everyday: ReadonlySet<string> | undefined;
export const isEveryday = (name: string): boolean => (everyday ??= new Set(EVERYDAY.split(/\s+/))).has(name);

/** Words of a sub-command: `apps:delete`, `delete-topic`, `DeleteKeyspace`, `vm.destroy`. */
const wordsOf = (text: string): readonly string[] =>
  /^[A-Za-z][\w:.-]*$/.test(text)
    ? spaced(text, '-')
        .toLowerCase()
        .split(/[-_:.]+/)
        .filter((part) => part !== '')
    : [];

/** Whether the words up to the first operands delete something that others may rely on. */
function deletes(words: readonly string[]): boolean {
  const parts: string[] = [];
  for (const word of words.slice(0, 4)) {
    const subcommand = wordsOf(word);
    if (subcommand.length === 0 || subcommand.length > 4) return false;
    for (const part of subcommand) {
      const last = parts.at(-1) ?? '';
      if (READS.test(part) || (parts.length === 0 && ITSELF.test(part))) return false;
      if (WEAK.test(last) && SHARED.test(part)) return true;
      if (STRONG.test(part) || (WEAK.test(part) && SHARED.test(last))) return true;
      parts.push(part);
    }
  }
  return false;
}

/** What a program that no rule knows would delete, by its own words. */
export function lossByUnknown(call: Call): CommandNotice | undefined {
  const [program] = call.invocation.words;
  if (program === undefined || program.open || !BARE.test(program.text)) return undefined;
  if (isEveryday(call.name) || call.args.some((text) => NEARBY.test(text))) return undefined;
  const words = plain(call, takesOf('gcloud'));
  return (words.length > 1 || ALONE.test(words[0] ?? '')) && deletes(words)
    ? fact('destructive/cloud-delete (medium): {does}, as its words say: no rule knows this program', {
        does: doesInCloud(call),
      })
    : undefined;
}
