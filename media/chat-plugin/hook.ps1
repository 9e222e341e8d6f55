# Hands one event of the editor's chat agent to Linekeeper, as hook.sh beside it does where there is a POSIX shell.
# The editor's hook reads this text and runs it: a system that lets no script files run lets it pass.
param([string] $root)
$payload = @($input) -join [Environment]::NewLine
if (-not $payload) { $payload = [Console]::In.ReadToEnd() }
$OutputEncoding = [Console]::InputEncoding
$cli = Join-Path $root '../../dist/cli.js'
$state = "$(git rev-parse --git-common-dir 2>$null)/linekeeper"
$held = Test-Path -LiteralPath "$state/held"
# What a tool is given may contain such words, too: only where all of them are tools that change nothing.
$tools = @([regex]::Matches($payload, '"tool_name"\s*:\s*"([^"]*)"') | ForEach-Object { $_.Groups[1].Value })
$changes = $tools.Count -eq 0 -or @($tools | Where-Object { $_ -cnotmatch '^(read_file|list_dir|file_search|grep_search|semantic_search|list_code_usages|get_errors|get_changed_files|get_terminal_output|fetch_webpage|manage_todo_list|view_image|think|runSubagent)$' }).Count -gt 0

function Stop-Hook([string] $why) {
  if (Test-Path -LiteralPath $state) {
    $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
    try { [IO.File]::AppendAllText("$state/failed", "$now github-copilot 1`n") } catch { }
  }
  if ($held -and $payload -match '"PreToolUse"' -and $changes) {
    [Console]::Error.WriteLine("Linekeeper could not look at this ($why), and the policy of this repository restricts agents: refused")
    exit 2
  }
  [Console]::Error.WriteLine("linekeeper: this edit is not recorded ($why)")
  exit 0
}

# The editor left here what it runs extensions with; the second line is 1 where that is Electron.
$program = ''
$runtime = "$state/runtime"
if (Test-Path -LiteralPath $runtime) {
  $lines = @(Get-Content -LiteralPath $runtime -Encoding UTF8)
  $program = $lines[0]
  if ($lines.Count -gt 1 -and $lines[1] -eq '1') { $env:ELECTRON_RUN_AS_NODE = '1' }
}

if (-not (Test-Path -LiteralPath $cli)) { Stop-Hook "Linekeeper was updated or removed; reload the editor's window" }
if (-not $program -or -not (Test-Path -LiteralPath $program)) {
  $node = Get-Command node -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
  if (-not $node) { Stop-Hook 'there is no Node here to run it with; start the editor once more' }
  $program = $node.Source
}

$payload | & $program $cli record github-copilot
if ($LASTEXITCODE -eq 0 -or $LASTEXITCODE -eq 2) { exit $LASTEXITCODE }
Stop-Hook "linekeeper could not run; see 'linekeeper doctor'"
