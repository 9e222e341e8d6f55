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
  'python3 -c "print(\'claude\', 1)"',
];

const TEXTS = {
  '/home/dev/proj/off.json': '{ "disableAllHooks" : true }',
  '/home/dev/proj/fine.json': '{ "model": "opus" }',
};

describe('a second agent', () => {
  for (const [command, why] of Object.entries(REFUSED))
    it(`${command}: is refused when its hooks would not run`, () => {
      const answer = judge({ command }, { texts: TEXTS });
      assert.equal(answer.verdict, 'deny', JSON.stringify(answer));
      assert.match(answer.reason, why);
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
});
