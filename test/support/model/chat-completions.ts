/** OpenAI's Chat Completions: https://platform.openai.com/docs/api-reference/chat */
import { objects, sendJson, startEvents, textIn, type Body, type Wire } from './server';

const USAGE = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

/** VS Code makes the id of a call unique by appending a number of its own. */
const sentId = (id: string): string => id.replace(/__vscode-\d+$/, '');

export const CHAT_COMPLETIONS: Wire = {
  isModel: (pathname) => pathname.endsWith('/chat/completions'),
  modelOf: (body) => (typeof body['model'] === 'string' ? body['model'] : undefined),
  toolsOf: (body) => objects(body['tools']).map((tool) => String((tool['function'] as Body | undefined)?.['name'])),
  resultsIn: (body) =>
    new Map(
      objects(body['messages']).flatMap((message) =>
        typeof message['tool_call_id'] === 'string'
          ? [[sentId(message['tool_call_id']), { text: textIn(message['content']), failed: false }] as const]
          : [],
      ),
    ),
  send: (response, body, answer, id) => {
    const calls = answer.calls.map((call, index) => ({
      index,
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: JSON.stringify(call.input) },
    }));
    const finish = calls.length > 0 ? 'tool_calls' : 'stop';
    const common = { id: `chatcmpl-${id}`, created: Math.floor(Date.now() / 1000), model: body['model'] };
    if (body['stream'] !== true) {
      const message = {
        role: 'assistant',
        content: answer.say ?? null,
        ...(calls.length > 0 ? { tool_calls: calls } : {}),
      };
      sendJson(response, 200, {
        ...common,
        object: 'chat.completion',
        usage: USAGE,
        choices: [{ index: 0, finish_reason: finish, message }],
      });
      return;
    }
    const event = startEvents(response);
    const chunk = (delta: object, end: string | null = null): void =>
      event({
        ...common,
        object: 'chat.completion.chunk',
        choices: [{ index: 0, delta, finish_reason: end }],
        ...(end === null ? {} : { usage: USAGE }),
      });
    chunk({ role: 'assistant', content: answer.say ?? (calls.length > 0 ? null : '') });
    for (const call of calls) chunk({ tool_calls: [call] });
    chunk({}, finish);
    response.end('data: [DONE]\n\n');
  },
};
