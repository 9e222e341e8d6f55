import assert from 'node:assert/strict';
import { assistantOf } from '../../../../src/provenance/assistants';

describe('a hook payload of Windsurf', () => {
  it("a hook payload of Windsurf: its transcript's place, folder and session are read when Cascade runs a command", () => {
    const reading = assistantOf('windsurf')?.read(
      {
        agent_action_name: 'pre_run_command',
        trajectory_id: 't-1',
        model_name: 'm-1',
        tool_info: { command_line: 'ls', cwd: '/repo', transcript_path: '/home/ada/transcript.jsonl' },
      },
      {},
    );
    assert.ok(reading !== undefined && 'event' in reading && reading.event === 'before');
    const { transcriptPath, cwd, session, model } = reading;
    assert.deepEqual(
      { transcriptPath, cwd, session, model },
      { transcriptPath: '/home/ada/transcript.jsonl', cwd: '/repo', session: 't-1', model: 'm-1' },
    );
  });
});
