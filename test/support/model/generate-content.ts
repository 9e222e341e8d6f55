/** Google's generateContent: https://ai.google.dev/api/generate-content */
import { objects, sendJson, startEvents, textIn, type Body, type Wire } from './server';

const modelIn = (pathname: string): string | undefined => /models\/([^:/]+):/.exec(pathname)?.[1];

export const GENERATE_CONTENT: Wire = {
  isModel: (pathname) => /:(?:streamGenerateContent|generateContent)$/.test(pathname),
  modelOf: (_body, pathname) => modelIn(pathname),
  toolsOf: (body) =>
    objects(body['tools'])
      .flatMap((tool) => objects(tool['functionDeclarations']))
      .map((tool) => String(tool['name'])),
  resultsIn: (body) =>
    new Map(
      objects(body['contents'])
        .flatMap((content) => objects(content['parts']))
        .flatMap((part) => {
          const answer = part['functionResponse'] as Body | undefined;
          const said = answer?.['response'] as Body | undefined;
          return answer === undefined
            ? []
            : [[String(answer['id']), { text: textIn(said), failed: said?.['error'] !== undefined }] as const];
        }),
    ),
  send: (response, _body, answer, id, pathname) => {
    const parts = [
      ...(answer.say === undefined && answer.calls.length > 0 ? [] : [{ text: answer.say ?? '' }]),
      ...answer.calls.map((call) => ({ functionCall: { id: call.id, name: call.name, args: call.input } })),
    ];
    const whole = {
      candidates: [{ index: 0, content: { role: 'model', parts }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 20, totalTokenCount: 120 },
      modelVersion: modelIn(pathname),
      responseId: id,
    };
    if (!pathname.endsWith(':streamGenerateContent')) {
      sendJson(response, 200, whole);
      return;
    }
    startEvents(response)(whole);
    response.end();
  },
};
