/** A second agent in which no hook would run. */
import assert from 'node:assert/strict';
import { judge } from '../../support/guard';

const REFUSED: Readonly<Record<string, RegExp>> = {
  'claude --bare -p "do it"': /Claude Code without its hooks \(--bare/,
  'claude -p hi --safe-mode': /--safe-mode/,
  'claude --setting-sources project -p hi': /--setting-sources/,
  'npx -y @anthropic-ai/claude-code --bare -p hi': /Claude Code/,
  'npx @anthropic-ai/claude-code@2.1.328 --bare -p hi': /Claude Code/,
  'CLAUDE_CODE_SIMPLE=1 claude -p hi': /CLAUDE_CODE_SIMPLE/,
  'CLAUDE_CONFIG_DIR=/tmp/x claude -p hi': /CLAUDE_CONFIG_DIR moves/,
  'env CLAUDE_CONFIG_DIR=/tmp/x claude -p hi': /CLAUDE_CONFIG_DIR moves/,
  'export CLAUDE_CONFIG_DIR=/tmp/x; claude -p hi': /CLAUDE_CONFIG_DIR moves/,
  'HOME=/tmp/x claude -p hi': /HOME moves/,
  'export HOME=/tmp/x && codex exec hi': /HOME moves/,
  'sh -c "CLAUDE_CONFIG_DIR=/tmp/x claude -p hi"': /CLAUDE_CONFIG_DIR moves/,
  'timeout 60 claude --bare -p hi': /--bare/,
  'claude --settings \'{"disableAllHooks":true}\' -p hi': /--settings/,
  'claude --settings=off.json -p hi': /--settings/,
  'claude --settings missing.json -p hi': /--settings/,
  'codex exec -c features.hooks=false hi': /OpenAI Codex without its hooks \(-c/,
  'codex -c "features.hooks = false" exec hi': /-c/,
  'codex exec --config=features.hooks=false hi': /--config/,
  'codex exec -cfeatures.hooks=false hi': /-c/,
  'codex exec -c features={hooks=false} hi': /-c/,
  'codex exec --disable hooks hi': /--disable hooks/,
  'CODEX_HOME=$(mktemp -d) codex exec hi': /CODEX_HOME/,
  'GEMINI_CLI_HOME=/tmp/x gemini -p hi': /GEMINI_CLI_HOME/,
  'COPILOT_HOME=/tmp/x copilot -p hi --yolo': /COPILOT_HOME/,
  'opencode run --pure hi': /--pure/,
  'XDG_CONFIG_HOME=/tmp/x opencode run hi': /XDG_CONFIG_HOME/,
  'qwen --bare -p hi': /--bare/,
  'CURSOR_CONFIG_DIR=/tmp cursor-agent -p hi': /CURSOR_CONFIG_DIR/,
  'KIRO_HOME=/tmp/x kiro-cli chat hi': /KIRO_HOME/,
  "python3 -c \"import subprocess; subprocess.run(['claude', '--bare', '-p', 'hi'])\"": /--bare in it/,
};

/** A person is asked, since nobody would be asked in them. */
const SKIPPING: readonly string[] = [
  'claude --dangerously-skip-permissions -p "clean up"',
  'claude -p "clean up" --permission-mode bypassPermissions',
  'claude -p hi --settings \'{"permissions":{"defaultMode":"bypassPermissions"}}\'',
  "codex exec --dangerously-bypass-approvals-and-sandbox 'clean up the cluster'",
  'codex --yolo "clean up"',
  'codex exec -s danger-full-access hi',
  'codex exec -c sandbox_mode=danger-full-access hi',
  "gemini --yolo -p 'deploy it'",
  'gemini -y -p hi',
  'npx -y @google/gemini-cli --approval-mode=yolo -p hi',
  "cursor-agent -p --force 'remove the stale branches'",
  'cursor agent -p -f hi',
  'copilot -p "clean up" --allow-all-tools',
  'COPILOT_ALLOW_ALL=1 copilot -p hi',
  'export COPILOT_ALLOW_ALL=true; copilot -p hi',
  'qwen --approval-mode yolo -p hi',
  'opencode run --auto hi',
  'OPENCODE_PERMISSION=\'{"*":"allow"}\' opencode run hi',
  'kiro-cli chat --no-interactive --trust-all-tools hi',
  'cline -y "clean up"',
  'amp -x "clean up" --dangerously-allow-all',
  'env -u CLAUDECODE sh -c \'amp -x "tidy up the branches" --dangerously-allow-all\'',
  'nohup claude --dangerously-skip-permissions -p hi > out.log 2>&1 &',
  'bash -lc "codex exec --yolo hi"',
  'tmux new-session -d "gemini --yolo -p hi"',
  'cn -p "clean up" --auto',
  'q chat --no-interactive --trust-all-tools hi',
  'agy --dangerously-skip-permissions -p hi',
  "python3 -c \"import subprocess; subprocess.run(['claude', '-p', 'hi', '--dangerously-skip-permissions'])\"",
  "python3 -c \"import subprocess; subprocess.run(['amp', '-x', 'hi', '--dangerously-allow-all'])\"",
  "node -e \"require('child_process').spawnSync('gemini', ['--yolo', '-p', 'hi'])\"",
  "node --input-type=module -e \"import {query} from '@anthropic-ai/claude-agent-sdk'; for await (const m of query({prompt: 'hi'})) console.log(m)\"",
  'python3 ask.py',
  "node -e \"const {Codex} = require('@openai/codex-sdk'); new Codex().startThread({sandboxMode: 'danger-full-access'}).run('hi')\"",
];

/** A person is asked: no hook runs in these, or none of this machine's. */
const ASKED: readonly string[] = [
  'aider --yes-always --message "rewrite the payments"',
  'goose run -t "delete the stale branches"',
  'crush run "clean up"',
  'openhands -t "clean up"',
  'plandex tell "clean up"',
  'devcontainer exec --workspace-folder . npx -y @anthropic-ai/claude-code -p "merge 12"',
  'docker exec dev claude -p "merge 12"',
  'docker run --rm -v $PWD:/w acme/agent claude -p "merge 12"',
  "ssh build1 'claude -p deploy'",
  'kubectl exec -it dev -- codex exec "push"',
];

const PASSES: readonly string[] = [
  'aider --version',
  'aider --list-models gpt',
  'goose -dir db/migrations status',
  'plandex ls',
  'docker exec web node server.js',
  'docker exec dev claude --version',
  'devcontainer exec --workspace-folder . npm test',
  'claude -p "review this"',
  'claude --version',
  'HOME=/tmp/x claude --version',
  'CLAUDE_CONFIG_DIR=/tmp/x claude --help',
  'claude mcp list',
  'claude -p hi --model opus',
  'claude --settings \'{"model":"opus"}\' -p hi',
  'claude --settings fine.json -p hi',
  'codex exec "write a test"',
  'codex exec -c model=gpt-5.5 hi',
  'codex exec -c features.hooks=true hi',
  'codex exec --disable web_search hi',
  'HOME=/tmp/x npm test',
  'export HOME=/tmp/x; npm test',
  'XDG_CONFIG_HOME=/tmp/x npm test',
  'CLAUDE_CODE_SIMPLE=0 claude -p hi',
  'echo "claude --bare"',
  'grep -rn "CODEX_HOME" src',
  'git commit -m "claude --bare is refused"',
  'gemini -p hi',
  'claude -p "what does --dangerously-skip-permissions do?"',
  'claude -p hi --permission-mode acceptEdits',
  'codex exec --full-auto "write a test"',
  'codex exec -s workspace-write hi',
  'codex exec -- --yolo',
  'gemini --approval-mode auto_edit -p hi',
  'cursor-agent -p "review this"',
  'cursor-agent ls',
  'cursor --force-device-scale-factor 1 .',
  'copilot -p hi --allow-tool "shell(npm test)"',
  'COPILOT_ALLOW_ALL=0 copilot -p hi',
  'opencode run hi',
  'kiro-cli chat hi',
  'cline --version',
  'amp --version',
  'amp threads list',
  'cn --help',
  'grep -rn -- --dangerously-skip-permissions docs',
  'echo --yolo',
  'pnpm install --dangerously-allow-all-builds',
  'python3 -c "import claude_agent_sdk; print(claude_agent_sdk.__version__)"',
  'python3 with-hooks.py',
  'python3 -c "print(\'claude\', 1)"',
];

const TEXTS = {
  '/home/dev/proj/off.json': '{ "disableAllHooks" : true }',
  '/home/dev/proj/ask.py': "from claude_agent_sdk import query\nasync for m in query(prompt='clean up'): print(m)\n",
  '/home/dev/proj/with-hooks.py':
    "from claude_agent_sdk import query, ClaudeAgentOptions\nquery(prompt='hi', options=ClaudeAgentOptions(setting_sources=['user', 'project']))\n",
  '/home/dev/proj/fine.json': '{ "model": "opus" }',
};

describe('a second agent', () => {
  for (const [command, why] of Object.entries(REFUSED))
    it(`${command}: is refused when its hooks would not run`, () => {
      const answer = judge({ command }, { texts: TEXTS });
      assert.equal(answer.verdict, 'deny', JSON.stringify(answer));
      assert.match(answer.reason, why);
    });

  for (const command of SKIPPING)
    it(`${command}: is asked about when nobody would be asked in it`, () => {
      const answer = judge({ command }, { texts: TEXTS });
      assert.equal(answer.verdict, 'ask', JSON.stringify(answer));
    });

  for (const command of ASKED)
    it(`${command}: is asked about when no hook of this machine runs in it`, () => {
      const answer = judge({ command }, { texts: TEXTS });
      assert.equal(answer.verdict, 'ask', JSON.stringify(answer));
    });

  for (const command of PASSES)
    it(`${command}: passes when hooks run, or none are needed`, () => {
      const answer = judge({ command }, { texts: TEXTS });
      assert.equal(answer.verdict, 'allow', JSON.stringify(answer));
    });

  it('opencode run: is asked about when a file of the repository lets it run every command', () => {
    const of = (bash: string): string =>
      judge(
        { command: 'opencode run hi' },
        { texts: { '/home/dev/proj/opencode.json': `{"permission": {"edit": "ask", "bash": "${bash}"}}` } },
      ).verdict;
    assert.equal(of('allow'), 'ask');
    assert.equal(of('ask'), 'allow');
  });
});
