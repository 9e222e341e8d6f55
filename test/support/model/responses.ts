/** OpenAI's Responses: https://platform.openai.com/docs/api-reference/responses */
import type { Answer } from './script';
import { objects, sendJson, startEvents, textIn, type Body, type Wire } from './server';

const USAGE = {
  input_tokens: 100,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 20,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 120,
};

export const RESPONSES: Wire = {
  isModel: (pathname) => pathname.endsWith('/responses'),
  modelOf: (body) => (typeof body['model'] === 'string' ? body['model'] : undefined),
  toolsOf: (body) =>
    objects(body['tools']).flatMap((tool) => [
      String(tool['name'] ?? tool['type']),
      ...objects(tool['tools']).map((inner) => String(inner['name'])),
    ]),
  resultsIn: (body) =>
    new Map(
      objects(body['input']).flatMap((item) =>
        String(item['type']).endsWith('_output')
          ? [[String(item['call_id']), { text: textIn(item['output']), failed: false }] as const]
          : [],
      ),
    ),
  send: (response, body, answer, id) => {
    const output = itemsOf(answer, id);
    const base = {
      id: `resp_${id}`,
      object: 'response',
      created_at: Math.floor(Date.now() / 1000),
      model: body['model'],
      output: [],
      parallel_tool_calls: false,
      tool_choice: 'auto',
      tools: [],
      status: 'in_progress',
      usage: null,
    };
    const done = { ...base, status: 'completed', output, usage: USAGE };
    if (body['stream'] !== true) {
      sendJson(response, 200, done);
      return;
    }
    const send = startEvents(response);
    let number = 0;
    const event = (type: string, data: object): void => send({ type, sequence_number: number++, ...data }, type);
    event('response.created', { response: base });
    output.forEach((item, index) => {
      event('response.output_item.added', { output_index: index, item: { ...item, status: 'in_progress' } });
      event('response.output_item.done', { output_index: index, item });
    });
    event('response.completed', { response: done });
    response.end();
  },
};

function itemsOf(answer: Answer, id: string): Body[] {
  const said: Body[] =
    answer.say === undefined && answer.calls.length > 0
      ? []
      : [
          {
            type: 'message',
            id: `msg_${id}`,
            role: 'assistant',
            status: 'completed',
            content: [{ type: 'output_text', text: answer.say ?? '', annotations: [] }],
          },
        ];
  const calls = answer.calls.map((call): Body => {
    const common = {
      call_id: call.id,
      name: call.name,
      ...(call.namespace === undefined ? {} : { namespace: call.namespace }),
      status: 'completed',
    };
    return call.text === undefined
      ? { type: 'function_call', id: `fc_${call.id}`, ...common, arguments: JSON.stringify(call.input) }
      : { type: 'custom_tool_call', id: `ctc_${call.id}`, ...common, input: call.text };
  });
  return [...said, ...calls];
}
