import assert from 'node:assert/strict';
import { transportTo } from '../../../../src/review/forges/client-parts';

describe('a request to a forge', () => {
  for (const name of ['url', 'baseUrl', 'headers', 'method', 'request', 'mediaType'])
    it(`is not sent when a value is called ${name}, which would send the token elsewhere`, async () => {
      const server = transportTo({ address: 'http://127.0.0.1:9', header: ['authorization', 'Bearer x'] });
      await assert.rejects(server.ask('POST /x', { [name]: 'http://127.0.0.1:9/elsewhere' }), /below "data"/);
      assert.equal(server.requests(), 0);
    });
});
