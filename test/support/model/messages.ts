/** Anthropic's Messages: https://docs.anthropic.com/en/api/messages */
import { objects, sendJson, startEvents, textIn, type Wire } from './server';

const USAGE = { input_tokens: 100, output_tokens: 20, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };

export const MESSAGES: Wire = {
  isModel: (pathname) => pathname.endsWith('/messages'),
  modelOf: (body) => (typeof body['model'] === 'string' ? body['model'] : undefined),
  // a request for one token is a probe
  toolsOf: (body) => (body['max_tokens'] === 1 ? [] : objects(body['tools']).map((tool) => String(tool['name']))),
  openingOf: (body) => textIn(objects(body['messages'])[0]?.['content']),
  resultsIn: (body) =>
    new Map(
      objects(body['messages'])
        .flatMap((message) => objects(message['content']))
        .flatMap((block) =>
          block['type'] === 'tool_result'
            ? [
                [
                  String(block['tool_use_id']),
                  { text: textIn(block['content']), failed: block['is_error'] === true },
                ] as const,
              ]
            : [],
        ),
    ),
  send: (response, body, answer, id) => {
    const content = [
      ...(answer.say === undefined && answer.calls.length > 0
        ? []
        : [{ type: 'text' as const, text: answer.say ?? '' }]),
      ...answer.calls.map((call) => ({ type: 'tool_use' as const, id: call.id, name: call.name, input: call.input })),
    ];
    const stop = { stop_reason: answer.calls.length > 0 ? 'tool_use' : 'end_turn', stop_sequence: null };
    const message = { id: `msg_${id}`, type: 'message', role: 'assistant', model: body['model'], usage: USAGE };
    if (body['stream'] !== true) {
      sendJson(response, 200, { ...message, content, ...stop });
      return;
    }
    const send = startEvents(response);
    const event = (type: string, data: object): void => send({ type, ...data }, type);
    event('message_start', {
      message: { ...message, content: [], stop_reason: null, usage: { ...USAGE, output_tokens: 1 } },
    });
    content.forEach((block, index) => {
      const [empty, delta] =
        block.type === 'text'
          ? [
              { type: 'text', text: '' },
              { type: 'text_delta', text: block.text },
            ]
          : [
              { ...block, input: {} },
              { type: 'input_json_delta', partial_json: JSON.stringify(block.input) },
            ];
      event('content_block_start', { index, content_block: empty });
      event('content_block_delta', { index, delta });
      event('content_block_stop', { index });
    });
    event('message_delta', { delta: stop, usage: { output_tokens: USAGE.output_tokens } });
    event('message_stop', {});
    response.end();
  },
};
